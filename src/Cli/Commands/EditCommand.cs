using System.CommandLine;
using System.Diagnostics;

using Guestfs.Appliances;
using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli.Commands;

/// <summary>Edits files of the guest: virt-edit's job.</summary>
internal static class EditCommand
{
    private const long MaxSize = 256 << 20;

    // Sooner nobody has read the file.
    private static readonly TimeSpan ShortestEdit = TimeSpan.FromSeconds(1);

    private static readonly Option<string[]> Expression = new("-e", "--expr")
    {
        HelpName = "s/this/that/",
        Description = "Commands of this host's GNU sed -E, in place of an editor; again for each further one.",
    };

    private static readonly Option<string?> Backup = new("-b", "--backup")
    {
        HelpName = "suffix", Description = "Keep the old file under its name and this, such as .bak.",
    };

    internal static Command Create() => GuestCommand.Create(
        "edit",
        "Edits files of the guest with $VISUAL, $EDITOR or vi, or by commands of sed. Mode, owner and attributes of a file stay.",
        "path...", least: 1, [Expression, Backup, GuestCommand.DryRun], writes: true, RunAsync);

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        FileReplacement.CheckBackup(result.GetValue(Backup));
        await session.MountAsync(cancellationToken).ConfigureAwait(false);
        DirectoryInfo directory = Directory.CreateTempSubdirectory("gfs-");
        bool isKept = false;
        int number = 0;
        try
        {
            using TextOutput output = new();
            Deeds? deeds = Deeds.OfDryRun(output, result, "path", "change", "line");
            await session.Guestfs.RunAsync(
                g => session.ForEach(paths, path =>
                {
                    // Files of the same name in several directories of the guest may all be kept.
                    string own = directory.CreateSubdirectory($"{++number}").FullName;
                    Edit(g, path, own, result, deeds, ref isKept, cancellationToken);
                }),
                cancellationToken: cancellationToken).ConfigureAwait(false);
            deeds?.End();
        }
        finally
        {
            if (!isKept)
            {
                directory.Delete(recursive: true);
            }
        }
    }

    private static void Edit(
        GuestfsHandle g, string path, string directory, ParseResult result, Deeds? deeds, ref bool isKept,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string target = FileReplacement.Find(g, path);
        if (g.Filesize(target) > MaxSize)
        {
            throw new GuestfsException("edit", 0, $"{path} is too large to be edited: copy it with 'gfs cp'.");
        }

        // By its own name, by which editors know what is in it.
        string old = Path.Combine(directory, "old"), edited = Path.Combine(directory, NameOf(path));
        g.Download(target, old);
        byte[] before = File.ReadAllBytes(old);
        TimeSpan? taken = null;
        if (result.GetValue(Expression) is { Length: > 0 } expressions)
        {
            RunSed(expressions, old, edited, cancellationToken);
        }
        else
        {
            File.WriteAllBytes(edited, before);
            long start = Stopwatch.GetTimestamp();
            Interruption.WhileHeld(() => RunEditor(edited));
            taken = Stopwatch.GetElapsedTime(start);
        }

        cancellationToken.ThrowIfCancellationRequested();
        byte[] after = File.Exists(edited) ? File.ReadAllBytes(edited) : throw new GuestfsException(
            "edit", 0, $"After the editor there was no file any more: {path} is as it was.");
        if (before.AsSpan().SequenceEqual(after))
        {
            Messages.Remark($"{path} has not changed." + (taken < ShortestEdit
                ? " An editor that goes on by itself has to be told to wait, as EDITOR='code --wait' does."
                : ""));
        }
        else if (deeds is not null)
        {
            Show(deeds, path, before, after);
        }
        else
        {
            try
            {
                FileReplacement.Replace(g, target, edited, mode: null, result.GetValue(Backup));
            }
            catch (GuestfsException) when (taken is not null)
            {
                // Somebody's work.
                isKept = true;
                Messages.Warn($"{edited} has what was written in the editor.");
                throw;
            }
        }

        File.Delete(edited);
    }

    // What its commands may do ends at the file: the sandbox has neither programs nor other files.
    private static void RunSed(string[] expressions, string file, string edited, CancellationToken cancellationToken)
    {
        HostTool.Find("sed");
        List<string> said = [];
        using FileStream output = new(edited, FileMode.Create);
        int code = new CommandRunner(ProcessInput.Variable("PATH")).Run(
            ["sed", "--sandbox", "-E", .. expressions.SelectMany(expression => (string[])["-e", expression]), "--", file],
            directory: null, piece => piece.CopyTo(output), line => said.Add(line), cancellationToken);
        if (code != 0)
        {
            throw new UsageException(string.Join(' ', said.DefaultIfEmpty($"sed ended with {code}.")));
        }
    }

    private static string NameOf(string path)
    {
        string name = path[(path.LastIndexOf('/') + 1)..];
        return name is "old" or "" || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_')) ? "edited" : name;
    }

    // By the shell, as others do: the variable may have arguments.
    private static void RunEditor(string file)
    {
        string editor = ProcessInput.Variable("VISUAL") ?? ProcessInput.Variable("EDITOR") ?? "vi";
        HostTool.Find("sh");
        ProcessStartInfo start = new("/bin/sh", ["-c", $"exec {editor} \"$1\"", "sh", file]) { UseShellExecute = false };
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new GuestfsException("edit", 0, $"The editor '{editor}' ended with {process.ExitCode}: nothing was written.");
        }
    }

    // What is between the lines that are the same at the beginning and those that are at the end. Where that is as many lines before and
    // after, those that are not the same.
    private static void Show(Deeds deeds, string path, byte[] old, byte[] edited)
    {
        string[] before = LosslessUtf8.GetString(old).Split('\n'), after = LosslessUtf8.GetString(edited).Split('\n');
        int first = before.AsSpan().CommonPrefixLength(after), shorter = Math.Min(before.Length, after.Length) - first, same = 0;
        while (same < shorter && before[^(same + 1)] == after[^(same + 1)])
        {
            same++;
        }

        string[] removed = before[first..^same], added = after[first..^same];
        if (removed.Length == added.Length)
        {
            foreach ((string one, string other) in removed.Zip(added).Where(pair => pair.First != pair.Second))
            {
                deeds.Tell(path, "-", one);
                deeds.Tell(path, "+", other);
            }

            return;
        }

        Array.ForEach(removed, line => deeds.Tell(path, "-", line));
        Array.ForEach(added, line => deeds.Tell(path, "+", line));
    }
}
