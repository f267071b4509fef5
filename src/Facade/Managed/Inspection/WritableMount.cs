// A mount that was to be writable: drivers that find a filesystem damaged, hibernated or with what they cannot write mount it
// read-only instead and succeed.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>Asks, after a mount, whether it can be written to.</summary>
internal static class WritableMount
{
    /// <summary>Undoes the mount and throws if the driver has made it read-only and nobody asked for that.</summary>
    /// <exception cref="GuestfsException">It is read-only; the message says what helps.</exception>
    internal static void Check(GuestfsHandle g, string operation, string mountable, string mountpoint, string options = "")
    {
        if (options.Split(',', StringSplitOptions.TrimEntries).Contains("ro") || !IsReadOnly(g, mountpoint))
        {
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

        throw new GuestfsException(operation, Libc.EROFS, $"{operation}: {PrintableText.Line(mountable)} can only be mounted read-only, and was not mounted. {MountRemedy.ForReadOnly(mountable, type)}");
    }

    private static bool IsReadOnly(GuestfsHandle g, string mountpoint)
    {
        try
        {
            return (g.Statvfs(mountpoint).Flag & Libc.ST_RDONLY) != 0;
        }
        catch (GuestfsException) when (g.State == GuestfsState.Ready)
        {
            return false;
        }
    }
}
