using System.CommandLine;

using Guestfs.Appliances;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands.Bundles;

/// <summary>Compares the files of a bundle with its manifest.</summary>
internal static class BundleVerifyCommand
{
    internal static Command Create()
    {
        Argument<string> directory = BundleArgument.Directory();
        Command command = new("verify", "Compares every file of a bundle with the digests in its manifest.") { directory };
        command.RefuseEmpty();
        command.SetAction((result, cancellationToken) => Task.Run(
            () =>
            {
                using ProgressBar bar = new();
                Bundle.Open(ProcessInput.FullPath(result.GetValue(directory)!)).Verify(bar, cancellationToken);
                return 0;
            },
            CancellationToken.None));
        return command;
    }
}
