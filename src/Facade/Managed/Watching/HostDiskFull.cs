namespace Guestfs;

/// <summary>The host has no room for what the appliance writes.</summary>
/// <param name="FileName">The file that cannot grow: a disk image, or the overlay of a read-only or scratch disk.</param>
/// <param name="BackingFileName">The image that it is an overlay of; null if it is none.</param>
/// <param name="AvailableBytes">What is left in its filesystem, in bytes; null where that cannot be told.</param>
public sealed record HostDiskFull(string FileName, string? BackingFileName, long? AvailableBytes);
