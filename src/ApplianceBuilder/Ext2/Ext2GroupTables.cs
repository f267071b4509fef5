using static Guestfs.Appliances.Ext2.Ext2Format;

namespace Guestfs.Appliances.Ext2;

/// <summary>The blocks at the start of a group: superblock and descriptors in some groups, the bitmaps, the inodes.</summary>
internal sealed class Ext2GroupTables(Ext2Tables tables, uint group) : IExt2Blocks
{
    // The first copy of the superblock leaves room for a boot sector.
    private const int FirstSuperblockOffset = 1024;

    /// <inheritdoc/>
    public void Read(uint first, Span<byte> target)
    {
        target.Clear();
        uint head = tables.Geometry.HeadBlocks(group);
        for (uint index = first; !target.IsEmpty; index++)
        {
            Span<byte> block = target[..BlockSize];
            target = target[BlockSize..];
            if (index >= head + 2)
            {
                EncodeInodes(block, index - head - 2);
            }
            else if (index == head + 1)
            {
                SetBits(block, tables.UsedInodes(group), tables.Geometry.InodesPerGroup);
            }
            else if (index == head)
            {
                SetBits(block, tables.UsedBlocks(group), tables.Geometry.BlocksIn(group));
            }
            else if (index > 0)
            {
                EncodeDescriptors(block, index - 1);
            }
            else
            {
                tables.Superblock(group).Encode(block.Slice(group == 0 ? FirstSuperblockOffset : 0, Ext2Superblock.Size));
            }
        }
    }

    private void EncodeInodes(Span<byte> block, uint index)
    {
        uint inode = (group * tables.Geometry.InodesPerGroup) + (index * InodesPerBlock) + 1;
        for (int i = 0; i < InodesPerBlock; i++)
        {
            tables.Tree.Find(inode + (uint)i)?.EncodeInode(block.Slice(i * InodeSize, InodeSize));
        }
    }

    private void EncodeDescriptors(Span<byte> block, uint index)
    {
        const uint PerBlock = BlockSize / Ext2GroupDescriptor.Size;
        uint end = Math.Min((index + 1) * PerBlock, tables.Geometry.Groups);
        for (uint i = index * PerBlock; i < end; i++)
        {
            tables.Descriptor(i).Encode(block);
            block = block[Ext2GroupDescriptor.Size..];
        }
    }

    // Bits below the first number are in use, those from the second on do not exist and must look as if they were.
    private static void SetBits(Span<byte> bitmap, uint used, uint count)
    {
        Set(bitmap, 0, used);
        Set(bitmap, count, (uint)bitmap.Length * 8);

        static void Set(Span<byte> bitmap, uint from, uint to)
        {
            for (; from < to && from % 8 != 0; from++)
            {
                bitmap[(int)(from / 8)] |= (byte)(1 << (int)(from % 8));
            }

            if (from < to)
            {
                bitmap[(int)(from / 8)..(int)(to / 8)].Fill(byte.MaxValue);
                for (from = to / 8 * 8; from < to; from++)
                {
                    bitmap[(int)(from / 8)] |= (byte)(1 << (int)(from % 8));
                }
            }
        }
    }
}
