using System.CommandLine;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands;

/// <summary>Writes a file of the guest.</summary>
internal static class WriteCommand
{
    private static readonly Option<string?> From = new("--from")
    {
        HelpName = "file", Description = "A file of this host with the contents. Default: standard input.",
    };

    private static readonly Flag Append = new("--append") { Description = "Add to the end of the file." };

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
        least: 1, [From, Append, Backup, Mode, GuestCommand.DryRun], writes: true, RunAsync, most: 1);

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        FileReplacement.CheckBackup(result.GetValue(Backup));
        bool isDry = result.GetValue(GuestCommand.DryRun), append = result.GetValue(Append);
        DirectoryInfo directory = Directory.CreateTempSubdirectory("gfs-");
        try
        {
            // All of it before anything is changed: what comes through a pipe may end early, or never.
            string given = Path.Combine(directory.FullName, "given"), contents = Path.Combine(directory.FullName, "contents");
            await Task.Run(() => Read(result.GetValue(From), given), cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
            await session.MountAsync(cancellationToken).ConfigureAwait(false);
            string path = GuestPath.Resolve(session, paths[0]);
            await session.Guestfs.RunAsync(
                g =>
                {
                    string target = FileReplacement.Find(g, path);
                    if (append && g.Exists(target))
                    {
                        g.Download(target, contents);
                    }

                    Add(given, contents);
                    if (isDry)
                    {
                        using TextOutput output = new();
                        Deeds deeds = new(output, result, "path", "size");
                        deeds.Tell(target, FileFacts.Number(new FileInfo(contents).Length));
                        deeds.End();
                    }
                    else
                    {
                        FileReplacement.Replace(g, target, contents, result.GetValue(Mode), result.GetValue(Backup));
                    }
                },
                cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static void Read(string? from, string file)
    {
        if (from is not null && Directory.Exists(from))
        {
            throw new UsageException($"{from} is a directory: 'gfs cp -R' copies those.");
        }

        using Stream input = from is null ? StandardStreams.TakeInput() : ProcessInput.OpenFile(from);
        using FileStream output = new(file, FileMode.Create);
        input.CopyTo(output);
    }

    private static void Add(string file, string contents)
    {
        using FileStream output = new(contents, FileMode.Append);
        using FileStream input = File.OpenRead(file);
        input.CopyTo(output);
    }
}
