namespace Guestfs;

/// <summary>A disk of the appliance that the host could not read or write.</summary>
/// <param name="Device">qemu's name for the disk: hd0 is the first that was added.</param>
/// <param name="File">The file or device of the host; null where qemu did not tell.</param>
/// <param name="BackingFile">The file that it is an overlay of; null if it is none.</param>
/// <param name="IsWrite">Whether it was written to.</param>
/// <param name="IsFull">Whether there was no room.</param>
/// <param name="Reason">The host's error, in qemu's words; null where qemu did not tell.</param>
/// <param name="Stopped">Whether the machine was stopped for it; else the guest was told of an error.</param>
internal sealed record DiskFault(string Device, string? File, string? BackingFile, bool IsWrite, bool IsFull, string? Reason, bool Stopped)
{
    /// <summary>What the handle's handler for full disks has thrown.</summary>
    internal Exception? Handler { get; init; }

    /// <summary>The directory of the file; null where that is not known.</summary>
    internal string? Directory => File is null ? null : Path.GetDirectoryName(Path.GetFullPath(File));

    /// <summary>What room is left in its filesystem; null where that cannot be told.</summary>
    internal long? AvailableBytes()
    {
        try
        {
            return Directory is { } directory ? new DriveInfo(directory).AvailableFreeSpace : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
