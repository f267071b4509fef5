// A mount that was to be writable: drivers that find a filesystem damaged, hibernated or with what they cannot write mount it
// read-only instead and succeed.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>Asks, after a mount, whether it can be written to.</summary>
internal static class WritableMount
{
    /// <summary>
    /// Undoes the mount and throws if the driver has made it read-only and nobody asked for that. Warns if it is of a
    /// subvolume that is read-only itself.
    /// </summary>
    /// <exception cref="GuestfsException">It is read-only; the message says what helps.</exception>
    internal static void Check(GuestfsHandle g, string operation, string mountable, string mountpoint, string options = "")
    {
        if (options.Split(',', StringSplitOptions.TrimEntries).Contains("ro")
            || g.AnswerOr<StatVfs?>(() => g.Statvfs(mountpoint), null) is not { } status)
        {
            return;
        }

        if ((status.Flag & Libc.ST_RDONLY) == 0)
        {
            // btrfs counts no inodes. Nearly all others do, and are not asked.
            if (status.Files == 0 && IsReadOnlySubvolume(g, mountpoint))
            {
                g.Events.Warn(
                    $"{operation}: {PrintableText.Line(mountable)} is mounted, but it is a btrfs subvolume that is read-only itself, as "
                    + "snapshots often are: writing to it fails. To change its files, make a writable snapshot of it with "
                    + $"{ApiName.Function(nameof(GuestfsHandle.BtrfsSubvolumeSnapshot))}, and mount that.");
            }

            return;
        }

        string? type = g.FilesystemType(mountable);
        if (type is "iso9660" or "squashfs" or "erofs" or "cramfs" or "romfs")
        {
            // Nobody can expect to write to these.
            return;
        }

        try
        {
            g.Umount(mountpoint);
        }
        catch (GuestfsException) when (g.State == GuestfsState.Ready)
        {
            // What is wrong with the mount tells more.
        }

        throw new GuestfsException(
            operation, Libc.EROFS, $"{operation}: {PrintableText.Line(mountable)} can only be mounted read-only, and was not mounted. "
                + $"{MountRemedy.ForReadOnly(mountable, type)}");
    }

    // The kernel mounts it as writable, and so does the system that it belongs to: its root may be one on purpose.
    private static bool IsReadOnlySubvolume(GuestfsHandle g, string mountpoint) => g.AnswerOr(
        () => g.BtrfsSubvolumeShow(mountpoint).TryGetValue("Flags", out string? flags)
            && flags.Contains("readonly", StringComparison.Ordinal),

        // It is no btrfs.
        false);
}
