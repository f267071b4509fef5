using static Guestfs.Appliances.Ext2.Ext2Format;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Guestfs.Appliances.Ext2;

/// <summary>One inode of 256 bytes: everything of a file but its name and its content.</summary>
internal readonly ref struct Ext2Inode
{
    internal const uint IndexedDirectory = 0x1000;

    /// <summary>Where the room for extended attributes begins; it ends with the inode.</summary>
    internal const int XattrOffset = 128 + InodeExtraSize;

    /// <summary>How long the pointers are, or what stands in their place.</summary>
    internal const int PointersSize = 60;

    private const long Earliest = int.MinValue, Latest = int.MaxValue + (3L << 32);

    /// <summary>Type and permission bits.</summary>
    public required uint Mode { get; init; }

    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    public required long Size { get; init; }

    public required long Time { get; init; }

    public required int Links { get; init; }

    /// <summary>All blocks that are the file's: data, pointers, attributes.</summary>
    public required long Blocks { get; init; }

    public required uint Flags { get; init; }

    /// <summary>Block of extended attributes, or 0.</summary>
    public required uint XattrBlock { get; init; }

    /// <summary>Block pointers, a short link's target, or a device's number.</summary>
    public required ReadOnlySpan<byte> Pointers { get; init; }

    /// <summary>Attributes in the inode, or nothing.</summary>
    public required ReadOnlySpan<byte> Xattrs { get; init; }

    /// <summary>Writes it over zeros.</summary>
    internal void Encode(Span<byte> target)
    {
        // Two more bits than 32, so that times reach to the year 2446; the kernel too cuts what is beyond.
        long time = Math.Clamp(Time, Earliest, Latest);
        uint epoch = (uint)((time - (int)time) >> 32) & 3;

        WriteUInt16LittleEndian(target, (ushort)Mode);
        WriteUInt16LittleEndian(target[0x02..], (ushort)Uid);
        WriteUInt32LittleEndian(target[0x04..], (uint)Size);
        WriteUInt32LittleEndian(target[0x08..], (uint)time); // Read,
        WriteUInt32LittleEndian(target[0x0C..], (uint)time); // changed,
        WriteUInt32LittleEndian(target[0x10..], (uint)time); // modified.
        WriteUInt16LittleEndian(target[0x18..], (ushort)Gid);
        WriteUInt16LittleEndian(target[0x1A..], checked((ushort)Links));
        WriteUInt32LittleEndian(target[0x1C..], checked((uint)(Blocks * (BlockSize / 512))));
        WriteUInt32LittleEndian(target[0x20..], Flags);
        Pointers.CopyTo(target.Slice(0x28, PointersSize));
        WriteUInt32LittleEndian(target[0x68..], XattrBlock);
        WriteUInt32LittleEndian(target[0x6C..], (uint)(Size >> 32));
        WriteUInt16LittleEndian(target[0x78..], (ushort)(Uid >> 16));
        WriteUInt16LittleEndian(target[0x7A..], (ushort)(Gid >> 16));
        WriteUInt16LittleEndian(target[0x80..], InodeExtraSize);
        WriteUInt32LittleEndian(target[0x84..], epoch);
        WriteUInt32LittleEndian(target[0x88..], epoch);
        WriteUInt32LittleEndian(target[0x8C..], epoch);
        WriteUInt32LittleEndian(target[0x90..], (uint)time); // Created.
        WriteUInt32LittleEndian(target[0x94..], epoch);
        Xattrs.CopyTo(target[XattrOffset..InodeSize]);
    }
}
