namespace Guestfs.Interop;

/// <summary>A part of a file that is not a hole.</summary>
/// <param name="Offset">Where it begins, in bytes from the file's start.</param>
/// <param name="Length">How long it is, in bytes.</param>
internal readonly record struct DataRange(long Offset, long Length);
