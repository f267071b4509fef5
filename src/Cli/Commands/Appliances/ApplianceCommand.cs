using System.CommandLine;

namespace Guestfs.Cli.Commands.Appliances;

/// <summary>The commands below <c>gfs appliance</c>.</summary>
internal static class ApplianceCommand
{
    internal static Command Create() => new("appliance", "Builds, lists and checks appliances, which are what libguestfs boots.")
    {
        ApplianceBuildCommand.Create(),
        ApplianceListCommand.Create(),
        ApplianceShowCommand.Create(),
        AppliancePathCommand.Create(),
        ApplianceTestCommand.Create(),
        ApplianceDiffCommand.Create(),
        ApplianceVerifyCommand.Create(),
        ApplianceCleanCommand.Create(),
    };
}
