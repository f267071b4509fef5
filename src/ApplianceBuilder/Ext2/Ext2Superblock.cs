using static Guestfs.Appliances.Ext2.Ext2Format;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Guestfs.Appliances.Ext2;

/// <summary>The superblock: what the filesystem is, for the kernel, e2fsck and libguestfs, which reads magic and UUID from it.</summary>
internal readonly record struct Ext2Superblock
{
    internal const int Size = 1024;

    private const uint ExtAttr = 0x8, DirIndex = 0x20;
    private const uint FileType = 0x2;
    private const uint SparseSuper = 0x1, LargeFile = 0x2;
    private const uint MountWithXattrsAndAcls = 0xC;
    private const uint UnsignedHash = 0x2;

    public required Ext2Geometry Geometry { get; init; }

    public required uint FreeBlocks { get; init; }

    public required uint FreeInodes { get; init; }

    /// <summary>The group that this copy lies in.</summary>
    public required uint Group { get; init; }

    public required long Timestamp { get; init; }

    public required Guid Uuid { get; init; }

    /// <summary>At most 16 bytes.</summary>
    public required ReadOnlyMemory<byte> Label { get; init; }

    /// <summary>Writes it over zeros.</summary>
    internal void Encode(Span<byte> target)
    {
        uint time = (uint)Math.Clamp(Timestamp, 0, uint.MaxValue);
        WriteUInt32LittleEndian(target, Geometry.Inodes);
        WriteUInt32LittleEndian(target[0x04..], Geometry.Blocks);
        WriteUInt32LittleEndian(target[0x0C..], FreeBlocks);
        WriteUInt32LittleEndian(target[0x10..], FreeInodes);
        WriteUInt32LittleEndian(target[0x18..], 2); // Blocks of 1024 << 2 bytes,
        WriteUInt32LittleEndian(target[0x1C..], 2); // and fragments.
        WriteUInt32LittleEndian(target[0x20..], BlocksPerGroup);
        WriteUInt32LittleEndian(target[0x24..], BlocksPerGroup);
        WriteUInt32LittleEndian(target[0x28..], Geometry.InodesPerGroup);
        WriteUInt32LittleEndian(target[0x30..], time); // Last written.
        WriteUInt16LittleEndian(target[0x36..], ushort.MaxValue); // No check after so many mounts.
        WriteUInt16LittleEndian(target[0x38..], 0xEF53);
        WriteUInt16LittleEndian(target[0x3A..], 1); // Clean.
        WriteUInt16LittleEndian(target[0x3C..], 1); // Continue after errors.
        WriteUInt32LittleEndian(target[0x40..], time); // Last checked.
        WriteUInt32LittleEndian(target[0x4C..], 1); // Revision.
        WriteUInt32LittleEndian(target[0x54..], FirstInode);
        WriteUInt16LittleEndian(target[0x58..], InodeSize);
        WriteUInt16LittleEndian(target[0x5A..], (ushort)Group);
        WriteUInt32LittleEndian(target[0x5C..], ExtAttr | DirIndex);
        WriteUInt32LittleEndian(target[0x60..], FileType);
        WriteUInt32LittleEndian(target[0x64..], SparseSuper | LargeFile);
        _ = Uuid.TryWriteBytes(target[0x68..], bigEndian: true, out _);
        Label.Span.CopyTo(target[0x78..0x88]);
        _ = Uuid.TryWriteBytes(target[0xEC..], bigEndian: true, out _); // Seed of the directories' hashes.
        target[0xFC] = Ext2NameHash.HalfMd4;
        WriteUInt32LittleEndian(target[0x100..], MountWithXattrsAndAcls);
        WriteUInt32LittleEndian(target[0x108..], time); // Made.
        WriteUInt16LittleEndian(target[0x15C..], InodeExtraSize);
        WriteUInt16LittleEndian(target[0x15E..], InodeExtraSize);
        WriteUInt32LittleEndian(target[0x160..], UnsignedHash);
    }
}
