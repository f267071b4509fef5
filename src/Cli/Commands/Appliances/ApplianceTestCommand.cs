using System.CommandLine;

using Guestfs.Appliances;
using Guestfs.Cli.Diagnosis;
using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands.Appliances;

/// <summary>Boots an appliance and works with it.</summary>
internal static class ApplianceTestCommand
{
    internal static Command Create()
    {
        Argument<string?> directory = ApplianceArgument.Optional();
        Command command = new("test", "Boots an appliance, and partitions, formats and mounts a disk with it.") { directory };
        ApplianceOptions.AddTo(command, namesAppliance: false);
        command.RefuseEmpty();
        command.SetAction((result, cancellationToken) => RunAsync(result, result.GetValue(directory), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, string? directory, CancellationToken cancellationToken)
    {
        ApplianceRequest request;
        using (Appliance appliance = await Task.Run(() => ApplianceArgument.Open(directory, cancellationToken), cancellationToken)
            .ConfigureAwait(false))
        {
            request = ApplianceOptions.Read(result) with { Directory = appliance.Directory };
        }

        using LaunchTrial trial = new();
        IReadOnlyList<Finding> findings = await trial.RunAsync(request, progress: null, cancellationToken).ConfigureAwait(false);
        using TextOutput output = new();
        Report report = new(output, isJson: result.IsJson());
        report.Add(findings);
        report.End(trial);
        return report.HasProblem ? ExitCode.Appliance : ExitCode.Done;
    }
}
