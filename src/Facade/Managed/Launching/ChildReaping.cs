// A .NET program that is PID 1 and has used System.Diagnostics.Process reaps every child that ends, as an init must. When the
// runtime is quicker than libguestfs' own waitpid, that fails, and with it the call: seldom, and at any function that runs
// a program (disk_create, disk_format, add_drive of a read-only disk, launch, shutdown).
using Guestfs.Interop;

namespace Guestfs;

/// <summary>Knows whether this process takes libguestfs' children away.</summary>
internal static unsafe class ChildReaping
{
    /// <summary>What to do about it.</summary>
    internal const string Remedy =
        "Run the program under an init: 'docker run --init', 'shareProcessNamespace' in Kubernetes, or tini as the entry point.";

    /// <summary>Whether it may: it is PID 1, and the runtime listens for the end of children.</summary>
    internal static bool IsLikely => Environment.ProcessId == 1 && CatchesChildSignal();

    /// <summary>Whether an error is one of a child that someone else has reaped.</summary>
    internal static bool Explains(int errno, string message) =>
        (errno == Libc.ECHILD || message.Contains("waitpid", StringComparison.Ordinal)
            || message.Contains("wait4", StringComparison.Ordinal) || message.Contains(" -1)", StringComparison.Ordinal))
        && IsLikely;

    // Asked of the C library, not of /proc: every failed call comes here, and a reader of files would triple a small program.
    private static bool CatchesChildSignal()
    {
        sigaction action;
        return Libc.sigaction(Libc.SIGCHLD, null, &action) == 0 && action.sa_handler is not (Libc.SIG_DFL or Libc.SIG_IGN);
    }
}
