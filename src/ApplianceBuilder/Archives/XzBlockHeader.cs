namespace Guestfs.Appliances.Archives;

/// <summary>The part of an .xz file that says how much memory unpacking it takes.</summary>
internal static class XzBlockHeader
{
    /// <summary>The most bytes that have to be looked at: stream header and the longest block header.</summary>
    internal const int MaxLength = StreamHeader + 1024;

    private const int StreamHeader = 12;
    private const ulong Lzma2 = 0x21;

    /// <summary>The size of the dictionary in bytes, or null when the file has no block or no LZMA2 filter.</summary>
    internal static long? DictionarySize(ReadOnlySpan<byte> file)
    {
        if (file.Length < StreamHeader + 2 || file[StreamHeader] == 0)
        {
            return null;
        }

        ReadOnlySpan<byte> header = file[StreamHeader..Math.Min(file.Length, StreamHeader + ((file[StreamHeader] + 1) * 4))];
        byte flags = header[1];
        int at = 2;
        if (((flags & 0x40) != 0 && Integer(header, ref at) is null) || ((flags & 0x80) != 0 && Integer(header, ref at) is null))
        {
            return null;
        }

        for (int filters = (flags & 3) + 1; filters > 0; filters--)
        {
            if (Integer(header, ref at) is not { } id || Integer(header, ref at) is not { } size || size > (ulong)(header.Length - at))
            {
                return null;
            }

            if (id == Lzma2 && size == 1)
            {
                int bits = header[at] & 0x3F;
                return bits >= 40 ? uint.MaxValue : (2L | (long)(bits & 1)) << ((bits / 2) + 11);
            }

            at += (int)size;
        }

        return null;
    }

    private static ulong? Integer(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 63 && at < bytes.Length; shift += 7)
        {
            byte b = bytes[at++];
            value |= (ulong)(b & 0x7F) << shift;
            if ((b & 0x80) == 0)
            {
                return value;
            }
        }

        return null;
    }
}
