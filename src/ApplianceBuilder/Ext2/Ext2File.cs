using Guestfs.Appliances.Plan;

using static Guestfs.Appliances.Ext2.Ext2Format;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Guestfs.Appliances.Ext2;

/// <summary>A file on its way into the image: the plan's entry and all that is decided about its inode.</summary>
internal sealed class Ext2File(PlanEntry entry, uint inode)
{
    /// <summary>The entry by which it came.</summary>
    internal PlanEntry Entry => entry;

    /// <summary>Its inode's number.</summary>
    internal uint Inode => inode;

    /// <summary>How many names it has.</summary>
    internal int Links { get; private set; } = entry.Kind == EntryKind.Directory ? 1 : 0; // A directory's own '.'.

    /// <summary>Size in bytes.</summary>
    internal long Size { get; set; }

    /// <summary>Inode flags.</summary>
    internal uint Flags { get; set; }

    /// <summary>What is in its blocks, if it has any.</summary>
    internal IExt2Blocks? Content { get; set; }

    /// <summary>Where its blocks are, if it has any.</summary>
    internal Ext2BlockMap? Map { get; set; }

    /// <summary>A short link's target, which stands in the inode.</summary>
    internal byte[] FastLink { get; set; } = [];

    /// <summary>Its extended attributes.</summary>
    internal Ext2XattrTable? Xattrs { get; } = Ext2XattrTable.From(entry);

    /// <summary>Where the attributes are that are not in the inode.</summary>
    internal uint XattrBlock { get; set; }

    /// <summary>Counts one more name.</summary>
    /// <exception cref="ApplianceException">There are too many.</exception>
    internal void AddLink()
    {
        if (++Links > MaxLinks)
        {
            throw new ApplianceException(
                ApplianceProblem.InvalidInput,
                entry.Kind == EntryKind.Directory
                    ? $"{entry.Path} has too many directories for an ext2 filesystem, which allows {MaxLinks - 2} in one. Leave some out."
                    : $"{entry.Path} has too many hard links for an ext2 filesystem, which allows {MaxLinks}. Leave some out.");
        }
    }

    /// <summary>Writes the inode over zeros, once everything has its place.</summary>
    internal void EncodeInode(Span<byte> target)
    {
        Span<byte> pointers = stackalloc byte[Ext2Inode.PointersSize];
        pointers.Clear();
        FastLink.CopyTo(pointers);
        Map?.EncodeRoot(pointers);
        if (entry.Kind is EntryKind.CharacterDevice or EntryKind.BlockDevice)
        {
            EncodeDevice(pointers);
        }

        new Ext2Inode
        {
            Mode = (entry.Mode & ~(uint)Libc.S_IFMT) | entry.Kind.TypeBits,
            Uid = entry.Uid,
            Gid = entry.Gid,
            Size = Size,
            Time = entry.ModificationTime,
            Links = Links,
            Blocks = (Map is null ? 0L : (long)Map.DataBlocks + Map.PointerBlocks) + (XattrBlock == 0 ? 0 : 1),
            Flags = Flags,
            XattrBlock = XattrBlock,
            Pointers = pointers,
            Xattrs = Xattrs?.InInode,
        }.Encode(target);
    }

    // Numbers of one byte each stand in the first word, as they always did; others, in a newer form, in the second.
    private void EncodeDevice(Span<byte> pointers)
    {
        (uint major, uint minor) = entry.Device;
        if (major < 256 && minor < 256)
        {
            WriteUInt32LittleEndian(pointers, (major << 8) | minor);
        }
        else
        {
            WriteUInt32LittleEndian(pointers[4..], (minor & 0xFF) | (major << 8) | ((minor & ~0xFFu) << 12));
        }
    }
}
