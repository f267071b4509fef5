using System.CommandLine;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands;

/// <summary>Makes directories in the guest.</summary>
internal static class MkdirCommand
{
    private static readonly Option<bool> Parents = new("-p", "--parents")
    {
        Description = "Those above, too; one that is there already is no error.",
    };

    private static readonly Option<int?> Mode = CommandLine.Option<int>(
        "--mode", "octal", "Permissions. Default: 0755.", "permissions in octal digits", Permissions.Octal);

    internal static Command Create() => GuestCommand.Create(
        "mkdir", "Makes directories in the guest.", "path...", least: 1, [Parents, Mode, GuestCommand.DryRun], writes: true, RunAsync);

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        await session.MountAsync(cancellationToken).ConfigureAwait(false);
        bool isDry = result.GetValue(GuestCommand.DryRun), parents = result.GetValue(Parents);
        using TextOutput output = new();
        await session.Guestfs.RunAsync(
            g =>
            {
                foreach (string path in paths.Select(given => GuestPath.Resolve(session, given)))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    bool isThere = g.IsDir(path);
                    if (isDry)
                    {
                        output.WriteLine(path);
                        continue;
                    }

                    if (parents)
                    {
                        g.MkdirP(path);
                    }
                    else
                    {
                        g.Mkdir(path);
                    }

                    if (result.GetValue(Mode) is { } mode && !isThere)
                    {
                        g.Chmod(mode, path);
                    }
                }
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
    }
}
