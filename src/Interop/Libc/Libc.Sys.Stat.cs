#pragma warning disable CS8981 // The names are those of C.
using System.Runtime.InteropServices;

namespace Guestfs.Interop;

internal static unsafe partial class Libc
{
    internal const int S_IFMT = 0xF000, S_IFIFO = 0x1000, S_IFCHR = 0x2000, S_IFDIR = 0x4000, S_IFBLK = 0x6000, S_IFREG = 0x8000,
        S_IFLNK = 0xA000, S_IFSOCK = 0xC000;

    internal const int S_ISUID = 0x800, S_ISGID = 0x400, S_ISVTX = 0x200, S_IRWXU = 0x1C0, S_IRUSR = 0x100, S_IWUSR = 0x80, S_IRWXG = 0x38,
        S_IWGRP = 0x10, S_IRWXO = 7, S_IROTH = 4, S_IWOTH = 2;

    internal const uint STATX_BASIC_STATS = 0x7FF, STATX_MNT_ID = 0x1000;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int statx(int dirfd, byte* pathname, int flags, uint mask, statx* statxbuf);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int mkdirat(int dirfd, byte* pathname, uint mode);

    [LibraryImport(Library)]
    internal static partial uint umask(uint mask);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int mknodat(int dirfd, byte* pathname, uint mode, ulong dev);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int fchmod(int fd, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int fchmodat(int dirfd, byte* pathname, uint mode, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int futimens(int fd, timespec* times);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int utimensat(int dirfd, byte* pathname, timespec* times, int flags);
}

/// <summary>The kernel's, and so the same on every processor.</summary>
[StructLayout(LayoutKind.Sequential, Size = 256)]
internal struct statx
{
    public uint stx_mask;
    public uint stx_blksize;
    public ulong stx_attributes;
    public uint stx_nlink;
    public uint stx_uid;
    public uint stx_gid;
    public ushort stx_mode;
    public ulong stx_ino;
    public ulong stx_size;
    public ulong stx_blocks;
    public ulong stx_attributes_mask;
    public statx_timestamp stx_atime;
    public statx_timestamp stx_btime;
    public statx_timestamp stx_ctime;
    public statx_timestamp stx_mtime;
    public uint stx_rdev_major;
    public uint stx_rdev_minor;
    public uint stx_dev_major;
    public uint stx_dev_minor;
    public ulong stx_mnt_id;
}

[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct statx_timestamp
{
    public long tv_sec;
    public uint tv_nsec;
}
