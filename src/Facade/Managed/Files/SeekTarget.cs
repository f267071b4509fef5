namespace Guestfs;

/// <summary>The arithmetic of seeking.</summary>
internal static class SeekTarget
{
    /// <exception cref="IOException">It is before the beginning.</exception>
    internal static long Of(long offset, SeekOrigin origin, long position, long length)
    {
        long target = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => checked(position + offset),
            SeekOrigin.End => checked(length + offset),
            _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, null),
        };
        return target >= 0 ? target : throw new IOException("Cannot seek before the beginning of the file.");
    }
}
