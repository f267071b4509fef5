// What walking a directory yields. A structure: a walk allocates the name of an entry and nothing else for it.
namespace Guestfs;

/// <summary>One entry of a directory in the guest.</summary>
public readonly record struct GuestfsDirectoryEntry
{
    /// <summary>The path of the directory that has the entry, as the walk came to it.</summary>
    public required string Directory { get; init; }

    /// <summary>The name in that directory; see <see cref="LosslessUtf8"/> for names that are not UTF-8.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of file; of the link itself where it is a symbolic link.</summary>
    public required GuestfsFileType Type { get; init; }

    /// <summary>
    /// The inode number that the directory holds. Where something is mounted it is that of the directory below, and some
    /// filesystems of the FUSE kind give none; <see cref="Status"/> has the number of the file itself.
    /// </summary>
    public required long Inode { get; init; }

    /// <summary>How many directories below the one where the walk began: 0 for its own entries.</summary>
    public required int Depth { get; init; }

    /// <summary>The status of the entry, of the link itself where it is one;
    /// null unless <see cref="EnumerateDirectoryOptions.Status"/> is set.</summary>
    public StatNs? Status { get; init; }

    /// <summary>The full path: <see cref="Directory"/> and <see cref="Name"/>. A new string each time.</summary>
    public string Path => Directory.EndsWith('/') ? Directory + Name : $"{Directory}/{Name}";
}
