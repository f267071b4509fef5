// gzip. Neither library at hand notices all that may be wrong: .NET's takes a file that ends early for a whole one, and
// SharpCompress' loses every member after the first without a word. So .NET's, and a look at the length at the end.
using System.Buffers.Binary;
using System.IO.Compression;

namespace Guestfs.Appliances.Archives;

/// <summary>Unpacks a gzip file of one member, which is what all usual packers write; several are refused.</summary>
internal sealed class GzipDecoder(CompressedStream source) : ReadOnlyStream
{
    private readonly GZipStream inner = new(source, CompressionMode.Decompress);
    private uint length;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int count = inner.Read(buffer);
        length += (uint)count;
        if (count == 0 && !buffer.IsEmpty && BinaryPrimitives.ReadUInt32LittleEndian(source.LastFour) != length)
        {
            throw new InvalidDataException("The length at its end does not match the data: the file is truncated, or has several members.");
        }

        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
