using System.Buffers.Text;

namespace Guestfs.Interop;

/// <summary>
/// The two ways in which GNU tar notes where the holes of a file are: in the old header, and before the data (pax, version
/// 1.0).
/// </summary>
internal static class TarSparseMap
{
    private const int Pair = 24;

    /// <summary>The most ranges that a map may have.</summary>
    internal const int MaxRanges = 1 << 20;

    /// <summary>Whether another block of the old form's map follows the header.</summary>
    internal static bool HeaderContinues(ReadOnlySpan<byte> header) => header[482] != 0;

    /// <summary>Whether yet another block follows this one.</summary>
    internal static bool BlockContinues(ReadOnlySpan<byte> block) => block[504] != 0;

    /// <summary>The file's size in the old form, or null.</summary>
    internal static long? FileSize(ReadOnlySpan<byte> header) => TarHeader.Number(header[483..495]);

    /// <summary>Adds the ranges in the old form's header; false when a number is wrong.</summary>
    internal static bool AddFromHeader(ReadOnlySpan<byte> header, List<DataRange> map) => AddPairs(header.Slice(386, 4 * Pair), map);

    /// <summary>Adds the ranges in a further block of the old form; false when a number is wrong.</summary>
    internal static bool AddFromBlock(ReadOnlySpan<byte> block, List<DataRange> map) => AddPairs(block[..(21 * Pair)], map);

    /// <summary>Whether ranges are in order, inside the file, and as long together as what is stored.</summary>
    internal static bool IsValid(IReadOnlyList<DataRange> map, long fileSize, long stored)
    {
        long at = 0, sum = 0;
        foreach (DataRange range in map)
        {
            if (range.Offset < at || range.Length < 0 || range.Length > fileSize - range.Offset)
            {
                return false;
            }

            at = range.Offset + range.Length;
            sum += range.Length;
        }

        return sum == stored && fileSize >= 0;
    }

    /// <summary>Reads a decimal number and its newline of the pax form; null when there is none (yet).</summary>
    internal static long? TakeLine(ref ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)'\n');
        if (end <= 0 || !Utf8Parser.TryParse(text[..end], out long value, out int used) || used != end || value < 0)
        {
            return null;
        }

        text = text[(end + 1)..];
        return value;
    }

    private static bool AddPairs(ReadOnlySpan<byte> pairs, List<DataRange> map)
    {
        for (; pairs.Length >= Pair; pairs = pairs[Pair..])
        {
            if (pairs[..Pair].TrimStart((byte)0).IsEmpty)
            {
                return true;
            }

            if (TarHeader.Number(pairs[..12]) is not { } offset || TarHeader.Number(pairs[12..Pair]) is not { } length || offset < 0
                || map.Count == MaxRanges)
            {
                return false;
            }

            map.Add(new DataRange(offset, length));
        }

        return true;
    }
}
