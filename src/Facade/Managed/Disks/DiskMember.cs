using Guestfs.Interop;

namespace Guestfs;

/// <summary>One of the files that a disk is made of.</summary>
/// <param name="Disk">The disk.</param>
/// <param name="File">The file, by the name that qemu opens.</param>
/// <param name="Parent">The file that names it; null for the disk's own.</param>
/// <param name="Role">What it is to its parent.</param>
/// <param name="Format">The format that was named for it; null if none was.</param>
/// <param name="IsWritten">Whether qemu writes to it.</param>
internal sealed record DiskMember(LocalDisk Disk, string File, string? Parent, string Role, string? Format, bool IsWritten)
{
    /// <summary>The disk's own file.</summary>
    internal static DiskMember Of(LocalDisk disk) => new(disk, disk.File, null, "", disk.Format, !disk.IsReadOnly);

    /// <summary>The file in a sentence, at its beginning.</summary>
    internal string Subject =>
        Parent is null ? $"The disk image {Shown(File)}"
        : Parent == Disk.File ? $"The {Role} {Shown(File)} of the disk image {Shown(Parent)}"
        : $"The {Role} {Shown(File)} of {Shown(Parent)}, which the disk image {Shown(Disk.File)} needs,";

    /// <summary>What is wrong with it.</summary>
    internal DiskFinding Has(DiskProblem problem, string what, string remedy, int errno = 0) =>
        new(problem, errno, Disk.File, File, $"{Subject} {what}.", remedy);

    /// <summary>A name for messages.</summary>
    internal static string Shown(string name) => PrintableText.Line(name);
}
