// The table of partitions of a disk, which is kept as it is but for where they begin and end: numbers, types, names, attributes, GUIDs and
// the disk's signature stay. Programs that make tables would need a minute for it where the appliance is emulated, and number them anew.
using System.Buffers.Binary;

using Guestfs.Interop;

namespace Guestfs.Cli.Making;

/// <summary>An entry of a table.</summary>
/// <param name="Number">The partition's number.</param>
/// <param name="Start">Where it begins, in bytes.</param>
/// <param name="Size">In bytes.</param>
/// <param name="MbrType">Its type in an MBR.</param>
internal sealed record TableEntry(int Number, long Start, long Size, int? MbrType);

/// <summary>A GPT or an MBR.</summary>
internal sealed class DiskTable
{
    // Offsets in the first sector, in a GPT's header, and in its entries.
    private const int MbrEntries = 446, MbrEntry = 16, MbrPrimary = 4, MbrTypeAt = 4, MbrStart = 8, MbrSize = 12, Protective = 0xEE;
    private const int HeaderLength = 12, HeaderCrc = 16, MyPlace = 24, OtherPlace = 32, LastUsable = 48, EntriesPlace = 72, EntryCount = 80;
    private const int EntryLength = 84, EntriesCrc = 88, TypeLength = 16, FirstSector = 32, LastSector = 40;
    private const int MostEntries = 1 << 20;
    private readonly byte[] start;
    private readonly byte[]? entries;

    private DiskTable(long sector, byte[] start, byte[]? entries) => (Sector, this.start, this.entries) = (sector, start, entries);

    /// <summary>How large sectors are.</summary>
    internal long Sector { get; }

    internal bool IsGpt => entries is not null;

    /// <summary>How many bytes a GPT has at the end of the disk.</summary>
    internal long Tail => IsGpt ? Sector + RoundUp(entries!.Length) : 0;

    private Span<byte> Header => start.AsSpan((int)Sector);

    private int Length => BinaryPrimitives.ReadInt32LittleEndian(Header[EntryLength..]);

