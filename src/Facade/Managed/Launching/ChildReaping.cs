// A .NET program that is PID 1 and has used System.Diagnostics.Process reaps every child that ends, as an init must. When the
// runtime is quicker than libguestfs' own waitpid, that fails, and with it the call: seldom, and at any function that runs
// a program (disk_create, disk_format, add_drive of a read-only disk, launch, shutdown).
using System.Globalization;

namespace Guestfs;

/// <summary>Knows whether this process takes libguestfs' children away.</summary>
internal static class ChildReaping
{
    /// <summary>What to do about it.</summary>
    internal const string Remedy =
        "Run the program under an init, which reaps in its place: 'docker run --init' or 'podman run --init', 'shareProcessNamespace' in Kubernetes, or tini as the entry point.";

    private const int ChildSignal = 17;
    private const int NoChild = 10;

    /// <summary>Whether it may: it is PID 1, and the runtime listens for the end of children.</summary>
    internal static bool IsLikely => Environment.ProcessId == 1 && CatchesChildSignal();

    /// <summary>Whether an error is one of a child that someone else has reaped.</summary>
    internal static bool Explains(int errno, string message) =>
        (errno == NoChild || message.Contains("waitpid", StringComparison.Ordinal) || message.Contains("wait4", StringComparison.Ordinal) || message.Contains("(status -1)", StringComparison.Ordinal))
        && IsLikely;

    private static bool CatchesChildSignal()
    {
        const string caught = "SigCgt:";
        try
        {
            string? line = File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith(caught, StringComparison.Ordinal));
            return line is not null
                && ulong.TryParse(line.AsSpan(caught.Length).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong signals)
                && ((signals >> (ChildSignal - 1)) & 1) != 0;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
