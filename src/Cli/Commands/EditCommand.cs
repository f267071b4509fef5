using System.CommandLine;
using System.Diagnostics;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli.Commands;

/// <summary>Edits files of the guest: virt-edit's job.</summary>
internal static class EditCommand
{
    private const long MaxSize = 256 << 20;

    private static readonly Option<string[]> Expression = new("-e", "--expr")
    {
        HelpName = "s/this/that/flags",
        Description = "Replace in each line, as sed -E does, in place of an editor; again for each further one. Flags: g, i, a number.",
    };

    private static readonly Option<string?> Backup = new("-b", "--backup")
    {
        HelpName = "suffix", Description = "Keep the old file under its name and this, such as .bak.",
    };

    internal static Command Create()
    {
        Expression.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value))
            {
                if (Substitution.TryParse(text, out string fault) is null)
                {
                    result.AddError($"'{text}' cannot be used: {fault}");
                }
            }
        });
        return GuestCommand.Create(
            "edit",
            "Edits files of the guest with $VISUAL, $EDITOR or vi, or by expressions. Mode, owner and attributes of a file stay.",
            "path...", least: 1, [Expression, Backup, GuestCommand.DryRun], writes: true, RunAsync);
    }

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        Substitution[] substitutions =
            [.. (result.GetValue(Expression) ?? []).Select(text => Substitution.TryParse(text, out _)!)];
        await session.MountAsync(cancellationToken).ConfigureAwait(false);
        DirectoryInfo directory = Directory.CreateTempSubdirectory("gfs-");
        try
        {
            await session.Guestfs.RunAsync(
                g =>
                {
                    foreach (string path in paths.Select(given => GuestPath.Resolve(session, given)))
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        Edit(g, path, directory.FullName, substitutions, result.GetValue(Backup), result.GetValue(GuestCommand.DryRun));
                    }
                },
                cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static void Edit(
        GuestfsHandle g, string path, string directory, Substitution[] substitutions, string? backup, bool isDry)
    {
        if (g.Filesize(path) > MaxSize)
        {
            throw new GuestfsException("edit", 0, $"{path} is too large to be edited: copy it with 'gfs cp'.");
        }

        // By its own name, by which editors know what is in it.
        string old = Path.Combine(directory, "old"), edited = Path.Combine(directory, NameOf(path));
        g.Download(path, old);
        byte[] before = File.ReadAllBytes(old);
        if (substitutions.Length > 0)
        {
            File.WriteAllBytes(edited, Substitution.Apply(substitutions, before));
        }
        else
        {
            File.WriteAllBytes(edited, before);
            RunEditor(edited);
        }

        byte[] after = File.ReadAllBytes(edited);
        if (before.AsSpan().SequenceEqual(after))
        {
            StandardStreams.Tell($"gfs: {path} has not changed.");
        }
        else if (isDry)
        {
            Show(path, before, after);
        }
        else
        {
            FileReplacement.Replace(g, path, edited, mode: null, backup);
        }

        File.Delete(edited);
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
        ProcessStartInfo start = new("/bin/sh", ["-c", $"exec {editor} \"$1\"", "sh", file]) { UseShellExecute = false };
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new GuestfsException("edit", 0, $"The editor '{editor}' ended with {process.ExitCode}: nothing was written.");
        }
    }

    // The lines that are not the same, side by side as they are.
    private static void Show(string path, byte[] old, byte[] edited)
    {
        using TextOutput output = new();
        string[] before = LosslessUtf8.GetString(old).Split('\n'), after = LosslessUtf8.GetString(edited).Split('\n');
        output.WriteLine(path);
        for (int i = 0; i < Math.Max(before.Length, after.Length); i++)
        {
            (string? one, string? other) = (before.ElementAtOrDefault(i), after.ElementAtOrDefault(i));
            if (one != other)
            {
                output.WriteLine($"- {one}");
                output.WriteLine($"+ {other}");
            }
        }
    }
}
