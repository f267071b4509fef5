// Partition tables: UEFI specification, section 5; for MBR, what the Linux kernel does (block/partitions/msdos.c).
using System.Globalization;

namespace Guestfs;

/// <summary>What a table says of one partition; offsets and sizes in bytes.</summary>
/// <param name="number">The number in the kernel's name of it.</param>
/// <param name="start">Where it begins on the disk.</param>
/// <param name="size">Its size.</param>
/// <param name="type">For GPT the type's GUID in lower case, for MBR two hexadecimal digits.</param>
/// <param name="uuid">What <c>PARTUUID=</c> names.</param>
/// <param name="name">What <c>PARTLABEL=</c> names.</param>
internal sealed class TablePartition(int number, long start, long size, string type, string? uuid, string? name)
{
    internal int Number { get; } = number;

    internal long Start { get; } = start;

    internal long Size { get; } = size;

    internal string Type { get; } = type;

    internal string? Uuid { get; } = uuid;

    internal string? Name { get; } = name;

    /// <summary>The attributes of a partition of GPT.</summary>
    internal ulong Attributes { get; init; }
}

/// <summary>The partition table of a disk.</summary>
internal sealed class PartitionTable(bool isGpt, uint diskId, string? diskUuid, IReadOnlyList<TablePartition> partitions)
{
    internal bool IsGpt { get; } = isGpt;

    internal uint DiskId { get; } = diskId;

    /// <summary>The GUID of a disk with GPT, in lower case.</summary>
    internal string? DiskUuid { get; } = diskUuid;

    internal IReadOnlyList<TablePartition> Partitions { get; } = partitions;

