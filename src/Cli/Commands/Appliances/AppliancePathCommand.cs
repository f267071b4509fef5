using System.CommandLine;

using Guestfs.Appliances;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands.Appliances;

/// <summary>Prints where the appliance that launches use is.</summary>
internal static class AppliancePathCommand
{
    internal static Command Create()
    {
        Command command = new("path", "Prints the directory of the appliance that launches use, which is built if need be.");
        command.SetAction((result, cancellationToken) => Task.Run(
            () =>
            {
                using Appliance appliance = ApplianceArgument.Open(null, cancellationToken);
                DirectoryAnswer.Write(result, appliance.Directory);
                return ExitCode.Done;
            },
            CancellationToken.None));
        return command;
    }
}
