using System.CommandLine;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands;

/// <summary>Writes files of the guest to standard output: virt-cat's job.</summary>
internal static class CatCommand
{
    internal static Command Create() => GuestCommand.Create(
        "cat", "Writes files of the guest to standard output.", "path...", least: 1, [], writes: false, RunAsync);

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        await session.MountAsync(cancellationToken).ConfigureAwait(false);
        using Stream output = TextOutput.OpenContents();
        foreach (string given in paths)
        {
            string path = await session.Guestfs
                .RunAsync(_ => GuestPath.Resolve(session, given), cancellationToken: cancellationToken).ConfigureAwait(false);
            if (path.StartsWith("/dev/", StringComparison.Ordinal))
            {
                // A download takes the appliance's device of that name.
                using Stream file = await session.Guestfs.OpenReadAsync(path, cancellationToken).ConfigureAwait(false);
                await file.CopyToAsync(output, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await session.Guestfs.DownloadAsync(path, output, cancellationToken: cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
