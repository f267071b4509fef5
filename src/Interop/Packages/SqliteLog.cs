using System.Buffers.Binary;

namespace Guestfs.Interop;

/// <summary>The write-ahead log of an SQLite database: pages that are not in the database yet, by the file format's section 4.</summary>
internal static class SqliteLog
{
    private const int HeaderSize = 32, FrameSize = 24, MinPage = 512, MaxPage = 65536;
    private const uint Magic = 0x377f0682;

    /// <summary>The database with all that is committed in its log. What is not, or was left by an older log, has no part in it.</summary>
    /// <param name="file">The database, which is changed.</param>
    /// <param name="log">The log.</param>
    internal static byte[] Apply(byte[] file, ReadOnlySpan<byte> log)
    {
        if (log.Length < HeaderSize || (BinaryPrimitives.ReadUInt32BigEndian(log) & ~1U) != Magic)
        {
            return file;
        }

        bool bigEndian = (log[3] & 1) != 0;
        long pageSize = BinaryPrimitives.ReadUInt32BigEndian(log[8..]);
        (uint, uint) sum = Sum((0, 0), log[..24], bigEndian);
        if (pageSize is < MinPage or > MaxPage || !long.IsPow2(pageSize) || !Matches(sum, log[24..]))
        {
            return file;
        }

        int step = FrameSize + (int)pageSize, end = HeaderSize;
        uint pages = 0;
        for (int at = HeaderSize; at <= log.Length - step; at += step)
        {
            ReadOnlySpan<byte> frame = log.Slice(at, step);
            sum = Sum(Sum(sum, frame[..8], bigEndian), frame[FrameSize..], bigEndian);
            if (!frame[8..16].SequenceEqual(log[16..24]) || !Matches(sum, frame[16..]))
            {
                break;
            }

            uint committed = BinaryPrimitives.ReadUInt32BigEndian(frame[4..]);
            if (committed > 0)
            {
                pages = committed;
                end = at + step;
            }
        }

        // No database is larger than its pages and those of the log.
        long size = pages * pageSize;
        if (end == HeaderSize || size > file.Length + (long)log.Length)
        {
            return file;
        }

        Array.Resize(ref file, (int)size);
        for (int at = HeaderSize; at < end; at += step)
        {
            long to = (BinaryPrimitives.ReadUInt32BigEndian(log[at..]) - 1L) * pageSize;
            if (to >= 0 && to <= size - pageSize)
            {
                log.Slice(at + FrameSize, (int)pageSize).CopyTo(file.AsSpan((int)to));
            }
        }

        return file;
    }

    private static bool Matches((uint First, uint Second) sum, ReadOnlySpan<byte> written) =>
        sum.First == BinaryPrimitives.ReadUInt32BigEndian(written) && sum.Second == BinaryPrimitives.ReadUInt32BigEndian(written[4..]);

    private static (uint First, uint Second) Sum((uint First, uint Second) sum, ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        (uint first, uint second) = sum;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            first += second + Word(bytes, bigEndian);
            second += first + Word(bytes[4..], bigEndian);
        }

        return (first, second);
    }

    private static uint Word(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
