namespace Guestfs;

/// <summary>What is wrong with a disk.</summary>
/// <param name="Problem">Which of the known things.</param>
/// <param name="Errno">The error number, or 0.</param>
/// <param name="Disk">The disk, as it was added.</param>
/// <param name="File">The file that is at fault.</param>
/// <param name="Cause">In words, a whole sentence.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record DiskFinding(DiskProblem Problem, int Errno, string Disk, string File, string Cause, string Remedy)
{
    /// <summary>The exception that tells it.</summary>
    /// <param name="operation">The function that has failed.</param>
    /// <param name="errno">libguestfs' error number.</param>
    /// <param name="message">libguestfs' own message.</param>
    internal GuestfsDiskException ToException(string operation, int errno, string message) => new(
        operation,
        Errno != 0 ? Errno : errno,
        $"{operation}: {Cause} {Remedy} (libguestfs: {message.Split('\n')[0]})",
        Problem,
        Disk,
        File,
        Remedy);

    /// <summary>The exception that tells it where libguestfs has said nothing.</summary>
    /// <param name="operation">What is not done.</param>
    internal GuestfsDiskException ToException(string operation) =>
        new(operation, Errno, $"{Cause} {Remedy}", Problem, Disk, File, Remedy);

    /// <summary>A remedy that ends in how to change what an image is an overlay over.</summary>
    internal static string Rebase(string remedy) => $"{remedy}: qemu-img rebase -u -b FILE -F FORMAT IMAGE.";
}
