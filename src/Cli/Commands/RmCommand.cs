using System.CommandLine;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands;

/// <summary>Removes files of the guest.</summary>
internal static class RmCommand
{
    private static readonly Flag Recursive = new("-R", "--recursive", "-r")
    {
        Description = "Directories with all that is in them.",
    };

    private static readonly Flag Force = new("-f", "--force") { Description = "Files that are not there are no error." };

    internal static Command Create() => GuestCommand.Create(
        "rm", "Removes files of the guest.", "path...", least: 1, [Recursive, Force, GuestCommand.DryRun], writes: true, RunAsync);

    private static void RefuseRoot(string path)
    {
        if (Path.GetFullPath(path) == "/")
        {
            throw new UsageException("The root directory of the guest is not removed.");
        }
    }

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        await session.MountAsync(cancellationToken).ConfigureAwait(false);
        bool isRecursive = result.GetValue(Recursive), isForced = result.GetValue(Force);
        using TextOutput output = new();
        Deeds? deeds = Deeds.OfDryRun(output, result, "path");
        await session.Guestfs.RunAsync(
            g =>
            {
                // Before anything else is removed.
                Array.ForEach(paths, RefuseRoot);
                session.ForEach(paths, path =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    RefuseRoot(path);
                    bool isLink = g.IsSymlink(path);
                    if (isForced && !isLink && !g.Exists(path))
                    {
                        return;
                    }

                    bool isDirectory = !isLink && g.IsDir(path);
                    if (isDirectory && !isRecursive)
                    {
                        throw new GuestfsException("rm", 0, $"{path} is a directory: it is removed with --recursive.");
                    }

                    if (deeds is not null)
                    {
                        _ = g.Lstatns(path);
                        deeds.Tell(path);
                    }
                    else if (isDirectory)
                    {
                        g.RmRf(path);
                    }
                    else
                    {
                        g.Rm(path);
                    }
                });
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        deeds?.End();
    }
}
