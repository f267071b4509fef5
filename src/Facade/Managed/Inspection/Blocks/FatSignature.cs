// FAT has no mark that others do not have, too: its boot sector counts if the numbers in it fit together.
using System.Numerics;

namespace Guestfs;

internal static class FatSignature
{
    private const int EntrySize = 32;
    private const int MaxRoot = 64 << 10;

    internal static BlockSignature? Find(BlockReader device, byte[] bytes)
    {
        ReadOnlySpan<byte> start = bytes;
        int sector = start.U16(11);
        int fats = start.Length > 16 ? start[16] : 0;
        int reserved = start.U16(14);
        bool named = start.Has(54, "FAT"u8) || start.Has(82, "FAT32   "u8) || start.Has(54, "MSDOS"u8) || start.Has(82, "MSWIN"u8);
        if (start.Length < 512 || sector is not (512 or 1024 or 2048 or 4096) || !BitOperations.IsPow2((uint)start[13]) || start[13] == 0
            || fats is < 1 or > 4 || reserved == 0 || start[21] is not (0xf0 or >= 0xf8)
            || !(named || start[0] is 0xeb or 0xe9 || start.Has(510, [0x55, 0xaa])))
        {
            return null;
        }

        bool is32 = start.U16(22) == 0;
        long fatSize = is32 ? start.U32(36) : start.U16(22);
        int rootEntries = start.U16(17);
        if (fatSize == 0 || (is32 && start.U16(17) != 0 && !start.Has(82, "FAT32   "u8)) || (!is32 && rootEntries == 0))
        {
            return null;
        }

        // FAT32 keeps its root directory like a file: the label is in its first cluster.
        long data = sector * (reserved + (fats * fatSize));
        long root = is32 ? data + ((Math.Max(start.U32(44), 2) - 2L) * start[13] * sector) : data;
        int size = Math.Min(is32 ? start[13] * sector : rootEntries * EntrySize, MaxRoot);
        int names = is32 ? 67 : 39;
        uint serial = start.U32(names);
        long sectors = start.U16(19) is var few && few != 0 ? few : start.U32(32);
        string? own = start.Text(names + 4, 11);
        return new BlockSignature("vfat", serial == 0 ? null : Serial(serial))
        {
            Length = sectors * sector,
            ReadLabel = () => (RootLabel(device.Read(root, size)) ?? own) is var label && label == "NO NAME" ? null : label,
        };
    }

    /// <summary>The serial number as blkid and Windows write it.</summary>
    internal static string Serial(uint number) => $"{number >> 16:X4}-{number & 0xffff:X4}";

    private static string? RootLabel(ReadOnlySpan<byte> directory)
    {
        const int Attributes = 11, VolumeOrDirectory = 0x18, Volume = 8, LongName = 0x0f;
        for (int at = 0; at + EntrySize <= directory.Length && directory[at] != 0; at += EntrySize)
        {
            int attributes = directory[at + Attributes];
            if (directory[at] != 0xe5 && (attributes & 0x3f) != LongName && (attributes & VolumeOrDirectory) == Volume)
            {
                return directory.Text(at, Attributes);
            }
        }

        return null;
    }
}
