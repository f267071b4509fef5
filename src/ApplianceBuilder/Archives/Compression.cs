using SharpCompress.Compressors.Xz;
using SharpCompress.Compressors.ZStandard;

namespace Guestfs.Appliances.Archives;

/// <summary>Unpacks gzip, xz and zstd, recognised by their first bytes.</summary>
internal static class Compression
{
    // xz -9 has 64 MiB, and Debian's tools go no higher.
    private const long MaxDictionarySize = 128L << 20;

    /// <summary>A stream of the unpacked bytes; of the bytes themselves where they are not packed.</summary>
    /// <param name="packed">The packed bytes. It is not disposed with the result.</param>
    /// <param name="archiveName">What messages call it.</param>
    /// <param name="maxUnpackedBytes">More than this is an error: a small archive can unpack to petabytes.</param>
    /// <exception cref="ApplianceException">Here or when reading: the bytes are damaged, end early, or become too many.</exception>
    internal static Stream Unpack(Stream packed, string archiveName, long maxUnpackedBytes)
    {
        byte[] first = new byte[XzBlockHeader.MaxLength];
        int count = packed.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> start = first.AsSpan(0, count);
        return new DecompressedStream(
            new CompressedStream(first.AsMemory(0, count), packed), DecoderFor(start, archiveName), archiveName, maxUnpackedBytes);
    }

    private static Func<CompressedStream, Stream> DecoderFor(ReadOnlySpan<byte> start, string archiveName)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            return source => new GzipDecoder(source);
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]))
        {
            // Only the first block's dictionary is looked at: writers use the same for all, and in a forged later one it
            // costs address space, not memory, because pages are touched only as output comes, which has its own limit.
            return XzBlockHeader.DictionarySize(start) is > MaxDictionarySize
                ? throw ArchiveFault.In(archiveName, $"unpacking it would take more than {MaxDictionarySize >> 20} MiB of memory.")
                : source => new XZStream(source);
        }

        return start.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD])
            ? source => new DecompressionStream(source)
            : source => source;
    }
}
