namespace Guestfs.Appliances;

/// <summary>What statx(2) says of a host file.</summary>
internal readonly record struct FileStatus
{
    /// <summary>Type and permission bits, as st_mode.</summary>
    public required uint Mode { get; init; }

    /// <summary>Owner.</summary>
    public required uint Uid { get; init; }

    /// <summary>Group.</summary>
    public required uint Gid { get; init; }

    /// <summary>Number of names.</summary>
    public required uint Links { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Allocated blocks of 512 bytes.</summary>
    public required long Blocks { get; init; }

    /// <summary>Identifies the file on its filesystem.</summary>
    public required ulong Inode { get; init; }

    /// <summary>Identifies the filesystem.</summary>
    public required DeviceNumber FileSystem { get; init; }

    /// <summary>Identifies the mount; 0 for all where the kernel does not tell it, before Linux 5.8.</summary>
    public required ulong MountId { get; init; }

    /// <summary>The number of a device node.</summary>
    public required DeviceNumber Device { get; init; }

    /// <summary>Last modification, in nanoseconds since 1970.</summary>
    public required long ModificationTimeNs { get; init; }

    /// <summary>Last change of the inode, in nanoseconds since 1970. Nobody can set it back.</summary>
    public required long ChangeTimeNs { get; init; }

    /// <summary>The kind, or null for one that a plan does not have.</summary>
    public EntryKind? Kind => (Mode & 0xF000) switch
    {
        0x4000 => EntryKind.Directory,
        0x8000 => EntryKind.File,
        0xA000 => EntryKind.SymbolicLink,
        0x2000 => EntryKind.CharacterDevice,
        0x6000 => EntryKind.BlockDevice,
        0x1000 => EntryKind.Fifo,
        0xC000 => EntryKind.Socket,
        _ => null,
    };

    /// <summary>Permission bits with setuid, setgid and sticky.</summary>
    public uint Permissions => Mode & 0xFFF;
}
