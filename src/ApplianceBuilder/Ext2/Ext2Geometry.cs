// How a size divides into block groups, and what of each group is taken by the filesystem itself.
using static Guestfs.Appliances.Ext2.Ext2Format;

namespace Guestfs.Appliances.Ext2;

/// <summary>The size of a filesystem and of its tables.</summary>
internal sealed class Ext2Geometry
{
    // What a last group must have beyond its tables to be worth having.
    private const int MinUsefulBlocks = 64;

    private Ext2Geometry(uint blocks, uint inodesPerGroup)
    {
        Blocks = blocks;
        Groups = DivideUp(blocks, BlocksPerGroup);
        InodesPerGroup = inodesPerGroup;
        TableBlocks = inodesPerGroup / InodesPerBlock;
        DescriptorBlocks = DivideUp(Groups * Ext2GroupDescriptor.Size, BlockSize);
        long overhead = 0;
        for (uint group = 0; group < Groups; group++)
        {
            overhead += Overhead(group);
        }

        UsableBlocks = blocks - overhead;
    }

    /// <summary>Blocks of the filesystem.</summary>
    public uint Blocks { get; }

    /// <summary>Number of block groups.</summary>
    public uint Groups { get; }

    /// <summary>Inodes of each group.</summary>
    public uint InodesPerGroup { get; }

    /// <summary>Blocks of each group's inode table.</summary>
    public uint TableBlocks { get; }

    /// <summary>Blocks of the group descriptors' table.</summary>
    public uint DescriptorBlocks { get; }

    /// <summary>Blocks that are not the filesystem's own; less than none if it is too small.</summary>
    public long UsableBlocks { get; }

    /// <summary>All inodes.</summary>
    public uint Inodes => Groups * InodesPerGroup;

    /// <summary>The smallest filesystem with room for that much.</summary>
    /// <exception cref="ApplianceException">It would be larger than ext2 can be.</exception>
    internal static Ext2Geometry ForContent(long usedBlocks, long freeBlocks, long inodes)
    {
        long blocks = Math.Max(usedBlocks + freeBlocks, (DivideUp(inodes, MaxInodesPerGroup) - 1) * BlocksPerGroup);
        while (true)
        {
            Ext2Geometry? geometry = TryCreate(blocks, inodes);
            if (geometry is not null && geometry.UsableBlocks >= usedBlocks + freeBlocks)
            {
                return geometry;
            }

            // A last group that is too small was dropped, or there are too few groups for the inodes: a little more.
            blocks = Math.Max(
                blocks + MinUsefulBlocks, usedBlocks + freeBlocks + (geometry is null ? 0 : geometry.Blocks - geometry.UsableBlocks));
            if (blocks > uint.MaxValue)
            {
                throw new ApplianceException(
                    ApplianceProblem.InvalidInput, "The appliance's files do not fit into an ext2 filesystem, which has at most 16 TiB.");
            }
        }
    }

    /// <summary>A filesystem of that many blocks, or a little less if the last group is too small;
    /// null if it cannot have the inodes.</summary>
    internal static Ext2Geometry? TryCreate(long blocks, long inodes)
    {
        while (blocks is > 0 and <= uint.MaxValue)
        {
            long groups = DivideUp(blocks, BlocksPerGroup);
            long inodesPerGroup = DivideUp(DivideUp(inodes, groups), InodesPerBlock) * InodesPerBlock;
            if (inodesPerGroup > MaxInodesPerGroup)
            {
                return null;
            }

            Ext2Geometry geometry = new((uint)blocks, (uint)inodesPerGroup);
            uint last = geometry.Groups - 1;
            if (geometry.BlocksIn(last) >= geometry.Overhead(last) + MinUsefulBlocks)
            {
                return geometry;
            }

            blocks = FirstBlockOf(last);
        }

        return null;
    }

    /// <summary>The first block of a group.</summary>
    internal static uint FirstBlockOf(uint group) => group * BlocksPerGroup;

    /// <summary>Blocks of a group: fewer in the last.</summary>
    internal uint BlocksIn(uint group) => Math.Min(BlocksPerGroup, Blocks - FirstBlockOf(group));

    /// <summary>Blocks at a group's start that hold the filesystem's own tables.</summary>
    internal uint Overhead(uint group) => HeadBlocks(group) + 2 + TableBlocks;

    /// <summary>Blocks of a group's copy of superblock and group descriptors, if it has one.</summary>
    internal uint HeadBlocks(uint group) => HasSuperblock(group) ? 1 + DescriptorBlocks : 0;

    // sparse_super: copies only in groups 0, 1 and the powers of 3, 5 and 7.
    private static bool HasSuperblock(uint group) => group <= 1 || IsPower(group, 3) || IsPower(group, 5) || IsPower(group, 7);

    private static bool IsPower(uint value, uint of)
    {
        while (value % of == 0)
        {
            value /= of;
        }

        return value == 1;
    }
}
