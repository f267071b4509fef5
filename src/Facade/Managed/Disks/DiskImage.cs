// Files that are to be added as disks: a check that libguestfs leaves to qemu, whose message at launch does not name the
// disk, and what to do when libguestfs refuses one.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>Errors of files that are to be added as disks.</summary>
internal static class DiskImage
{
    /// <summary>Refuses a directory and an address.</summary>
    /// <exception cref="GuestfsDiskException">The name is that of a directory, or is no name of a file.</exception>
    internal static void Check(string operation, string fileName, string? protocol = null)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        if (protocol is null or "file" && !fileName.Contains('\0', StringComparison.Ordinal) && Directory.Exists(fileName))
        {
            throw new GuestfsDiskException(
                operation, Libc.EISDIR,
                $"{operation}: {PrintableText.Line(fileName)}: is a directory. Name the disk image file or block device itself.");
        }

        if (protocol is null && IsAddress(fileName, out int scheme) && !Path.Exists(fileName))
        {
            string name = fileName[..scheme];
            string shown = PrintableText.Line(fileName);
            throw new GuestfsDiskException(
                operation, Libc.ENOENT, $"{operation}: {shown} is an address, not a file. For a disk on the network call "
                    + $"{ApiName.Function(nameof(GuestfsHandle.AddDrive))} with "
                    + $"{ApiName.Option(nameof(AddDriveOptions), nameof(AddDriveOptions.Protocol))} \"{name}\", "
                    + $"{ApiName.Option(nameof(AddDriveOptions), nameof(AddDriveOptions.Server))} and, as its file name, "
                    + "the path or export on that server.");
        }
    }

    /// <summary>The name of a file that means the same in another current directory. Other names stay as they are.</summary>
    // Not made shorter: what follows "link/.." is beside the directory that the link leads to.
    internal static string FullName(string fileName, string? protocol = null) =>
        protocol is null or "file" ? Path.Combine(Environment.CurrentDirectory, fileName) : fileName;

    // Such as nbd://host/export.
    private static bool IsAddress(string fileName, out int scheme)
    {
        scheme = fileName.IndexOf("://", StringComparison.Ordinal);
        return scheme > 0
            && !fileName.Contains('\0', StringComparison.Ordinal)
            && !fileName.AsSpan(0, scheme).ContainsAnyExceptInRange('a', 'z');
    }

    /// <summary>The exception to throw for one that libguestfs has refused.</summary>
    internal static GuestfsException Explain(GuestfsException failure) => failure switch
    {
        GuestfsStateException => failure,
        { Errno: Libc.ENOENT } =>
            new GuestfsDiskException(failure.Operation, Libc.ENOENT, $"{failure.Message}. Check the name of the disk image: "
                + $"relative names start at the current directory, {Environment.CurrentDirectory}."),
        { Errno: Libc.EACCES } => new GuestfsDiskException(
            failure.Operation,
            Libc.EACCES,
            $"{failure.Message}. The user of this process ({Environment.UserName}) must be able to read the image, "
            + "and to write it unless it is added read-only."),
        _ => failure,
    };
}
