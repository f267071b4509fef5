using Guestfs.Interop;

namespace Guestfs;

/// <summary>What the appliance's kernel has complained of since it was last asked: guestfs_dmesg(3).</summary>
internal sealed unsafe class KernelLog
{
    private const int Most = 3;

    // Not translated. What the block layer says of a disk, and filesystems of what they find on it. Not simply "error" or "failed": a
    // kernel says so of devices that are not there when it boots.
    private static readonly string[] Complaints =
    [
        "I/O error", "medium error", "corrupt", "-fs error", "BTRFS error", "BTRFS critical", "SQUASHFS error", "ntfs3(", "f2fs",
        "Metadata CRC", "Shutting down filesystem", "filesystem read-only", "forced readonly",
    ];

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
