// What the tests of archives share.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Plan;
using Guestfs.TestSupport;

namespace Guestfs.Appliances.Tests.Archives;

/// <summary>Reads archives and describes their entries.</summary>
internal static class ArchiveTest
{
    /// <summary>Reads a whole archive.</summary>
    public static List<PlanEntry> Read(byte[] archive, TempDirectory directory, TarOptions? options = null)
    {
        using MemoryStream stream = new(archive);
        using Spool spool = new(directory.File("spool"));
        return [.. TarArchive.Read(
            stream, "test.tar", spool, options ?? new TarOptions { MaxUnpackedBytes = 64 << 20 }, CancellationToken.None)];
    }

    /// <summary>All bytes of a content.</summary>
    public static byte[] Bytes(FileContent content)
    {
        byte[] bytes = new byte[content.Length];
        using IContentReader reader = content.Open();
        reader.ReadExactly(0, bytes);
        return bytes;
    }

    /// <summary>
    /// One line for each entry: type and mode, owner, group, size or device, time, name and link as
    /// <c>tar -tv --numeric-owner --full-time</c> prints them with <c>TZ=UTC</c>.
    /// </summary>
    public static IEnumerable<string> List(IEnumerable<PlanEntry> entries) => entries.Select(entry =>
    {
        string name = entry.Path == "/" ? "./" : $".{entry.Path}{(entry.Kind == EntryKind.Directory ? "/" : "")}";
        string size = entry.Kind is EntryKind.CharacterDevice or EntryKind.BlockDevice
            ? $"{entry.Device.Major},{entry.Device.Minor}"
            : $"{entry.Content?.Length ?? 0}";
        string time = DateTimeOffset.FromUnixTimeSeconds(entry.ModificationTime)
            .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        string link = entry.Kind switch
        {
            EntryKind.SymbolicLink => " -> " + entry.LinkTarget,
            EntryKind.HardLink => " link to ." + entry.LinkTarget,
            _ => "",
        };
        return $"{TypeOf(entry.Kind)}{Permissions(entry.Mode)} {entry.Uid}/{entry.Gid} {size} {time} {name}{link}";
    });

    /// <summary>Digests of files by path.</summary>
    public static string Digests(IEnumerable<PlanEntry> entries) => string.Concat(entries
        .Where(entry => entry.Kind == EntryKind.File)
        .OrderBy(entry => entry.Path, StringComparer.Ordinal)
        .Select(entry => $"{Convert.ToHexStringLower(SHA256.HashData(Bytes(entry.Content!)))}  .{entry.Path}\n"));

    /// <summary>The lines of tar's own list with single blanks, and times without fractions.</summary>
    public static IEnumerable<string> TarList(string output) => output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => string.Join(
            ' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((word, i) => i == 4 ? word.Split('.')[0] : word)));

    private static char TypeOf(EntryKind kind) => kind switch
    {
        EntryKind.Directory => 'd',
        EntryKind.SymbolicLink => 'l',
        EntryKind.HardLink => 'h',
        EntryKind.CharacterDevice => 'c',
        EntryKind.BlockDevice => 'b',
        EntryKind.Fifo => 'p',
        _ => '-',
    };

    private static string Permissions(uint mode)
    {
        StringBuilder text = new();
        for (int shift = 6; shift >= 0; shift -= 3)
        {
            uint bits = mode >> shift;
            UnixFileMode specialBit = shift == 6 ? UnixFileMode.SetUser : shift == 3 ? UnixFileMode.SetGroup : UnixFileMode.StickyBit;
            bool special = (mode & (uint)specialBit) != 0;
            char mark = shift == 0 ? 't' : 's';
            text.Append((bits & 4) != 0 ? 'r' : '-').Append((bits & 2) != 0 ? 'w' : '-');
            text.Append(special ? ((bits & 1) != 0 ? mark : char.ToUpperInvariant(mark)) : (bits & 1) != 0 ? 'x' : '-');
        }

        return text.ToString();
    }
}
