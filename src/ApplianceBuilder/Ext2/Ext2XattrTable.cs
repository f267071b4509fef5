using System.Numerics;

using Guestfs.Appliances.Plan;

using static Guestfs.Appliances.Ext2.Ext2Format;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Guestfs.Appliances.Ext2;

/// <summary>The extended attributes of a file: in the inode's last bytes as far as they fit, the others in a block.</summary>
internal sealed class Ext2XattrTable
{
    private const uint Magic = 0xEA02_0000;
    private const int InodeHeader = 4, BlockHeader = 32, EndMark = 4;
    private const int InodeRoom = InodeSize - Ext2Inode.XattrOffset;

    private Ext2XattrTable(byte[] inInode, byte[] block) => (InInode, Block) = (inInode, block);

    /// <summary>What stands in the inode; may be empty.</summary>
    internal byte[] InInode { get; }

    /// <summary>What stands in a block of its own; may be empty.</summary>
    internal byte[] Block { get; }

    /// <summary>Makes the tables of an entry, or null if it has no attributes.</summary>
    /// <exception cref="ApplianceException">The attributes do not fit, or ext2 has no such attributes.</exception>
    internal static Ext2XattrTable? From(PlanEntry entry)
    {
        if (entry.ExtendedAttributes.Count == 0)
        {
            return null;
        }

        List<Ext2Xattr> inInode = [], inBlock = [];
        int inodeRoom = InodeRoom - InodeHeader - EndMark, blockRoom = BlockSize - BlockHeader - EndMark;
        foreach (Ext2Xattr attribute in entry.ExtendedAttributes.Select(attribute => Ext2Xattr.From(entry.Path, attribute)).Order())
        {
            int size = attribute.EntrySize + attribute.ValueSize;
            if (size <= inodeRoom)
            {
                inInode.Add(attribute);
                inodeRoom -= size;
            }
            else if (size <= blockRoom)
            {
                inBlock.Add(attribute);
                blockRoom -= size;
            }
            else
            {
                throw new ApplianceException(
                    ApplianceProblem.InvalidInput,
                    $"The extended attributes of {entry.Path} are too large for an ext2 filesystem, "
                    + $"which has about {BlockSize} bytes for them. Leave some out.");
            }
        }

        return new Ext2XattrTable(EncodeInInode(inInode), EncodeBlock(inBlock));
    }

    private static byte[] EncodeInInode(List<Ext2Xattr> attributes)
    {
        if (attributes.Count == 0)
        {
            return [];
        }

        byte[] table = new byte[InodeRoom];
        WriteUInt32LittleEndian(table, Magic);
        EncodeEntries(attributes, table.AsSpan(InodeHeader), table.AsSpan(InodeHeader));
        return table;
    }

    private static byte[] EncodeBlock(List<Ext2Xattr> attributes)
    {
        if (attributes.Count == 0)
        {
            return [];
        }

        byte[] table = new byte[BlockSize];
        WriteUInt32LittleEndian(table, Magic);
        WriteUInt32LittleEndian(table.AsSpan(4), 1); // Files that share it,
        WriteUInt32LittleEndian(table.AsSpan(8), 1); // blocks.
        WriteUInt32LittleEndian(table.AsSpan(12), EncodeEntries(attributes, table.AsSpan(BlockHeader), table));
        return table;
    }

    // Entries from the front, values from the back; returns the hash of all.
    private static uint EncodeEntries(List<Ext2Xattr> attributes, Span<byte> entries, Span<byte> values)
    {
        uint hash = 0;
        int valueOffset = values.Length;
        foreach (Ext2Xattr attribute in attributes)
        {
            valueOffset -= attribute.ValueSize;
            hash = BitOperations.RotateLeft(hash, 16) ^ attribute.Encode(entries, values, valueOffset);
            entries = entries[attribute.EntrySize..];
        }

        return hash;
    }
}
