using System.CommandLine;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli.Commands;

/// <summary>Makes directories in the guest.</summary>
internal static class MkdirCommand
{
    private static readonly Flag Parents = new("-p", "--parents")
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
        bool parents = result.GetValue(Parents);
        using TextOutput output = new();
        Deeds? deeds = Deeds.OfDryRun(output, result, "path");
        await session.Guestfs.RunAsync(
            g =>
            {
                foreach (string path in paths.Select(given => GuestPath.Resolve(session, given)))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    bool isThere = g.IsDir(path, new IsDirOptions { FollowSymlinks = true });
                    if (deeds is not null)
                    {
                        if (!isThere || !parents)
                        {
                            Check(g, path, parents);
                            deeds.Tell(path);
                        }

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
        deeds?.End();
    }

    // What would be in its way.
    private static void Check(GuestfsHandle g, string path, bool parents)
    {
        string name = path.TrimEnd('/');
        string above = name[..Math.Max(name.LastIndexOf('/'), 1)];
        if (g.Exists(path))
        {
            throw new GuestfsException("mkdir", Libc.EEXIST, $"{path} is there already.");
        }

        while (parents && above.Length > 1 && !g.Exists(above))
        {
            above = above[..Math.Max(above.LastIndexOf('/'), 1)];
        }

        if (!g.IsDir(above, new IsDirOptions { FollowSymlinks = true }))
        {
            throw new GuestfsException("mkdir", Libc.ENOTDIR, $"{above} is no directory in which {path} could be made.");
        }
    }
}
