// The system calls that work relative to an open directory, which .NET has no API for.
using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

namespace Guestfs;

/// <summary>Functions of the C library, and their constants.</summary>
internal static unsafe partial class HostCalls
{
    internal const int PermissionDenied = 1, NoEntry = 2, AccessDenied = 13, Exists = 17, CrossDevice = 18, NotDirectory = 20, IsDirectory = 21,
        Invalid = 22, TooManyLinks = 31, NameTooLong = 36, NotEmpty = 39, TooManySymlinks = 40, IllegalSequence = 84, NotSupported = 95, Stale = 116;

    internal const int CurrentDirectory = -100, SymlinkNoFollow = 0x100, EmptyPath = 0x1000;
    internal const uint NoReplace = 1, BasicStats = 0x7FF;

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int open(byte* path, int flags, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int openat(SafeFileHandle directory, byte* name, int flags, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int mkdirat(SafeFileHandle directory, byte* name, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int mknodat(SafeFileHandle directory, byte* name, uint mode, ulong device);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int symlinkat(byte* target, SafeFileHandle directory, byte* name);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int linkat(SafeFileHandle fromDirectory, byte* from, SafeFileHandle directory, byte* name, int flags);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int unlinkat(SafeFileHandle directory, byte* name, int flags);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int renameat2(SafeFileHandle fromDirectory, byte* from, SafeFileHandle directory, byte* name, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial nint readlinkat(SafeFileHandle directory, byte* name, byte* target, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int statx(SafeFileHandle directory, byte* name, int flags, uint mask, HostStatus* status);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int fchownat(SafeFileHandle directory, byte* name, uint owner, uint group, int flags);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int utimensat(SafeFileHandle directory, byte* name, nint* times, int flags);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int futimens(SafeFileHandle file, nint* times);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int fchmod(SafeFileHandle file, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int fsetxattr(SafeFileHandle file, byte* name, byte* value, nuint size, int flags);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial nint llistxattr(byte* path, byte* list, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int ftruncate(SafeFileHandle file, nint length);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial nint pwrite(SafeFileHandle file, byte* bytes, nuint count, nint offset);
}
