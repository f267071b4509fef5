using System.Runtime.InteropServices;

namespace Guestfs.Interop;

internal static unsafe partial class Libc
{
    internal const int STDIN_FILENO = 0, STDOUT_FILENO = 1, STDERR_FILENO = 2;

    internal const int SEEK_DATA = 3, SEEK_HOLE = 4;

    internal const int R_OK = 4, W_OK = 2, X_OK = 1;

    internal const int F_TLOCK = 2;

    [LibraryImport(Library)]
    internal static partial int close(int fd);

    [LibraryImport(Library)]
    internal static partial nint read(int fd, byte* buf, nuint count);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint write(int fd, byte* buf, nuint count);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint pwrite(int fd, byte* buf, nuint count, nint offset);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint lseek(int fd, nint offset, int whence);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int ftruncate(int fd, nint length);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int fsync(int fd);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int lockf(int fd, int op, nint size);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int pipe2(int* pipefd, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int faccessat(int dirfd, byte* pathname, int mode, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int fchownat(int dirfd, byte* pathname, uint owner, uint group, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int linkat(int olddirfd, byte* oldpath, int newdirfd, byte* newpath, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int symlinkat(byte* target, int newdirfd, byte* linkpath);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint readlinkat(int dirfd, byte* pathname, byte* buf, nuint bufsiz);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int unlinkat(int dirfd, byte* pathname, int flags);

    [LibraryImport(Library)]
    internal static partial uint geteuid();

    // syscall(2) is variadic; the calls here have up to four arguments.
    [LibraryImport(Library)]
    internal static partial nint syscall(nint number, nint first, nint second, nint third, nint fourth);
}
