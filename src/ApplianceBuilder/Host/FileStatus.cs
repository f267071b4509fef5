using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Host;

/// <summary>What statx(2) says of a host file.</summary>
internal readonly struct FileStatus(in statx status)
{
    /// <summary>Type and permission bits, as st_mode.</summary>
    public uint Mode { get; } = status.stx_mode;

    /// <summary>Owner.</summary>
    public uint Uid { get; } = status.stx_uid;

    /// <summary>Group.</summary>
    public uint Gid { get; } = status.stx_gid;

    /// <summary>Number of names.</summary>
    public uint Links { get; } = status.stx_nlink;

    /// <summary>Size in bytes.</summary>
    public long Size { get; } = (long)status.stx_size;

    /// <summary>Allocated blocks of 512 bytes.</summary>
    public long Blocks { get; } = (long)status.stx_blocks;

    /// <summary>Identifies the file on its filesystem.</summary>
    public ulong Inode { get; } = status.stx_ino;

    /// <summary>Identifies the filesystem.</summary>
    public DeviceNumber FileSystem { get; } = new(status.stx_dev_major, status.stx_dev_minor);

    /// <summary>Identifies the mount; 0 for all where the kernel does not tell it, before Linux 5.8.</summary>
    public ulong MountId { get; } = status.stx_mnt_id;

    /// <summary>The number of a device node.</summary>
    public DeviceNumber Device { get; } = new(status.stx_rdev_major, status.stx_rdev_minor);

    /// <summary>Last modification, in nanoseconds since 1970.</summary>
    public long ModificationTimeNs { get; } = Nanoseconds(status.stx_mtime);

    /// <summary>Last change of the inode, in nanoseconds since 1970. Nobody can set it back.</summary>
    public long ChangeTimeNs { get; } = Nanoseconds(status.stx_ctime);

    /// <summary>The kind, or null for one that a plan does not have.</summary>
    public EntryKind? Kind => (Mode & Libc.S_IFMT) switch
    {
        Libc.S_IFDIR => EntryKind.Directory,
        Libc.S_IFREG => EntryKind.File,
        Libc.S_IFLNK => EntryKind.SymbolicLink,
        Libc.S_IFCHR => EntryKind.CharacterDevice,
        Libc.S_IFBLK => EntryKind.BlockDevice,
        Libc.S_IFIFO => EntryKind.Fifo,
        Libc.S_IFSOCK => EntryKind.Socket,
        _ => null,
    };

    /// <summary>Permission bits with setuid, setgid and sticky.</summary>
    public uint Permissions => Mode & ~(uint)Libc.S_IFMT;

    private static long Nanoseconds(statx_timestamp time) => (time.tv_sec * 1_000_000_000) + time.tv_nsec;
}
