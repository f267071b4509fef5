// Files that are to be added as disks: a check that libguestfs leaves to qemu, whose message at launch does not name the
// disk, and what to do when libguestfs refuses one.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>Errors of files that are to be added as disks.</summary>
internal static class DiskImage
{
    /// <summary>Refuses a directory, a pipe, out of which qemu-img would wait for something, and an address.</summary>
    /// <exception cref="GuestfsDiskException">The name is that of such a thing, or is no name of a file.</exception>
    internal static void Check(string operation, string fileName, string? protocol = null)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        string shown = PrintableText.Line(fileName);
        if (protocol is null or "file" && TypeOf(fileName) is var type and (Libc.S_IFDIR or Libc.S_IFIFO or Libc.S_IFSOCK))
        {
            const string Remedy = "Name the disk image file or block device itself.";
            throw new GuestfsDiskException(
                operation, type == Libc.S_IFDIR ? Libc.EISDIR : Libc.EINVAL,
                $"{operation}: {shown}: is {(type == Libc.S_IFDIR ? "a directory" : "neither a file nor a block device")}. {Remedy}",
                DiskProblem.NotAFile, fileName, fileName, Remedy);
        }

        if (protocol is null && IsAddress(fileName, out int scheme) && !Path.Exists(fileName))
        {
            string remedy = $"For a disk on the network call {ApiName.Function(nameof(GuestfsHandle.AddDrive))} with "
                + $"{ApiName.Option(nameof(AddDriveOptions), nameof(AddDriveOptions.Protocol))} \"{fileName[..scheme]}\", "
                + $"{ApiName.Option(nameof(AddDriveOptions), nameof(AddDriveOptions.Server))} and, as its file name, "
                + "the path or export on that server.";
            throw new GuestfsDiskException(
                operation, Libc.ENOENT, $"{operation}: {shown} is an address, not a file. {remedy}", DiskProblem.Missing, fileName,
                fileName,
                remedy);
        }
    }

    /// <summary>The name of a file that means the same in another current directory. Other names stay as they are.</summary>
    // Not made shorter: what follows "link/.." is beside the directory that the link leads to.
    internal static string FullName(string fileName, string? protocol = null) =>
        protocol is null or "file" ? Path.Combine(Environment.CurrentDirectory, fileName) : fileName;

    // 0 where there is no such file. What no file can be called is refused by the call itself, which knows the parameter.
    private static int TypeOf(string fileName)
    {
        try
        {
            return HostCalls.Status(fileName, followLink: true, out statx status) == 0 ? status.stx_mode & Libc.S_IFMT : 0;
        }
        catch (ArgumentException)
        {
            return 0;
        }
    }

    // Such as nbd://host/export.
    private static bool IsAddress(string fileName, out int scheme)
    {
        scheme = fileName.IndexOf("://", StringComparison.Ordinal);
        return scheme > 0
            && !fileName.Contains('\0', StringComparison.Ordinal)
            && !fileName.AsSpan(0, scheme).ContainsAnyExceptInRange('a', 'z');
    }

    /// <summary>The exception to throw for one that libguestfs has refused.</summary>
    /// <param name="handle">The handle.</param>
    /// <param name="failure">What libguestfs said.</param>
    /// <param name="fileName">The name of the file.</param>
    /// <param name="format">Its format, if one was named.</param>
    /// <param name="protocol">How it is reached; null for a file of this host.</param>
    // What the overlay of a read-only disk, which libguestfs makes at once, needs of it; the rest is for the launch to find out.
    internal static GuestfsException Explain(
        GuestfsHandle handle, GuestfsException failure, string fileName, string? format = null, string? protocol = null)
    {
        if (failure is GuestfsStateException)
        {
            return failure;
        }

        if (protocol is null or "file" && DiskExamination.Find([new LocalDisk(fileName, format, IsReadOnly: true)]) is { } finding)
        {
            return finding.ToException(failure.Operation, failure.Errno, failure.Message);
        }

        const string qemuImg = "qemu-img";
        return HostDirectories.TemporaryFault(handle.GetTmpdir()) is { } fault
            ? Explained(failure, $"{fault.Cause} {fault.Remedy}")
            : failure.Message.Contains(qemuImg, StringComparison.Ordinal)
                && HostProgram.Find(qemuImg, HostEnvironment.Variable("PATH")) is null
            ? Explained(failure, $"{qemuImg} is not installed. Install it (Debian and Ubuntu: apt install qemu-utils; Fedora: dnf install "
                + "qemu-img; Arch: pacman -S qemu-img).")
            : protocol is not null and not "file" && failure.Message.Contains(qemuImg, StringComparison.Ordinal)
            ? Unreachable(failure, fileName, protocol)
            : failure;
    }

    // What qemu-img said of a disk on a server libguestfs shows in its debug messages only.
    private static GuestfsDiskException Unreachable(GuestfsException failure, string fileName, string protocol)
    {
        const string Remedy = "Make sure that its server answers, has a disk of this name, and lets this user open it, and that the format "
            + "is right: 'qemu-img info' of its address tells more. qemu needs a module for each protocol (Debian and Ubuntu: apt install "
            + "qemu-block-extra).";
        string name = fileName.Length > 0 ? PrintableText.Line(fileName) : "the server's disk";
        return new GuestfsDiskException(
            failure.Operation, failure.Errno, $"{failure.Operation}: {name} cannot be opened through {protocol}. {Remedy}",
            DiskProblem.Other, fileName, fileName, Remedy);
    }

    private static GuestfsException Explained(GuestfsException failure, string text) => new(
        failure.Operation, failure.Errno, $"{failure.Operation}: {text} (libguestfs: {failure.Message.Split('\n')[0]})");
}
