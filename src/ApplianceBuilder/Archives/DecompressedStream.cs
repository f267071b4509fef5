using SharpCompress.Common;

namespace Guestfs.Appliances.Archives;

/// <summary>Decompressed bytes: never more than allowed, and every sign of damage an <see cref="ApplianceException"/>.</summary>
internal sealed class DecompressedStream : ReadOnlyStream
{
    private const int FreeInput = 4 << 20;

    private readonly CompressedStream source;
    private readonly Stream decoder;
    private readonly string archiveName;
    private readonly long maxUnpackedBytes;

    // The decoders are slow at many small reads, of which tar archives need many.
    private readonly byte[] buffer = new byte[128 * 1024];
    private int start, end;
    private long left;
    private bool ended;

    /// <summary>Puts a decompressor between the packed bytes and the reader.</summary>
    internal DecompressedStream(
        CompressedStream source, Func<CompressedStream, Stream> newDecoder, string archiveName, long maxUnpackedBytes)
    {
        this.source = source;
        this.archiveName = archiveName;
        this.maxUnpackedBytes = left = maxUnpackedBytes;
        decoder = newDecoder(source);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (start == end && !ended)
        {
            Fill();
        }

        int count = Math.Min(buffer.Length, end - start);
        this.buffer.AsSpan(start, count).CopyTo(buffer);
        start += count;
        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            decoder.Dispose();
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Fill()
    {
        try
        {
            source.Allow(FreeInput);
            (start, end) = (0, decoder.Read(buffer, 0, buffer.Length));
            if (end == 0)
            {
                ended = true;
                RefuseRest();
            }
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw ArchiveFault.In(archiveName, $"its compressed data is damaged or ends early ({e.Message.TrimEnd('.')}).", e);
        }

        left -= end;
        if (left < 0)
        {
            throw ArchiveFault.In(
                archiveName, $"it unpacks to more than {maxUnpackedBytes} bytes, which is more than any archive of this kind should.");
        }
    }

    // The decoders have no one type for damage: what a mutated archive may raise was found by trying.
    private static bool IsDamage(Exception e) =>
        e is SharpCompressException or InvalidDataException or EndOfStreamException or IndexOutOfRangeException or ArgumentException
            or NullReferenceException or OverflowException or InvalidOperationException or NotSupportedException or OutOfMemoryException
            or FormatException;

    // The xz decoder stops after the first stream: anything but padding after it would be lost without a word.
    private void RefuseRest()
    {
        Span<byte> rest = stackalloc byte[512];
        for (int count; (count = source.Read(rest)) > 0;)
        {
            if (rest[..count].ContainsAnyExcept((byte)0))
            {
                throw new InvalidDataException("There is more after the end of the compressed data.");
            }
        }
    }
}
