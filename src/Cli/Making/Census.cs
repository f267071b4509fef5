// How much is to be put into a filesystem, counted before there is one.
using Guestfs.Cli.Guests;
using Guestfs.Interop;

namespace Guestfs.Cli.Making;

/// <summary>What a tree or an archive has in it.</summary>
internal sealed class Census
{
    private const int DirectoryEntry = 12;
    private readonly List<(long Stored, long Whole)> files = [];
    private long others, names;

    /// <summary>Files of every type, directories among them.</summary>
    internal long Count => files.Count + others;

    internal long Directories { get; private set; } = 1;

    /// <summary>Entries of FAT that the names at the top take: thirteen characters in each.</summary>
    internal long TopEntries { get; private set; }

    /// <summary>Symbolic links and names beyond the first: not every filesystem has them.</summary>
    internal (string Name, string What)? FirstLink { get; private set; }

    /// <summary>The size of the largest file.</summary>
    internal long Largest => files.Count == 0 ? 0 : files.Max(file => file.Whole);

    /// <summary>How many bytes the contents take in blocks of a size.</summary>
    /// <param name="block">The size.</param>
    /// <param name="hasHoles">Whether holes take nothing.</param>
    internal long Contents(long block, bool hasHoles) =>
        files.Sum(file => RoundUp(hasHoles ? file.Stored : file.Whole, block)) + (Directories * block) + (names * 3 / 2);

    /// <summary>Counts a directory of the host.</summary>
    internal static Census OfDirectory(string directory)
    {
        Census census = new();
        HashSet<(ulong, uint, uint)> linked = [];
        foreach (HostEntry entry in HostTree.Entries(directory))
        {
            statx status = entry.Status;
            bool isAnother = status.stx_nlink > 1 && entry.Type != 'd'
                && !linked.Add((status.stx_ino, status.stx_dev_major, status.stx_dev_minor));
            census.Add(
                entry.Path, isAnother ? 'h' : entry.Type, Math.Min((long)status.stx_blocks * 512, (long)status.stx_size),
                (long)status.stx_size);
        }

        return census;
    }

    /// <summary>Counts what an archive has.</summary>
    /// <param name="archive">The archive, unpacked.</param>
    internal static Census OfArchive(Stream archive)
    {
        Census census = new();
        TarReader reader = new(archive, what => new IOException($"The archive cannot be read: {what}"));
        while (reader.Next() is { } member)
        {
            char type = (char)member.Header.Type switch { '1' => 'h', '2' => 'l', '5' => 'd', '0' or '\0' or '7' or 'S' => '-', _ => '?' };
            census.Add(member.Header.Name, type, member.Header.Size, member.FileSize);
        }

        // To tar whatever begins with zeroes is an archive without files: a disk image, too.
        return census.Count > 0 ? census : throw new IOException("The archive cannot be read: it is none of tar, or nothing is in it.");
    }

    private void Add(string name, char type, long stored, long whole)
    {
        string path = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
        TopEntries += path.TrimEnd('/').Contains('/', StringComparison.Ordinal) ? 0 : 2 + (path.Length / 13);
        names += name.Length - name.LastIndexOf('/') + DirectoryEntry;
        switch (type)
        {
            case '-':
                files.Add((stored, whole));
                break;
            case 'd':
                Directories++;
                others++;
                break;
            case 'h':
                FirstLink ??= (name, "another name of a file");
                break;
            case 'l':
                FirstLink ??= (name, "a symbolic link");

                // A long one has a block of its own.
                files.Add((1, 1));
                break;
            default:
                others++;
                break;
        }
    }

    private static long RoundUp(long size, long unit) => (size + unit - 1) / unit * unit;
}
