using System.CommandLine;

using Guestfs.Appliances;
using Guestfs.Cli.Diagnosis;
using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands;

/// <summary>Tells whether libguestfs works here, and what to do where it does not: libguestfs-test-tool's job.</summary>
internal static class DoctorCommand
{
    private static readonly Flag NoLaunch = new("--no-launch") { Description = "Look at this host only, and start nothing." };

    internal static Command Create()
    {
        Command command = new("doctor", "Tells whether the appliance starts on this host, how fast, and what to do where it does not.")
        {
            NoLaunch,
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
        Report report = new(output, isJson: result.IsJson());
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
}
