// The compressed bytes under a decompressor: whole reads, a position, and a bound on how much is read for nothing.
namespace Guestfs.Appliances.Archives;

/// <summary>
/// What a decompressor reads from: bytes that were looked at already, then the rest of a stream. Reads are as long as
/// they can be and the position is known, because the xz decoder relies on both.
/// </summary>
internal sealed class CompressedStream(ReadOnlyMemory<byte> first, Stream rest) : ReadOnlyStream
{
    private readonly byte[] lastFour = new byte[4];
    private long position;
    private long allowance = long.MaxValue;

    /// <inheritdoc/>
    public override long Position { get => position; set => throw new NotSupportedException(); }

    /// <summary>The last four bytes that were read.</summary>
    internal ReadOnlySpan<byte> LastFour => lastFour;

    /// <summary>
    /// How many bytes may be read before <see cref="Allow"/> is called again. A decompressor that eats input
    /// and puts nothing out (an index of millions of records, empty frames) would otherwise fill the memory.
    /// </summary>
    internal void Allow(long bytes) => allowance = bytes;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (allowance <= 0)
        {
            throw new InvalidDataException("The decoder reads much input without producing output.");
        }

        int count = Math.Min(first.Length, buffer.Length);
        first.Span[..count].CopyTo(buffer);
        first = first[count..];
        if (count < buffer.Length)
        {
            count += rest.ReadAtLeast(buffer[count..], buffer.Length - count, throwOnEndOfStream: false);
        }

        int kept = Math.Max(0, lastFour.Length - count);
        lastFour.AsSpan(lastFour.Length - kept).CopyTo(lastFour);
        buffer[Math.Max(0, count - lastFour.Length)..count].CopyTo(lastFour.AsSpan(kept));
        position += count;
        allowance -= count;
        return count;
    }
}
