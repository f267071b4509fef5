using System.CommandLine;
using System.Globalization;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli.Commands;

/// <summary>Finds files of the guest by name, type, size, time, owner and mode: find's job.</summary>
internal static class FindCommand
{
    private static readonly Option<string[]> Name = new("--name")
    {
        HelpName = "pattern", Description = "The name matches a pattern with *, ? and [...]; again for one that may match instead.",
    };

    private static readonly Flag IgnoreCase = new("--ignore-case") { Description = "Capital letters match small ones." };

    private static readonly Option<char?> Type = CommandLine.Option<char>(
        "--type", "f|d|l|b|c|p|s", "A file, directory, link, block device, character device, FIFO or socket.",
        "a type: f, d, l, b, c, p or s", text => text is "f" ? '-' : text.Length == 1 && "dlbcps".Contains(text[0]) ? text[0] : null);

    private static readonly Option<long?> Larger = CommandLine.Option(
        "--larger", "size", "It has more bytes.", ByteSize.Wanted, ByteSize.Read);

    private static readonly Option<long?> Smaller = CommandLine.Option(
        "--smaller", "size", "It has fewer bytes.", ByteSize.Wanted, ByteSize.Read);

    private static readonly Option<DateTime?> Newer = CommandLine.Option(
        "--newer", "time", "It was modified after a time such as 2026-01-31T12:00Z, or in the last 7d, 12h or 30m.", WantedTime, ReadTime);

    private static readonly Option<DateTime?> Older = CommandLine.Option(
        "--older", "time", "It was modified before a time.", WantedTime, ReadTime);

    private static readonly Option<long?> Owner = CommandLine.Option("--owner", "uid", "It belongs to a user.", WantedNumber, ReadNumber);

    private static readonly Option<long?> Group = CommandLine.Option("--group", "gid", "It belongs to a group.", WantedNumber, ReadNumber);

    private static readonly Option<int?> Mode = CommandLine.Option(
        "--mode", "octal", "It has these permissions and no others, such as 0644.", WantedMode, Permissions.Octal);

    private static readonly Option<int?> HasMode = CommandLine.Option(
        "--has-mode", "octal", "It has all of these permissions, such as 4000 for programs that run as their owner.", WantedMode,
        Permissions.Octal);

    private static readonly Option<int?> MaxDepth = CommandLine.Option<int>(
        "--max-depth", "number", "How many directories deep to look; 0 is the path itself.", "a number of levels",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null);

    private const string WantedTime = "a time: 2026-01-31, 2026-01-31T12:00:00Z, or so long ago: 30m, 12h or 7d";

    private const string WantedNumber = "a number of a user or group";

    private const string WantedMode = "permissions in octal digits, 0 to 7777";

    internal static Command Create()
    {
        CommandLine.TakesAnyBytes.Add(Name);
        return GuestCommand.Create(
            "find", "Finds files below directories of the guest that all the given options hold for.", "path...", least: 1,
            [
                Name, IgnoreCase, Type, Larger, Smaller, Newer, Older, Owner, Group, Mode, HasMode, MaxDepth, FileOptions.Zero,
            ],
            writes: false, RunAsync);
    }

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        await session.MountAsync(cancellationToken).ConfigureAwait(false);
        using TextOutput output = new(result.GetValue(FileOptions.Zero));
        Func<GuestEntry, bool> wanted = Tests(result);
        int depth = result.GetValue(MaxDepth) ?? int.MaxValue;
        JsonRecords? json = JsonRecords.Of(result, output, "entries");
        bool hasFound = false;
        await session.Guestfs.RunAsync(
            g => session.ForEach(paths, top =>
            {
                Take(g, GuestEntry.At(g, top));
                if (depth == 0 || !g.IsDir(top, new IsDirOptions { FollowSymlinks = true }))
                {
                    return;
                }

                foreach (List<GuestEntry> entries in GuestTree.Directories(
                    session, top, depth > 1, entry => entry.Depth + 2 <= depth, cancellationToken))
                {
                    entries.ForEach(entry => Take(g, entry));
                }
            }),
            cancellationToken: cancellationToken).ConfigureAwait(false);
        json?.End();
        if (!hasFound)
        {
            session.FoundNothing();
        }

        void Take(GuestfsHandle g, GuestEntry entry)
        {
            if (!wanted(entry))
            {
                return;
            }

            hasFound = true;
            if (json is not null)
            {
                FileFacts.Write(json, entry, entry.Type == 'l' ? g.Readlink(entry.Path) : null);
            }
            else
            {
                output.WriteFields(entry.Path);
            }
        }
    }

    private static Func<GuestEntry, bool> Tests(ParseResult result)
    {
        List<Func<GuestEntry, bool>> tests = [];
        bool ignoresCase = result.GetValue(IgnoreCase);
        if (result.GetValue(Name) is { Length: > 0 } names)
        {
            byte[][] patterns = [.. names.Select(name => Bytes(name, ignoresCase))];
            tests.Add(entry => Matches(patterns, Bytes(entry.Name.Length == 0 ? "/" : entry.Name, ignoresCase)));
        }

        Add(Type, (entry, type) => entry.Type == type);
        Add(Larger, (entry, size) => entry.Status.Size > size);
        Add(Smaller, (entry, size) => entry.Status.Size < size);
        Add(Newer, (entry, time) => GuestEntry.Time(entry.Status.MtimeSec, entry.Status.MtimeNsec) > time);
        Add(Older, (entry, time) => GuestEntry.Time(entry.Status.MtimeSec, entry.Status.MtimeNsec) < time);
        Add(Owner, (entry, uid) => entry.Status.Uid == uid);
        Add(Group, (entry, gid) => entry.Status.Gid == gid);
        Add(Mode, (entry, mode) => (entry.Status.Mode & 0xfff) == mode);
        Add(HasMode, (entry, mode) => (entry.Status.Mode & mode) == mode);
        return entry => tests.TrueForAll(test => test(entry));

        void Add<T>(Option<T?> option, Func<GuestEntry, T, bool> test)
            where T : struct
        {
            if (result.GetValue(option) is { } value)
            {
                tests.Add(entry => test(entry, value));
            }
        }
    }

    private static byte[] Bytes(string text, bool lower) => [.. LosslessUtf8.GetBytes(lower ? text.ToLowerInvariant() : text), 0];

    private static unsafe bool Matches(byte[][] patterns, byte[] name)
    {
        foreach (byte[] pattern in patterns)
        {
            fixed (byte* p = pattern, n = name)
            {
                if (Libc.fnmatch(p, n, 0) == 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static DateTime? ReadTime(string text)
    {
        TimeSpan? unit = text is [.., 'm'] ? TimeSpan.FromMinutes(1) : text is [.., 'h'] ? TimeSpan.FromHours(1)
            : text is [.., 'd'] ? TimeSpan.FromDays(1) : null;
        return unit is { } length
            ? int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                && count < 1_000_000 ? DateTime.UtcNow - (length * count) : null
            : DateTime.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time)
                ? time : null;
    }

    private static long? ReadNumber(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint value) ? value : null;
}
