#pragma warning disable CS8981 // The names are those of C.
using System.Runtime.InteropServices;

namespace Guestfs.Interop;

internal static unsafe partial class Libc
{
    internal const int WNOHANG = 1;
    internal const int WEXITED = 4;
    internal const int WNOWAIT = 0x0100_0000;
    internal const int P_PIDFD = 3;
    internal const int CLD_EXITED = 1;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int waitpid(int pid, int* wstatus, int options);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int waitid(int idtype, uint id, siginfo_t* infop, int options);
}

/// <summary>The part that waitid(2) fills in.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct siginfo_t
{
    [FieldOffset(0)]
    public int si_signo;

    [FieldOffset(8)]
    public int si_code;

    [FieldOffset(16)]
    public int si_pid;

    [FieldOffset(24)]
    public int si_status;
}
