using System.CommandLine;

using Guestfs.Appliances;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands.Appliances;

/// <summary>Compares the files of an appliance with its manifest.</summary>
internal static class ApplianceVerifyCommand
{
    internal static Command Create()
    {
        Argument<string> directory = new("directory") { Description = "The appliance's directory." };
        Command command = new("verify", "Compares every file of an appliance with the digests in its manifest.") { directory };
        command.RefuseEmpty();
        command.SetAction((result, cancellationToken) => Task.Run(
            () =>
            {
                using ProgressBar bar = new();
                using Appliance appliance = Appliance.Open(ProcessInput.FullPath(result.GetValue(directory)!));
                appliance.Verify(bar, cancellationToken);
                return 0;
            },
            CancellationToken.None));
        return command;
    }
}
