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
        using ProgressBar bar = new();
        await session.Guestfs.RunAsync(
            g => session.ForEach(paths, path => Write(g, path, output, cancellationToken)), bar, cancellationToken).ConfigureAwait(false);
    }

    private static void Write(GuestfsHandle g, string path, Stream output, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _ = GuestContents.StatusOf(g, path);
        if (path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            // A download takes the appliance's device of that name.
            using Stream file = g.OpenRead(path);
            file.CopyTo(output);
        }
        else
        {
            g.Download(path, output);
        }
    }
}
