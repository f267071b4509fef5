using System.CommandLine;
using System.Security.Cryptography;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands;

/// <summary>Lists directories of the guest: virt-ls' job.</summary>
internal static class LsCommand
{
    private static readonly Flag Long = new("-l", "--long")
    {
        Description = "Type and permissions, owner, group, size, time of modification, name, and where a link leads.",
    };

    private static readonly Flag Checksum = new("--checksum")
    {
        Description = "The digest of each regular file, before its name; of anything else a minus sign.",
    };

    internal static Command Create()
    {
        Command command = GuestCommand.Create(
            "ls", "Lists directories of the guest.", "path...", least: 1,
            [Long, FileOptions.Recursive, FileOptions.Human, Checksum, FileOptions.Algorithm, FileOptions.Zero],
            writes: false, RunAsync);
        command.Validators.Add(result =>
        {
            if (result.IsGiven(FileOptions.Human) && result.IsJson())
            {
                result.AddError("JSON has all facts as they are: it does not go with -h.");
            }
        });
        return command;
    }

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        await session.MountAsync(cancellationToken).ConfigureAwait(false);
        using TextOutput output = new(result.GetValue(FileOptions.Zero));
        using ProgressBar bar = new();
        JsonRecords? json = JsonRecords.Of(result, output, "entries");
        Listing listing = new(
            session, output, result.GetValue(Long), result.GetValue(FileOptions.Human), json,
            result.GetValue(Checksum) ? FileOptions.ReadAlgorithm(result) : null, bar, cancellationToken);
        await session.Guestfs.RunAsync(
            _ => session.ForEach(paths, top =>
            {
                foreach (List<GuestEntry> entries in GuestTree.Directories(
                    session, top, result.GetValue(FileOptions.Recursive), null, cancellationToken))
                {
                    listing.Write(entries);
                }
            }),
            cancellationToken: cancellationToken).ConfigureAwait(false);
        json?.End();
    }

    /// <summary>Lists on the thread of the handle.</summary>
    private sealed class Listing(
        GuestSession session, TextOutput output, bool isLong, bool isHuman, JsonRecords? json, HashAlgorithmName? algorithm,
        ProgressBar bar, CancellationToken cancellationToken)
    {
        internal void Write(List<GuestEntry> entries)
        {
            if (!isLong && json is null)
            {
                entries.ForEach(entry => output.WriteFields(algorithm is null ? [entry.Shown] : [Digest(entry), entry.Shown]));
                return;
            }

            Dictionary<string, string> targets = Targets(entries);
            if (json is not null)
            {
                entries.ForEach(entry => FileFacts.Write(
                    json,
                    entry,
                    targets.GetValueOrDefault(entry.Name),
                    writer =>
                    {
                        if (algorithm is { } named && Digest(entry) is not "-" and var digest)
                        {
                            writer.WriteString(named.Name!.ToLowerInvariant(), digest);
                        }
                    }));
                return;
            }

            string[][] lines = [.. entries.Select(entry => Fields(entry, targets.GetValueOrDefault(entry.Name)))];
            if (!TextOutput.IsTerminal)
            {
                Array.ForEach(lines, line => output.WriteFields(line));
                return;
            }

            int name = algorithm is null ? 5 : 6;
            int[] widths = [.. Enumerable.Range(0, 5).Select(column => lines.Select(line => line[column].Length).DefaultIfEmpty().Max())];
            foreach (string[] line in lines)
            {
                output.WriteLine(
                    $"{line[0]} {line[1].PadLeft(widths[1])} {line[2].PadLeft(widths[2])} {line[3].PadLeft(widths[3])} "
                    + string.Join(' ', line[4..(name + 1)]) + (line.Length > name + 1 ? $" -> {line[^1]}" : ""));
            }
        }

        private string[] Fields(GuestEntry entry, string? target)
        {
            string[] fields = FileFacts.Fields(entry, target, isHuman);
            return algorithm is null ? fields : [.. fields[..5], Digest(entry), .. fields[5..]];
        }

        private Dictionary<string, string> Targets(List<GuestEntry> entries)
        {
            // A damaged directory may have a name twice.
            string[] links = [.. entries.Where(entry => entry.Type == 'l').Select(entry => entry.Name).Distinct()];
            return links.Length == 0
                ? []
                : links.Zip(session.Guestfs.Readlinklist(entries[0].Directory, links)).ToDictionary();
        }

        private string Digest(GuestEntry entry)
        {
            try
            {
                return entry.Type == '-'
                    ? GuestContents.Digest(session.Guestfs, entry.Path, algorithm!.Value, bar, cancellationToken)
                    : "-";
            }
            catch (GuestfsException e) when (session.Guestfs.State == GuestfsState.Ready)
            {
                session.Leave(e.Message, e);
                return "-";
            }
        }
    }
}
