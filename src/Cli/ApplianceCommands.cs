// gfs appliance: builds, checks and cleans up appliances.
using System.CommandLine;

using Guestfs.Appliances;

namespace Guestfs.Cli;

/// <summary>The commands below <c>gfs appliance</c>.</summary>
internal static class ApplianceCommands
{
    internal static Command Create() => new("appliance", "Builds and checks the appliance that libguestfs boots.")
    {
        ApplianceBuildCommand.Create(),
        CreateVerify(),
        CreateClean(),
    };

    private static Command CreateVerify()
    {
        Argument<string> directory = new("directory") { Description = "The appliance's directory." };
        Command command = new("verify", "Compares every file of an appliance with the digests in its manifest.") { directory };
        command.SetAction((result, cancellation) => Outcome.RunAsync(() =>
        {
            using ProgressBar bar = new();
            using Appliance appliance = Appliance.Open(result.GetValue(directory)!);
            appliance.Verify(bar, cancellation);
        }));
        return command;
    }

    private static Command CreateClean()
    {
        Option<int> days = new("--unused-for") { Description = "Days that an appliance may lie unused.", DefaultValueFactory = _ => 0, HelpName = "days" };
        Option<string> cache = new("--cache") { Description = "The cache's directory.", DefaultValueFactory = _ => ApplianceCache.DefaultDirectory };
        Command command = new("clean", "Removes cached appliances that nothing uses now.") { days, cache };
        command.SetAction((result, cancellation) => Outcome.RunAsync(() =>
        {
            new ApplianceCache(result.GetValue(cache)!).Collect(TimeSpan.FromDays(result.GetValue(days)));
        }));
        return command;
    }
}
