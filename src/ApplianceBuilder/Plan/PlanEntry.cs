namespace Guestfs.Appliances.Plan;

/// <summary>One name in the appliance's root filesystem and all that is to be known of it.</summary>
internal sealed record PlanEntry
{
    /// <summary>Absolute path: begins with a slash, ends with none, has no empty, <c>.</c> or <c>..</c> part.
    /// <c>/</c> is the root.</summary>
    public required string Path { get; init; }

    /// <summary>What it is.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>Permission bits with setuid, setgid and sticky (07777), without the type. Meaningless for a hard link.</summary>
    public required uint Mode { get; init; }

    /// <summary>Owner.</summary>
    public uint Uid { get; init; }

    /// <summary>Group.</summary>
    public uint Gid { get; init; }

    /// <summary>Time of last modification, in seconds since 1970.</summary>
    public long ModificationTime { get; init; }

    /// <summary>Extended attributes, sorted by name.</summary>
    public IReadOnlyList<ExtendedAttribute> ExtendedAttributes { get; init; } = [];

    /// <summary>The bytes of a regular file.</summary>
    public FileContent? Content { get; init; }

    /// <summary>Where a symbolic or hard link leads.</summary>
    public string? LinkTarget { get; init; }

    /// <summary>The number of a device node.</summary>
    public DeviceNumber Device { get; init; }
}

/// <summary>What an entry of a <see cref="FilePlan"/> is.</summary>
internal enum EntryKind
{
    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A regular file, with <see cref="PlanEntry.Content"/>.</summary>
    File,

    /// <summary>A symbolic link to <see cref="PlanEntry.LinkTarget"/>, which is kept as it is.</summary>
    SymbolicLink,

    /// <summary>Another name of the file at <see cref="PlanEntry.LinkTarget"/>, an absolute path in the same plan.</summary>
    HardLink,

    /// <summary>A character device, <see cref="PlanEntry.Device"/>.</summary>
    CharacterDevice,

    /// <summary>A block device, <see cref="PlanEntry.Device"/>.</summary>
    BlockDevice,

    /// <summary>A named pipe.</summary>
    Fifo,

    /// <summary>A socket.</summary>
    Socket,
}

/// <summary>The number of a device node.</summary>
/// <param name="Major">Major number, at most 4095.</param>
/// <param name="Minor">Minor number, at most 1048575.</param>
internal readonly record struct DeviceNumber(uint Major, uint Minor);

/// <summary>An extended attribute of a file.</summary>
/// <param name="Name">Full name, for example <c>security.capability</c>.</param>
/// <param name="Value">Its bytes.</param>
internal sealed record ExtendedAttribute(string Name, ReadOnlyMemory<byte> Value);

/// <summary>What kinds are called by the kernel.</summary>
internal static class EntryKinds
{
    extension(EntryKind kind)
    {
        /// <summary>The bits of the type, as st_mode and ext2 have them.</summary>
        /// <exception cref="InvalidOperationException">A hard link has no inode of its own.</exception>
        internal uint TypeBits => kind switch
        {
            EntryKind.Directory => Libc.S_IFDIR,
            EntryKind.File => Libc.S_IFREG,
            EntryKind.SymbolicLink => Libc.S_IFLNK,
            EntryKind.CharacterDevice => Libc.S_IFCHR,
            EntryKind.BlockDevice => Libc.S_IFBLK,
            EntryKind.Fifo => Libc.S_IFIFO,
            EntryKind.Socket => Libc.S_IFSOCK,
            _ => throw new InvalidOperationException("A hard link has no inode of its own."),
        };
    }
}
