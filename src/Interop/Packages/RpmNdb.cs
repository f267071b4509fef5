using System.Buffers.Binary;

namespace Guestfs.Interop;

/// <summary>Reads ndb, rpm's own form of database, which SUSE has: pages of slots, each of which says where a package is.</summary>
internal static class RpmNdb
{
    private const int HeaderSize = 32, PageSize = 4096, SlotSize = 16, BlockSize = 16, HeadSize = 16, TailSize = 12;

    internal static bool IsDatabase(ReadOnlySpan<byte> file) => file.Length >= PageSize && file.StartsWith("RpmP"u8);

    internal static void Read(ReadOnlySpan<byte> file, DatabaseScan scan)
    {
        if (U32(file, 4) != 0)
        {
            scan.Fault($"its version is {U32(file, 4)}, and only 0 is known");
            return;
        }

        long end = Math.Min(U32(file, 12) * (long)PageSize, file.Length);
        for (int at = HeaderSize; at <= end - SlotSize && !scan.IsOver; at += SlotSize)
        {
            ReadOnlySpan<byte> slot = file.Slice(at, SlotSize);
            if (!slot.StartsWith("Slot"u8))
            {
                scan.Fault($"what is at {at} is no slot");
            }
            else if (U32(slot, 8) != 0)
            {
                ReadPackage(file, U32(slot, 4), U32(slot, 8) * (long)BlockSize, U32(slot, 12) * (long)BlockSize, scan);
            }
        }
    }

    private static void ReadPackage(ReadOnlySpan<byte> file, uint number, long start, long size, DatabaseScan scan)
    {
        if (size < HeadSize + TailSize || start > file.Length - size)
        {
            scan.Fault($"package {number} is outside of it");
            return;
        }

        ReadOnlySpan<byte> whole = file.Slice((int)start, (int)size);
        long length = U32(whole, 12);
        if (!whole.StartsWith("BlbS"u8) || U32(whole, 4) != number || length > size - HeadSize - TailSize
            || !whole.EndsWith("BlbE"u8))
        {
            scan.Fault($"package {number} is not where its slot says");
        }
        else if (scan.TryTake((int)length))
        {
            scan.Found(whole.Slice(HeadSize, (int)length));
        }
    }

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
