#pragma warning disable CS8981 // The names are those of C.
using System.Runtime.InteropServices;

namespace Guestfs.Interop;

internal static unsafe partial class Libc
{
    [LibraryImport(Library)]
    internal static partial int clock_getcpuclockid(int pid, int* clockid);

    [LibraryImport(Library)]
    internal static partial int clock_gettime(int clockid, timespec* tp);
}

internal struct timespec
{
    public nint tv_sec;
    public nint tv_nsec;
}
