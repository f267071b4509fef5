using System.CommandLine;

using Guestfs.Cli.Guests;

namespace Guestfs.Cli.Commands;

/// <summary>Writes a file of the guest.</summary>
internal static class WriteCommand
{
    private static readonly Option<string?> From = new("--from")
    {
        HelpName = "file", Description = "A file of this host with the contents. Default: standard input.",
    };

    private static readonly Option<bool> Append = new("--append") { Description = "Add to the end of the file." };

    private static readonly Option<string?> Backup = new("-b", "--backup")
    {
        HelpName = "suffix", Description = "Keep the old file under its name and this, such as .bak.",
    };

    private static readonly Option<int?> Mode = CommandLine.Option<int>(
        "--mode", "octal", "Permissions of the file. Default: those that it has, 0644 of a new one.", "permissions in octal digits",
        Permissions.Octal);

    internal static Command Create() => GuestCommand.Create(
        "write",
        "Writes a file of the guest: its mode, owner and attributes stay, and at each moment it is the old file or the new one.", "path",
        least: 1, [From, Append, Backup, Mode, GuestCommand.DryRun], writes: true, RunAsync);

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        if (paths.Length > 1)
        {
            throw new UsageException($"'{paths[1]}' is one argument too many.");
        }

        // All of it before anything is changed: what comes through a pipe may end early, or never.
        string contents = Path.Combine(Directory.CreateTempSubdirectory("gfs-").FullName, "contents");
        try
        {
            await session.MountAsync(cancellationToken).ConfigureAwait(false);
            string path = GuestPath.Resolve(session, paths[0]);
            bool isDry = result.GetValue(GuestCommand.DryRun);
            await session.Guestfs.RunAsync(
                g =>
                {
                    Stage(g, path, contents, result.GetValue(From), result.GetValue(Append));
                    if (isDry)
                    {
                        StandardStreams.Tell($"gfs: {path} would have {new FileInfo(contents).Length} bytes.");
                    }
                    else
                    {
                        FileReplacement.Replace(g, path, contents, result.GetValue(Mode), result.GetValue(Backup));
                    }
                },
                cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(contents)!, recursive: true);
        }
    }

    private static void Stage(GuestfsHandle g, string path, string contents, string? from, bool append)
    {
        if (append && g.Exists(path))
        {
            g.Download(path, contents);
        }

        using FileStream output = new(contents, FileMode.Append);
        using Stream input = from is null ? Console.OpenStandardInput() : File.OpenRead(ProcessInput.FullPath(from));
        input.CopyTo(output);
    }
}
