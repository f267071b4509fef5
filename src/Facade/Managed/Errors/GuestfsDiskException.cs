using Guestfs.Interop;

namespace Guestfs;

/// <summary>A disk image cannot be used, for the sake of its own file or of one that it is made of.</summary>
public sealed class GuestfsDiskException(
    string operation, int errno, string message, DiskProblem problem, string disk, string file, string? remedy)
    : GuestfsException(operation, errno, message)
{
    /// <summary>What is wrong.</summary>
    public DiskProblem Problem { get; } = problem;

    /// <summary>The disk, as it was added.</summary>
    public string Disk { get; } = disk;

    /// <summary>The file that is at fault: the disk's own, or a backing file or data file that it is made of.</summary>
    public string File { get; } = file;

    /// <summary>What to do about it, which the message says too; null where nothing is known.</summary>
    public string? Remedy { get; } = remedy is null ? null : PrintableText.Of(remedy);
}
