// What was found, on a terminal as it comes, in a pipe a line for each finding, or a JSON document at the end.
using System.Globalization;
using System.Text.Json;

using Guestfs.Cli.Output;

namespace Guestfs.Cli.Diagnosis;

/// <summary>Shows what is found when it is found, and all of it in JSON at the end.</summary>
internal sealed class Report(TextOutput output, bool isJson)
{
    private const int SubjectWidth = 16, ConsoleLines = 20;
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

    private void WriteJson(LaunchTrial trial) => JsonOutput.WriteDocument(
        output.Stream,
        writer =>
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
        });

    private static string Word(Finding finding) => finding.Condition.ToString().ToLowerInvariant();

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
