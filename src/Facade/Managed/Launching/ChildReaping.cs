// A .NET program that is PID 1 and has used System.Diagnostics.Process reaps every child that ends, as an init must. When the
// runtime is quicker than libguestfs' own waitpid, that fails, and with it the call: seldom, and at any function that runs
// a program (disk_create, disk_format, add_drive of a read-only disk, launch, shutdown).
using System.Runtime.InteropServices;

namespace Guestfs;

/// <summary>Knows whether this process takes libguestfs' children away.</summary>
internal static unsafe partial class ChildReaping
{
    /// <summary>What to do about it.</summary>
    internal const string Remedy =
        "Run the program under an init: 'docker run --init', 'shareProcessNamespace' in Kubernetes, or tini as the entry point.";

    private const int ChildSignal = 17;
    private const int NoChild = 10;
    private const nint Default = 0, Ignore = 1;

    /// <summary>Whether it may: it is PID 1, and the runtime listens for the end of children.</summary>
    internal static bool IsLikely => Environment.ProcessId == 1 && CatchesChildSignal();

    /// <summary>Whether an error is one of a child that someone else has reaped.</summary>
    internal static bool Explains(int errno, string message) =>
        (errno == NoChild || message.Contains("waitpid", StringComparison.Ordinal) || message.Contains("wait4", StringComparison.Ordinal) || message.Contains("(status -1)", StringComparison.Ordinal))
        && IsLikely;

    // Asked of the C library, not of /proc: every failed call comes here, and a reader of files would triple a small program.
    private static bool CatchesChildSignal()
    {
        // The handler comes first; the whole is at most 152 bytes.
        nint* action = stackalloc nint[64];
        return sigaction(ChildSignal, null, action) == 0 && *action is not (Default or Ignore);
    }

    [LibraryImport("libc")]
    private static partial int sigaction(int signal, nint* action, nint* old);
}
