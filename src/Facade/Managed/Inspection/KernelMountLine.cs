using Guestfs.Interop;

namespace Guestfs;

/// <summary>What the appliance's kernel says about a mount that failed.</summary>
internal static class KernelMountLine
{
    // Older lines are about something else.
    private const int Last = 12;

    /// <summary>Advice by the last line that is understood; null if there is none.</summary>
    internal static string? Remedy(GuestfsHandle handle, string mountable, string device)
    {
        string options = ApiName.Function(nameof(GuestfsHandle.MountOptions));
        string[] lines = Lines(handle);
        string name = BtrfsVolume.Device(mountable)["/dev/".Length..];
        for (int i = lines.Length - 1; i >= Math.Max(0, lines.Length - Last); i--)
        {
            string line = lines[i];
            if (!line.Contains(name, StringComparison.Ordinal) && !line.Contains("dm-", StringComparison.Ordinal))
            {
                continue;
            }

            string? help =
                line.Contains("duplicate UUID", StringComparison.Ordinal)
                    ? $"Another filesystem that is mounted has the UUID of {device}, as copies and snapshots have: mount it with {options} "
                        + "and the options ro,norecovery,nouuid (or nouuid, to write to it), or one at a time."
                : line.Contains("belongs to fsid", StringComparison.Ordinal) || line.Contains("duplicate device", StringComparison.Ordinal)
                    ? $"Another btrfs that is mounted has the UUID of {device}, as copies have: mount one at a time, or add one of the "
                        + "disks alone."
                : line.Contains("unsupported optional features", StringComparison.Ordinal)
                    || line.Contains("unknown incompatible features", StringComparison.Ordinal)
                    || line.Contains("unknown read-only compatible features", StringComparison.Ordinal)
                    ? $"{device} is newer than the appliance's kernel: build the appliance on a machine with a newer one."
                : line.Contains("exceeds size of device", StringComparison.Ordinal)
                    || line.Contains("beyond end of device", StringComparison.Ordinal)
                    ? $"{device} is smaller than its filesystem: its disk, or the copy of it, was cut short."
                : line.Contains("is missing", StringComparison.Ordinal) && line.Contains("devid", StringComparison.Ordinal)
                    ? $"{device} is part of a btrfs of several disks: add all of them, or mount it with {options} and the options "
                        + "ro,degraded."
                : null;
            if (help is not null)
            {
                return $"{help} The kernel says: {PrintableText.Line(line[(line.IndexOf(']', StringComparison.Ordinal) + 1)..].Trim())}";
            }
        }

        return null;
    }

    private static string[] Lines(GuestfsHandle handle) =>
        handle.AnswerOr(handle.Dmesg, "").Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
