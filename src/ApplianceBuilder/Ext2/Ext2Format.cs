// The numbers of the one variant of ext2 that is written: revision 1, 4 KiB blocks, 256-byte inodes, no journal, no resizing.
namespace Guestfs.Appliances.Ext2;

/// <summary>Constants of the filesystem's format.</summary>
internal static class Ext2Format
{
    internal const int BlockSize = 4096;
    internal const int BlocksPerGroup = 8 * BlockSize;
    internal const int MaxInodesPerGroup = 8 * BlockSize;

    internal const int InodeSize = 256;
    internal const int InodeExtraSize = 32;
    internal const int InodesPerBlock = BlockSize / InodeSize;
    internal const uint RootInode = 2, FirstInode = 11;

    internal const int DirectPointers = 12, PointersPerBlock = BlockSize / 4;

    /// <summary>The kernel's limit for files without the huge_file feature, in blocks: just under 2 TiB.</summary>
    internal const long MaxFileBlocks = 535_820_284;

    internal const int MaxLinks = 32000;
    internal const int MaxNameLength = 255, MaxFastLinkLength = 59, MaxLinkLength = BlockSize - 1;

    /// <summary>How many units of a size hold that much.</summary>
    internal static long DivideUp(long value, long unit) => (value + unit - 1) / unit;

    /// <summary>How many units of a size hold that much.</summary>
    internal static uint DivideUp(uint value, uint unit) => (uint)DivideUp((long)value, unit);

    /// <summary>The next multiple of 4.</summary>
    internal static int Align4(int value) => (value + 3) & ~3;
}
