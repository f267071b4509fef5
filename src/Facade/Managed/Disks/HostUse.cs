// What qemu does not look at: this host's kernel may have a disk, too, with what it has written to it in its own memory. A block device may
// be mounted, or a part of it, or be under LVM or md; and a file may be what a loop device shows.
using Guestfs.Interop;

using Microsoft.Win32.SafeHandles;

namespace Guestfs;

/// <summary>Whether this host uses a disk itself.</summary>
internal static class HostUse
{
    private const string Devices = "/sys/block";

    /// <summary>What uses a disk; null when nothing is seen.</summary>
    internal static DiskFinding? Find(LocalDisk disk)
    {
        if (HostCalls.Status(disk.File, followLink: true, out statx status) != 0)
        {
            return null;
        }

        DiskMember member = DiskMember.Of(disk);
        switch (status.stx_mode & Libc.S_IFMT)
        {
            case Libc.S_IFBLK:
                // The kernel lets nobody have for himself what it has itself.
                using (SafeFileHandle? device = HostCalls.TryOpen(disk.File, Libc.O_RDONLY | Libc.O_EXCL | Libc.O_NONBLOCK, out int errno))
                {
                    return errno != Libc.EBUSY ? null : member.Has(
                        DiskProblem.Locked, "is in use by this host: it or a part of it is mounted, or other devices are made of it",
                        $"'lsblk {PrintableText.Line(disk.File)}' shows what uses it: unmount or stop that first.", Libc.EBUSY);
                }

            case Libc.S_IFREG:
                return LoopDevice(new HostStatus(status).Identity) is not { } loop ? null : member.Has(
                    DiskProblem.Locked, $"is in use by this host as the device {loop}",
                    $"Unmount and remove that first: losetup -d {loop}.", Libc.EBUSY);

            default:
                return null;
        }
    }

    // The kernel names the file as it was opened, which in another namespace may be another file.
    private static string? LoopDevice((uint, uint, ulong) identity)
    {
        try
        {
            foreach (string device in Directory.EnumerateDirectories(Devices, "loop*"))
            {
                string file = Path.Combine(device, "loop", "backing_file");
                if (File.Exists(file) && HostCalls.Status(Line(file), followLink: true, out statx status) == 0
                    && new HostStatus(status).Identity == identity)
                {
                    return $"/dev/{Path.GetFileName(device)}";
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No /sys, or a device that was removed meanwhile.
        }

        return null;
    }

    // It has another length than it says, which is that of a page.
    private static string Line(string file)
    {
        using FileStream stream = File.OpenRead(file);
        using MemoryStream text = new();
        stream.CopyTo(text);
        return LosslessUtf8.GetString(text.ToArray()).TrimEnd('\n');
    }
}
