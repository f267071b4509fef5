// What superblock, descriptors and bitmaps say. Blocks and inodes are used from the front, so counts say it all.
using Guestfs.Appliances.Plan;

using static Guestfs.Appliances.Ext2.Ext2Format;

namespace Guestfs.Appliances.Ext2;

/// <summary>What is used and what is free.</summary>
internal sealed class Ext2Tables
{
    private readonly uint[] directories;

    /// <summary>Tables for files that have inodes but no place yet.</summary>
    internal Ext2Tables(Ext2Geometry geometry, Ext2Tree tree, Ext2Options options)
    {
        Geometry = geometry;
        Tree = tree;
        Options = options;
        directories = new uint[geometry.Groups];
        foreach (Ext2File file in tree.Files)
        {
            if (file.Entry.Kind == EntryKind.Directory)
            {
                directories[(file.Inode - 1) / geometry.InodesPerGroup]++;
            }
        }
    }

    internal Ext2Geometry Geometry { get; }

    internal Ext2Tree Tree { get; }

    internal Ext2Options Options { get; }

    /// <summary>The first block that is not in use, apart from later groups' tables. Set once everything has its place.</summary>
    internal uint EndOfUse { get; set; }

    /// <summary>Blocks at a group's start that are in use.</summary>
    internal uint UsedBlocks(uint group)
    {
        uint first = Ext2Geometry.FirstBlockOf(group);
        return Math.Clamp(EndOfUse > first ? EndOfUse - first : 0, Geometry.Overhead(group), Geometry.BlocksIn(group));
    }

    /// <summary>Inodes at a group's start that are in use or reserved.</summary>
    internal uint UsedInodes(uint group)
    {
        uint before = group * Geometry.InodesPerGroup;
        return Tree.LastInode > before ? Math.Min(Tree.LastInode - before, Geometry.InodesPerGroup) : 0;
    }

    /// <summary>Blocks of a group's tables that are not zeros: inodes that nobody uses are a hole.</summary>
    internal uint WrittenBlocks(uint group) => Geometry.HeadBlocks(group) + 2 + DivideUp(UsedInodes(group), InodesPerBlock);

    /// <summary>The copy of the superblock that lies in a group.</summary>
    internal Ext2Superblock Superblock(uint group) => new()
    {
        Geometry = Geometry,
        FreeBlocks = Sum(group => Geometry.BlocksIn(group) - UsedBlocks(group)),
        FreeInodes = Sum(group => Geometry.InodesPerGroup - UsedInodes(group)),
        Group = group,
        Timestamp = Options.Timestamp,
        Uuid = Options.Uuid,
        Label = LosslessUtf8.GetBytes(Options.Label),
    };

    /// <summary>A group's descriptor.</summary>
    internal Ext2GroupDescriptor Descriptor(uint group)
    {
        uint bitmaps = Ext2Geometry.FirstBlockOf(group) + Geometry.HeadBlocks(group);
        return new Ext2GroupDescriptor
        {
            BlockBitmap = bitmaps,
            InodeBitmap = bitmaps + 1,
            InodeTable = bitmaps + 2,
            FreeBlocks = Geometry.BlocksIn(group) - UsedBlocks(group),
            FreeInodes = Geometry.InodesPerGroup - UsedInodes(group),
            Directories = directories[group],
        };
    }

    private uint Sum(Func<uint, uint> ofGroup)
    {
        uint sum = 0;
        for (uint group = 0; group < Geometry.Groups; group++)
        {
            sum += ofGroup(group);
        }

        return sum;
    }
}