    /// <summary>Whether it is of a dynamic disk of Windows, of which it tells little.</summary>
    internal bool IsDynamic
    {
        get
        {
            foreach (TablePartition partition in Partitions)
            {
                if (partition.Type is "5808c8aa-7e8f-42e0-85d2-e1e90434cfb3" or "af9b60a0-1431-4f62-bc68-3311714a69ad" or "42")
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The partitions that begin within another one, as no tool makes them, with that other one.</summary>
    internal List<(TablePartition Partition, TablePartition Within)> Overlaps()
    {
        List<TablePartition> inOrder = [];
        foreach (TablePartition partition in Partitions)
        {
            if (partition.Size > 0 && partition.Type is not ("05" or "0f" or "85"))
            {
                inOrder.Add(partition);
            }
        }

        inOrder.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.Number.CompareTo(b.Number));
        List<(TablePartition, TablePartition)> overlaps = [];
        TablePartition? last = null;
        foreach (TablePartition partition in inOrder)
        {
            if (last is not null && partition.Start - last.Start < last.Size)
            {
                overlaps.Add((partition, last));
            }

            if (last is null || partition.Start - last.Start > last.Size - partition.Size)
            {
                last = partition;
            }
        }

        return overlaps;
    }

    private const int MaxGptEntries = 1024;
    private const int MaxLogical = 124;
    private const int FirstLogical = 5;
    private const byte Protective = 0xee;

    private static readonly int[] SectorSizes = [512, 4096];

    /// <summary>Reads a GPT, or the copy of it at the end of the disk, or else an MBR; null if there is neither.</summary>
    internal static PartitionTable? Read(BlockReader disk)
    {
        ReadOnlySpan<byte> start = disk.Read(0, 512);
        if (!start.Has(510, [0x55, 0xaa]))
        {
            return null;
        }

        bool protective = false;
        for (int i = 0; i < 4; i++)
        {
            protective |= start[446 + (i * 16) + 4] == Protective;
        }

        if (protective)
        {
            foreach (int sector in SectorSizes)
            {
                if ((ReadGpt(disk, sector, sector) ?? (disk.Size is { } size ? ReadGpt(disk, size - sector, sector) : null)) is { } gpt)
                {
                    return gpt;
                }
            }
        }

        // Such a boot sector of a filesystem ends like an MBR.
        return start.Has(3, "NTFS    "u8) || start.Has(3, "EXFAT   "u8) || start.Has(54, "FAT"u8) || start.Has(82, "FAT32"u8)
            ? null
            : ReadMbr(disk, start.ToArray());
    }

    private static PartitionTable? ReadGpt(BlockReader disk, long at, int sector)
    {
        if (at <= 0)
        {
            return null;
        }

        ReadOnlySpan<byte> header = disk.Read(at, 512);
        int headerSize = (int)Math.Min(header.U32(12), int.MaxValue);
        if (!header.Has(0, "EFI PART"u8) || headerSize is < 92 or > 512 || headerSize > header.Length
            || Crc32.Of(header[..headerSize], 16) != header.U32(16))
        {
            return null;
        }

        string diskUuid = new Guid(header.Slice(56, 16)).ToString();
        uint count = header.U32(80);
        uint entrySize = header.U32(84);
        ulong entries = header.U64(72);
        uint sum = header.U32(88);
        if (count is 0 or > MaxGptEntries || entrySize is < 128 or > 4096 || entries == 0 || entries > long.MaxValue / 4096 / 2)
        {
            return null;
        }

        ReadOnlySpan<byte> table = disk.Read((long)entries * sector, (int)(count * entrySize));
        if (table.Length < count * entrySize || Crc32.Of(table) != sum)
        {
            return null;
        }

        List<TablePartition> partitions = [];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = table.Slice(i * (int)entrySize, 128);
            ulong first = entry.U64(32);
            ulong last = entry.U64(40);
            if (entry[..16].ContainsAnyExcept((byte)0) && last >= first && last < (ulong)(long.MaxValue / sector))
            {
                string name = System.Text.Encoding.Unicode.GetString(entry[56..128]);
                int zero = name.IndexOf('\0', StringComparison.Ordinal);
                name = zero < 0 ? name : name[..zero];
                partitions.Add(new TablePartition(
                    i + 1,
                    (long)first * sector,
                    (long)(last - first + 1) * sector,
                    new Guid(entry[..16]).ToString(),
                    new Guid(entry[16..32]).ToString(),
                    name.Length == 0 ? null : name)
                {
                    Attributes = entry.U64(48),
                });
            }
        }

        return new PartitionTable(true, 0, diskUuid, partitions);
    }

    private static PartitionTable? ReadMbr(BlockReader disk, ReadOnlySpan<byte> start)
    {
        uint id = start.U32(440);
        List<TablePartition> partitions = [];
        long extended = 0;
        for (int i = 0; i < 4; i++)
        {
            ReadOnlySpan<byte> entry = start.Slice(446 + (i * 16), 16);
            if ((entry[0] & 0x7f) != 0)
            {
                return null;
            }

            byte type = entry[4];
            if (entry.U32(12) != 0 && type != 0)
            {
                partitions.Add(Mbr(id, i + 1, type, 512L * entry.U32(8), 512L * entry.U32(12)));
                extended = IsExtended(type) && extended == 0 ? 512L * entry.U32(8) : extended;
            }
        }

        if (extended != 0)
        {
            ReadLogical(disk, id, extended, partitions);
        }

        return new PartitionTable(false, id, null, partitions);
    }

    // A chain: each link tells its own partition, and where the next link is, counted from the first.
    private static void ReadLogical(BlockReader disk, uint id, long first, List<TablePartition> partitions)
    {
        long at = first;
        for (int number = FirstLogical, links = 0; links < MaxLogical && at > 0; links++)
        {
            ReadOnlySpan<byte> link = disk.Read(at, 512);
            if (!link.Has(510, [0x55, 0xaa]))
            {
                return;
            }

            long next = 0;
            for (int i = 0; i < 4; i++)
            {
                ReadOnlySpan<byte> entry = link.Slice(446 + (i * 16), 16);
                byte type = entry[4];
                if (entry.U32(12) == 0 || type == 0)
                {
                    continue;
                }

                if (IsExtended(type))
                {
                    next = next == 0 ? first + (512L * entry.U32(8)) : next;
                }
                else if (i < 2)
                {
                    partitions.Add(Mbr(id, number++, type, at + (512L * entry.U32(8)), 512L * entry.U32(12)));
                }
            }

            at = next;
        }
    }

    private static bool IsExtended(byte type) => type is 0x05 or 0x0f or 0x85;

    private static TablePartition Mbr(uint id, int number, byte type, long start, long size) => new(
        number,
        start,
        size,
        type.ToString("x2", CultureInfo.InvariantCulture),
        id == 0 ? null : $"{id:x8}-{number:x2}",
        null);
}

/// <summary>The checksum of GPT.</summary>
internal static class Crc32
{
    /// <param name="bytes">What to sum.</param>
    /// <param name="zeros">Where four bytes count as zero: the place of the sum itself. -1 if it is not among them.</param>
    internal static uint Of(ReadOnlySpan<byte> bytes, int zeros = -1)
    {
        uint sum = uint.MaxValue;
        for (int i = 0; i < bytes.Length; i++)
        {
            sum ^= zeros >= 0 && i >= zeros && i < zeros + 4 ? (byte)0 : bytes[i];
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum >> 1) ^ (0xedb88320 & (0 - (sum & 1)));
            }
        }

        return ~sum;
    }
}
