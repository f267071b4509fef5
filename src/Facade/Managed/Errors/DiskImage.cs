// A check that libguestfs leaves to qemu, whose message at launch does not name the disk.
namespace Guestfs;

/// <summary>Checks of files that are to be added as disks.</summary>
internal static class DiskImage
{
    /// <summary>Refuses a directory.</summary>
    /// <exception cref="GuestfsDiskException">The name is that of a directory.</exception>
    internal static void Check(string operation, string filename, string? protocol = null)
    {
        ArgumentNullException.ThrowIfNull(filename);
        if (protocol is null or "file" && !filename.Contains('\0', StringComparison.Ordinal) && Directory.Exists(filename))
        {
            throw new GuestfsDiskException(operation, 21, $"{operation}: {filename}: is a directory. Name the disk image file or block device itself.");
        }
    }
}
