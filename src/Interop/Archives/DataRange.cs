namespace Guestfs.Interop;

/// <summary>A part of a file that is not a hole.</summary>
/// <param name="offset">Where it begins, in bytes from the file's start.</param>
/// <param name="length">How long it is, in bytes.</param>
internal readonly struct DataRange(long offset, long length)
{
    internal long Offset { get; } = offset;

    internal long Length { get; } = length;
}
