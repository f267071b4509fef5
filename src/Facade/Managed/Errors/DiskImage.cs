// Files that are to be added as disks: a check that libguestfs leaves to qemu, whose message at launch does not name the
// disk, and what to do when libguestfs refuses one.
namespace Guestfs;

/// <summary>Errors of files that are to be added as disks.</summary>
internal static class DiskImage
{
    private const int Enoent = 2;
    private const int Eacces = 13;
    private const int Eisdir = 21;

    /// <summary>Refuses a directory.</summary>
    /// <exception cref="GuestfsDiskException">The name is that of a directory.</exception>
    internal static void Check(string operation, string filename, string? protocol = null)
    {
        ArgumentNullException.ThrowIfNull(filename);
        if (protocol is null or "file" && !filename.Contains('\0', StringComparison.Ordinal) && Directory.Exists(filename))
        {
            throw new GuestfsDiskException(operation, Eisdir, $"{operation}: {filename}: is a directory. Name the disk image file or block device itself.");
        }
    }

    /// <summary>Whether a function adds a file as a disk.</summary>
    internal static bool Explains(string operation) => operation is "add_cdrom" or "add_drive" or "add_drive_ro" or "add_drive_ro_with_if" or "add_drive_with_if";

    /// <summary>The exception to throw for one that libguestfs has refused.</summary>
    internal static GuestfsException Explain(GuestfsException failure) => failure switch
    {
        GuestfsStateException => failure,
        { Errno: Enoent } => new GuestfsDiskException(failure.Operation, Enoent, $"{failure.Message}. Check the name of the disk image: relative names start at the current directory, {Environment.CurrentDirectory}."),
        { Errno: Eacces } => new GuestfsDiskException(failure.Operation, Eacces, $"{failure.Message}. The user of this process ({Environment.UserName}) must be able to read the image, and to write it unless it is added read-only."),
        _ => failure,
    };
}
