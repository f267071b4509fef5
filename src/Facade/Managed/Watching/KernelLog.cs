using Guestfs.Interop;

namespace Guestfs;

/// <summary>What the appliance's kernel has complained of since it was last asked: guestfs_dmesg(3).</summary>
internal sealed unsafe class KernelLog
{
    private const int Most = 3;

    // Not translated. What drivers say of a disk, and filesystems of what they find on it, has one of these words.
    private static readonly string[] Complaints = ["error", "corrupt", "failed", "invalid", "unrecover", "remounting", "shutdown"];

    private string? last;

    /// <summary>Whether an error number of a call is one that a kernel knows more about.</summary>
    internal static bool Explains(int errno) => errno is Libc.EIO or Libc.EROFS or Libc.EUCLEAN;

    /// <summary>The last few complaints that are new. Takes a call.</summary>
    internal IReadOnlyList<string> NewComplaints(guestfs_h* handle)
    {
        byte* text = LibGuestfs.guestfs_dmesg(handle);
        if (text == null)
        {
            return [];
        }

        string[] lines = NativeResult.TakeString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        int start = last is null ? 0 : Array.LastIndexOf(lines, last) + 1;
        last = lines is [.., var end] ? end : last;
        return [.. lines[start..]
            .Where(line => Complaints.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .TakeLast(Most)
            .Select(line => PrintableText.Line(WithoutTime(line)))];
    }

    // "[   12.345678] ..."
    private static string WithoutTime(string line) => line.StartsWith('[') ? line[(line.IndexOf(']') + 1)..].Trim() : line.Trim();
}
