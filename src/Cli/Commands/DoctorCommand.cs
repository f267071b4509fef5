using System.CommandLine;
using System.Globalization;
using System.Text.Json;

using Guestfs.Appliances;
using Guestfs.Cli.Diagnosis;
using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands;

/// <summary>Tells whether libguestfs works here, and what to do where it does not: libguestfs-test-tool's job.</summary>
internal static class DoctorCommand
{
    private const int SubjectWidth = 16, ConsoleLines = 20;

    private static readonly Option<bool> Json = new("--json") { Description = "What was found as a JSON document." };

    private static readonly Option<bool> NoLaunch = new("--no-launch") { Description = "Look at this host only, and start nothing." };

    internal static Command Create()
    {
        Command command = new("doctor", "Tells whether the appliance starts on this host, how fast, and what to do where it does not.")
        {
            Json, NoLaunch,
        };
        ApplianceOptions.AddTo(command);
        command.RefuseEmpty();
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        ApplianceRequest request = ApplianceOptions.Read(result);
        using TextOutput output = new();
        Report report = new(output, isJson: result.GetValue(Json));
        using LaunchTrial trial = new();
        Finding library = HostExamination.Library();
        report.Add(library);
        if (library.Condition != Condition.Problem)
        {
            using (GuestfsHandle g = request.CreateHandle(progress: null))
            {
                report.Add(HostExamination.All(g));
            }

            report.Add(await WithBarAsync(
                bar => Task.Run(() => ApplianceFinding(request, bar, cancellationToken), cancellationToken)).ConfigureAwait(false));
            if (!result.GetValue(NoLaunch))
            {
                report.Add(await WithBarAsync(bar => trial.RunAsync(request, bar, cancellationToken)).ConfigureAwait(false));
            }
        }

        report.End(trial);
        return !report.HasProblem ? ExitCode.Done
            : library.Condition == Condition.Problem || report.HasLaunchFailed ? ExitCode.Appliance
            : ExitCode.Different;
    }

    // It has gone when something is shown below.
    private static async Task<T> WithBarAsync<T>(Func<ProgressBar, Task<T>> work)
    {
        using ProgressBar bar = new();
        return await work(bar).ConfigureAwait(false);
    }

    // What a launch would use is built now, so that its time is the launch's own, and is read whole.
    private static Finding ApplianceFinding(ApplianceRequest request, ProgressBar bar, CancellationToken cancellationToken)
    {
        const string Subject = "appliance";
        if (request.Directory == "system")
        {
            return Finding.Good(Subject, "libguestfs' own");
        }

        try
        {
            using Appliance appliance = request.Directory is { } directory
                ? Appliance.Open(ProcessInput.FullPath(directory))
                : new ApplianceCache(ApplianceCache.DefaultDirectory).GetOrBuild(new ApplianceBuildOptions(), bar, cancellationToken);
            if (appliance.Manifest is not { } manifest)
            {
                return Finding.Good(Subject, $"{appliance.Directory}, without a manifest");
            }

            appliance.Verify(bar, cancellationToken);
            return Finding.Good(
                Subject,
                $"{appliance.Directory}, profile {manifest.Profile.ToString().ToLowerInvariant()}, kernel {manifest.KernelVersion}, "
                + "all digests right");
        }
        catch (ApplianceException e)
        {
            return new Finding(Subject, Condition.Problem, e.Message, request.Directory is null
                ? "Use libguestfs' own: --appliance system."
                : "Build it again: gfs appliance build -o DIRECTORY.");
        }
    }

    /// <summary>Shows what is found when it is found, and all of it in JSON at the end.</summary>
    private sealed class Report(TextOutput output, bool isJson)
    {
        private readonly List<Finding> findings = [];

        internal bool HasProblem => findings.Exists(f => f.Condition == Condition.Problem);

        internal bool HasLaunchFailed => findings.Exists(f => f is { Subject: "launch", Condition: Condition.Problem });

        internal void Add(IEnumerable<Finding> found)
        {
            foreach (Finding finding in found)
            {
                Add(finding);
            }
        }

        internal void Add(Finding finding)
        {
            findings.Add(finding);
            if (isJson)
            {
                return;
            }

            if (!TextOutput.IsTerminal)
            {
                output.WriteFields([finding.Subject, Word(finding), finding.Text, finding.Remedy ?? ""]);
                return;
            }

            Tint tint = finding.Condition switch
            {
                Condition.Good => Tint.Green,
                Condition.Notice => Tint.Yellow,
                _ => Tint.Red,
            };
            Show(finding.Subject, finding.Text, tint, Tint.Plain);
            if (finding.Remedy is { } remedy)
            {
                Show("", remedy, Tint.Plain, tint);
            }
        }

        internal void End(LaunchTrial trial)
        {
            if (isJson)
            {
                WriteJson(trial);
            }
            else if (!TextOutput.IsTerminal)
            {
                foreach ((string name, TimeSpan time) in trial.Stages)
                {
                    output.WriteFields("stage", name, Seconds(time));
                }
            }
            else
            {
                ShowStages(trial);
                foreach (string line in trial.Console.TakeLast(ConsoleLines))
                {
                    output.WritePieces(("  | ", Tint.Dim), (line, Tint.Dim));
                }
            }
        }

        private void ShowStages(LaunchTrial trial)
        {
            double longest = trial.Stages.Select(stage => stage.Time.TotalSeconds).DefaultIfEmpty().Max();
            foreach ((string name, TimeSpan time) in trial.Stages)
            {
                output.WritePieces(
                    ($"  {name}".PadRight(SubjectWidth), Tint.Plain), ($"{Seconds(time),7} s  ", Tint.Plain),
                    (Terminal.Bar(time.TotalSeconds / longest, Math.Min(Terminal.Width - SubjectWidth - 12, 50)), Tint.Blue));
            }
        }

        private void Show(string subject, string text, Tint subjectTint, Tint textTint)
        {
            foreach (string line in Terminal.Wrap(text, Terminal.Width - SubjectWidth - 1))
            {
                output.WritePieces((subject.PadRight(SubjectWidth), subjectTint), (line, textTint));
                subject = "";
            }
        }

        private void WriteJson(LaunchTrial trial)
        {
            using (Utf8JsonWriter writer = JsonOutput.Begin(output.Stream))
            {
                writer.WriteStartObject();
                writer.WriteStartArray("findings");
                foreach (Finding finding in findings)
                {
                    writer.WriteStartObject();
                    writer.WriteString("subject", finding.Subject);
                    writer.WriteString("condition", Word(finding));
                    writer.WriteString("text", finding.Text);
                    writer.WriteString("remedy", finding.Remedy);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteStartArray("stages");
                foreach ((string name, TimeSpan time) in trial.Stages)
                {
                    writer.WriteStartObject();
                    writer.WriteString("name", name);
                    writer.WriteNumber("seconds", Math.Round(time.TotalSeconds, 3));
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteStartArray("console");
                foreach (string line in trial.Console)
                {
                    writer.WriteStringValue(line);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            output.Stream.WriteByte((byte)'\n');
        }

        private static string Word(Finding finding) => finding.Condition.ToString().ToLowerInvariant();

        private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
    }
}
