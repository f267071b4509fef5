#pragma warning disable CS8981 // The names are those of C.
using System.Runtime.InteropServices;

namespace Guestfs.Interop;

internal static unsafe partial class Libc
{
    internal const int O_RDONLY = 0, O_WRONLY = 1, O_RDWR = 2, O_CREAT = 0x40, O_EXCL = 0x80, O_NONBLOCK = 0x800, O_CLOEXEC = 0x80000,
        O_PATH = 0x200000;

    internal const int F_GETFD = 1, FD_CLOEXEC = 1, F_DUPFD_CLOEXEC = 1030, F_SETPIPE_SZ = 1031, F_OFD_GETLK = 36;

    internal const int F_WRLCK = 1, F_UNLCK = 2;

    /// <summary>The current directory, for functions that take the descriptor of a directory.</summary>
    internal const int AT_FDCWD = -100;

    internal const int AT_SYMLINK_NOFOLLOW = 0x100, AT_EACCESS = 0x200, AT_REMOVEDIR = 0x200, AT_EMPTY_PATH = 0x1000;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int openat(int dirfd, byte* pathname, int flags, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int fcntl(int fd, int op, nint arg);
}

[StructLayout(LayoutKind.Sequential)]
internal struct flock
{
    internal short l_type, l_whence;
    internal long l_start, l_len;
    internal int l_pid;
}
