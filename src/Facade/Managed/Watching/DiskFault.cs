namespace Guestfs;

/// <summary>A disk of the appliance that the host could not read or write.</summary>
/// <param name="Device">qemu's name for the disk: hd0 is the first that was added.</param>
/// <param name="File">The file or device of the host; null where qemu did not tell.</param>
/// <param name="BackingFile">The file that it is an overlay of; null if it is none.</param>
/// <param name="IsWrite">Whether it was written to.</param>
/// <param name="IsFull">Whether there was no room.</param>
/// <param name="Reason">The host's error, in qemu's words.</param>
/// <param name="Stopped">Whether the machine was stopped for it; else the guest was told of an error.</param>
internal sealed record DiskFault(string Device, string? File, string? BackingFile, bool IsWrite, bool IsFull, string Reason, bool Stopped);
