using Guestfs.Interop;

namespace Guestfs;

/// <summary>The status of a file on the host, as far as extraction asks for it.</summary>
internal readonly struct HostStatus(in statx status)
{
    /// <summary>Type and permissions.</summary>
    internal int Mode { get; } = status.stx_mode;

    internal ulong Size { get; } = status.stx_size;

    /// <summary>Last modification, in seconds since 1970.</summary>
    internal long ModificationTime { get; } = status.stx_mtime.tv_sec;

    internal int Type => Mode & Libc.S_IFMT;

    /// <summary>What no other file has while this one exists.</summary>
    internal (uint Major, uint Minor, ulong Inode) Identity { get; } = (status.stx_dev_major, status.stx_dev_minor, status.stx_ino);
}
