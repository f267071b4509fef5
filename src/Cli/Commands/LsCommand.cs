using System.CommandLine;
using System.Globalization;
using System.Text.Json;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Commands;

/// <summary>Lists directories of the guest: virt-ls' job.</summary>
internal static class LsCommand
{
    private static readonly Option<bool> Long = new("-l", "--long")
    {
        Description = "Type and permissions, owner, group, size, time of modification, name, and where a link leads.",
    };

    private static readonly Option<bool> Recursive = new("-R", "--recursive") { Description = "Everything below, too." };

    private static readonly Option<bool> Human = new("-h", "--human-readable") { Description = "Sizes such as 1.5K." };

    private static readonly Option<bool> Zero = new("-0", "--null") { Description = "A zero byte after each line, and names as they are." };

    private static readonly Option<bool> JsonLines = new("--jsonl") { Description = "Each entry as a JSON object in a line." };

    internal static Command Create()
    {
        Command command = GuestCommand.Create(
            "ls", "Lists directories of the guest.", "path...", least: 1, [Long, Recursive, Human, Zero, JsonLines], writes: false,
            RunAsync);
        command.Validators.Add(result =>
        {
            if (result.IsGiven(JsonLines) && (result.IsGiven(Zero) || result.IsGiven(Human)))
            {
                result.AddError("--jsonl has all facts as they are: it goes neither with -0 nor with -h.");
            }
        });
        return command;
    }

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        await session.MountAsync(cancellationToken).ConfigureAwait(false);
        using TextOutput output = new(result.GetValue(Zero));
        Listing listing = new(
            session, output, result.GetValue(Long), result.GetValue(Recursive), result.GetValue(Human), result.GetValue(JsonLines));
        await session.Guestfs.RunAsync(
            _ =>
            {
                foreach (string path in paths)
                {
                    listing.List(GuestPath.Resolve(session, path), cancellationToken);
                }
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists on the thread of the handle.</summary>
    private sealed class Listing(GuestSession session, TextOutput output, bool isLong, bool isRecursive, bool isHuman, bool isJson)
    {
        internal void List(string top, CancellationToken cancellationToken)
        {
            // A file is listed as itself.
            if (!session.Guestfs.IsDir(top, new IsDirOptions { FollowSymlinks = true }))
            {
                int slash = top.LastIndexOf('/');
                Write([new Entry(top, top[..Math.Max(slash, 1)], top[(slash + 1)..], session.Guestfs.Lstatns(top))]);
                return;
            }

            Stack<string> directories = new([top]);
            while (directories.TryPop(out string? directory))
            {
                cancellationToken.ThrowIfCancellationRequested();
                List<Entry> entries = Read(top, directory);
                Write(entries);
                for (int i = entries.Count - 1; isRecursive && i >= 0; i--)
                {
                    if (entries[i].Type == 'd')
                    {
                        directories.Push(entries[i].Path);
                    }
                }
            }
        }

        private List<Entry> Read(string top, string directory)
        {
            List<Entry> entries = [];
            EnumerateDirectoryOptions options = new()
            {
                Status = true,
                ContinueOnError = (entry, error) =>
                {
                    session.Leave(error.Message);
                    return true;
                },
            };
            try
            {
                foreach (GuestfsDirectoryEntry found in session.Guestfs.EnumerateDirectory(directory, options))
                {
                    string path = found.Path;
                    string shown = !isRecursive ? found.Name : path[(top.Length + (top.EndsWith('/') ? 0 : 1))..];
                    entries.Add(new Entry(shown, directory, found.Name, found.Status!));
                }
            }
            catch (GuestfsException e) when (directory != top && session.Guestfs.State == GuestfsState.Ready)
            {
                session.Leave(e.Message);
            }

            entries.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
            return entries;
        }

        private void Write(List<Entry> entries)
        {
            if (!isLong && !isJson)
            {
                entries.ForEach(entry => output.WriteLine(entry.Shown));
                return;
            }

            Dictionary<string, string> targets = Targets(entries);
            if (isJson)
            {
                entries.ForEach(entry => WriteJson(entry, targets.GetValueOrDefault(entry.Name)));
                return;
            }

            string[][] lines = [.. entries.Select(entry => Fields(entry, targets.GetValueOrDefault(entry.Name)))];
            if (!TextOutput.IsTerminal)
            {
                Array.ForEach(lines, line => output.WriteFields(line));
                return;
            }

            int[] widths = [.. Enumerable.Range(0, 5).Select(column => lines.Select(line => line[column].Length).DefaultIfEmpty().Max())];
            foreach (string[] line in lines)
            {
                output.WriteLine(
                    $"{line[0]} {line[1].PadLeft(widths[1])} {line[2].PadLeft(widths[2])} {line[3].PadLeft(widths[3])} {line[4]} {line[5]}"
                    + (line.Length > 6 ? $" -> {line[6]}" : ""));
            }
        }

        private Dictionary<string, string> Targets(List<Entry> entries)
        {
            string[] links = [.. entries.Where(entry => entry.Type == 'l').Select(entry => entry.Name)];
            return links.Length == 0
                ? []
                : links.Zip(session.Guestfs.Readlinklist(entries[0].Directory, links)).ToDictionary();
        }

        private string[] Fields(Entry entry, string? target)
        {
            StatNs status = entry.Status;
            string time = Time(status).ToString(
                TextOutput.IsTerminal ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            string[] fields =
            [
                $"{entry.Type}{Permissions((int)status.Mode)}", Number(status.Uid), Number(status.Gid),
                entry.Type is 'b' or 'c' ? $"{Major(status.Rdev)},{Minor(status.Rdev)}"
                    : isHuman ? HumanSize.Of(status.Size)
                    : Number(status.Size),
                time, entry.Shown,
            ];
            return target is null ? fields : [.. fields, target];
        }

        private void WriteJson(Entry entry, string? target)
        {
            using (Utf8JsonWriter writer = JsonOutput.Begin(output.Stream))
            {
                StatNs status = entry.Status;
                writer.WriteStartObject();
                writer.WriteName("path", entry.Path);
                writer.WriteString("type", entry.Type switch
                {
                    'd' => "directory", 'l' => "link", 'b' => "blockDevice", 'c' => "characterDevice", 'p' => "fifo", 's' => "socket",
                    '-' => "file", _ => "unknown",
                });
                writer.WriteString("mode", Convert.ToString((int)status.Mode & 0xfff, 8).PadLeft(4, '0'));
                writer.WriteNumber("uid", status.Uid);
                writer.WriteNumber("gid", status.Gid);
                writer.WriteNumber("size", status.Size);
                writer.WriteNumber("links", status.Nlink);
                writer.WriteNumber("inode", status.Ino);
                writer.WriteString("modified", Time(status).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
                if (target is not null)
                {
                    writer.WriteName("target", target);
                }

                writer.WriteEndObject();
            }

            output.Stream.WriteByte((byte)'\n');
        }

        // What no calendar has is the earliest or the latest that one has.
        private static DateTime Time(StatNs status)
        {
            long ticks = Math.Clamp(status.MtimeSec, -62_135_596_800, 253_402_300_799);
            return DateTime.UnixEpoch.AddSeconds(ticks).AddTicks(Math.Clamp(status.MtimeNsec, 0, 999_999_999) / 100);
        }

        private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

        private static long Major(long device) => ((device >> 8) & 0xfff) | ((device >> 32) & ~0xfffL);

        private static long Minor(long device) => (device & 0xff) | ((device >> 12) & ~0xffL);

        private static string Permissions(int mode)
        {
            Span<char> text = stackalloc char[9];
            for (int i = 0; i < 9; i++)
            {
                text[i] = (mode & (1 << (8 - i))) != 0 ? "rwx"[i % 3] : '-';
            }

            Special(text, 2, (mode & 0x800) != 0, 's');
            Special(text, 5, (mode & 0x400) != 0, 's');
            Special(text, 8, (mode & 0x200) != 0, 't');
            return text.ToString();

            static void Special(Span<char> text, int at, bool isSet, char letter)
            {
                if (isSet)
                {
                    text[at] = text[at] == 'x' ? letter : char.ToUpperInvariant(letter);
                }
            }
        }
    }

    private sealed record Entry(string Shown, string Directory, string Name, StatNs Status)
    {
        internal string Path => Directory.EndsWith('/') ? Directory + Name : $"{Directory}/{Name}";

        internal char Type => (Status.Mode & 0xf000) switch
        {
            0x4000 => 'd', 0x8000 => '-', 0xa000 => 'l', 0x6000 => 'b', 0x2000 => 'c', 0x1000 => 'p', 0xc000 => 's', _ => '?',
        };
    }
}