    /// <summary>Reads that of a disk.</summary>
    internal static DiskTable Read(GuestfsHandle g, string disk)
    {
        long sector = g.BlockdevGetss(disk);
        byte[] start = g.PreadDevice(disk, (int)(2 * sector), 0);
        Span<byte> header = start.AsSpan((int)sector);
        if (!start.AsSpan(510, 2).SequenceEqual((ReadOnlySpan<byte>)[0x55, 0xAA]))
        {
            throw Fault("The disk has no partition table.");
        }

        if (!header.StartsWith("EFI PART"u8))
        {
            return new(sector, start, null);
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(header[EntryLength..]);
        long all = (long)length * BinaryPrimitives.ReadUInt32LittleEndian(header[EntryCount..]);
        byte[] copy = [.. header];
        copy.AsSpan(HeaderCrc, 4).Clear();
        int headerLength = BinaryPrimitives.ReadInt32LittleEndian(header[HeaderLength..]);
        if (headerLength is < 92 || headerLength > sector || length < 128 || all is <= 0 or > MostEntries
            || Crc32(copy.AsSpan(0, headerLength)) != BinaryPrimitives.ReadUInt32LittleEndian(header[HeaderCrc..]))
        {
            throw Fault("The disk's GPT is damaged: repair it, for instance with gdisk.");
        }

        byte[] entries = g.PreadDevice(disk, (int)all, BinaryPrimitives.ReadInt64LittleEndian(header[EntriesPlace..]) * sector);
        return Crc32(entries) == BinaryPrimitives.ReadUInt32LittleEndian(header[EntriesCrc..])
            ? new(sector, start, entries)
            : throw Fault("The entries of the disk's GPT are damaged: repair it, for instance with gdisk.");
    }

    /// <summary>The partitions, but for logical ones.</summary>
    internal IEnumerable<TableEntry> Entries()
    {
        if (entries is null)
        {
            for (int i = 0; i < MbrPrimary; i++)
            {
                byte[] entry = start[(MbrEntries + (i * MbrEntry))..(MbrEntries + ((i + 1) * MbrEntry))];
                long size = BinaryPrimitives.ReadUInt32LittleEndian(entry.AsSpan(MbrSize));
                if (entry[MbrTypeAt] != 0 && size > 0)
                {
                    yield return new(
                        i + 1, BinaryPrimitives.ReadUInt32LittleEndian(entry.AsSpan(MbrStart)) * Sector, size * Sector, entry[MbrTypeAt]);
                }
            }

            yield break;
        }

        for (int i = 0; i < entries.Length / Length; i++)
        {
            byte[] entry = entries[(i * Length)..((i + 1) * Length)];
            if (entry.AsSpan(0, TypeLength).ContainsAnyExcept((byte)0))
            {
                long first = BinaryPrimitives.ReadInt64LittleEndian(entry.AsSpan(FirstSector));
                yield return new(
                    i + 1, first * Sector, (BinaryPrimitives.ReadInt64LittleEndian(entry.AsSpan(LastSector)) - first + 1) * Sector, null);
            }
        }
    }

    /// <summary>Moves a partition, or takes it out.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="place">Its first and last sector; null to take it out.</param>
    internal void Set(int number, (long First, long Last)? place)
    {
        Span<byte> entry = entries is null
            ? start.AsSpan(MbrEntries + ((number - 1) * MbrEntry), MbrEntry)
            : entries.AsSpan((number - 1) * Length, Length);
        if (place is not { } sectors)
        {
            entry.Clear();
        }
        else if (entries is not null)
        {
            BinaryPrimitives.WriteInt64LittleEndian(entry[FirstSector..], sectors.First);
            BinaryPrimitives.WriteInt64LittleEndian(entry[LastSector..], sectors.Last);
        }
        else
        {
            SetMbr(entry, sectors.First, sectors.Last - sectors.First + 1);
        }
    }

    /// <summary>What is to be written to a disk of a size, and where.</summary>
    internal IEnumerable<(long Offset, byte[] Bytes)> Write(long size)
    {
        if (entries is null)
        {
            return [(0, start[..(int)Sector])];
        }

        long last = (size / Sector) - 1, other = last - (RoundUp(entries.Length) / Sector);
        for (int i = 0; i < MbrPrimary; i++)
        {
            Span<byte> entry = start.AsSpan(MbrEntries + (i * MbrEntry), MbrEntry);
            if (entry[MbrTypeAt] == Protective)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(entry[MbrSize..], (uint)Math.Min(last, uint.MaxValue));
            }
        }

        long place = BinaryPrimitives.ReadInt64LittleEndian(Header[EntriesPlace..]);
        BinaryPrimitives.WriteUInt32LittleEndian(Header[EntriesCrc..], Crc32(entries));
        BinaryPrimitives.WriteInt64LittleEndian(Header[LastUsable..], other - 1);
        Seal(Header, 1, last, place);
        byte[] copy = [.. Header];
        Seal(copy, last, 1, other);
        return [(0, start), (place * Sector, entries), (other * Sector, entries), (last * Sector, copy)];
    }

    private static void Seal(Span<byte> header, long mine, long other, long place)
    {
        BinaryPrimitives.WriteInt64LittleEndian(header[MyPlace..], mine);
        BinaryPrimitives.WriteInt64LittleEndian(header[OtherPlace..], other);
        BinaryPrimitives.WriteInt64LittleEndian(header[EntriesPlace..], place);
        header.Slice(HeaderCrc, 4).Clear();
        int length = BinaryPrimitives.ReadInt32LittleEndian(header[HeaderLength..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[HeaderCrc..], Crc32(header[..length]));
    }

    // Cylinders, heads and sectors are of no use to anyone; these say so.
    private static void SetMbr(Span<byte> entry, long first, long count)
    {
        if (first + count > uint.MaxValue)
        {
            throw Fault("An MBR has no room for partitions beyond 2 TiB: the disk needs a GPT, or is to be smaller.");
        }

        ReadOnlySpan<byte> beyond = [0xFE, 0xFF, 0xFF];
        long before = BinaryPrimitives.ReadUInt32LittleEndian(entry[MbrStart..]);
        if (first != before)
        {
            beyond.CopyTo(entry[1..]);
        }

        if (first + count != before + BinaryPrimitives.ReadUInt32LittleEndian(entry[MbrSize..]))
        {
            beyond.CopyTo(entry[5..]);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(entry[MbrStart..], (uint)first);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[MbrSize..], (uint)count);
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
            }
        }

        return ~crc;
    }

    private long RoundUp(long size) => (size + Sector - 1) / Sector * Sector;

    private static GuestfsException Fault(string message) => new("resize", Libc.EINVAL, message);
}
