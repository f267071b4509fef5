#pragma warning disable CS8981 // The names are those of C.
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Guestfs.Interop;

internal static unsafe partial class Libc
{
    internal const int SIGHUP = 1, SIGINT = 2, SIGILL = 4, SIGABRT = 6, SIGBUS = 7, SIGFPE = 8, SIGKILL = 9, SIGSEGV = 11;
    internal const int SIGPIPE = 13, SIGTERM = 15, SIGCHLD = 17, SIGXFSZ = 25, SIGSYS = 31;

    internal const nint SIG_DFL = 0, SIG_IGN = 1;

    [LibraryImport(Library)]
    internal static partial int kill(int pid, int sig);

    [LibraryImport(Library)]
    internal static partial int sigaction(int signum, sigaction* act, sigaction* oldact);

    [LibraryImport(Library)]
    internal static partial int sigemptyset(sigset_t* set);

    [LibraryImport(Library)]
    internal static partial int sigaddset(sigset_t* set, int signum);
}

internal struct sigaction
{
    public nint sa_handler;
    public sigset_t sa_mask;
    public int sa_flags;
    public nint sa_restorer;
}

[InlineArray(16)]
internal struct sigset_t
{
    private ulong bits;
}
