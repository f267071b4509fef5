using static System.Buffers.Binary.BinaryPrimitives;

namespace Guestfs.Appliances.Ext2;

/// <summary>A block group's entry in the table of group descriptors.</summary>
internal readonly record struct Ext2GroupDescriptor
{
    internal const int Size = 32;

    public required uint BlockBitmap { get; init; }

    public required uint InodeBitmap { get; init; }

    public required uint InodeTable { get; init; }

    public required uint FreeBlocks { get; init; }

    public required uint FreeInodes { get; init; }

    public required uint Directories { get; init; }

    /// <summary>Writes it over zeros.</summary>
    internal void Encode(Span<byte> target)
    {
        WriteUInt32LittleEndian(target, BlockBitmap);
        WriteUInt32LittleEndian(target[0x04..], InodeBitmap);
        WriteUInt32LittleEndian(target[0x08..], InodeTable);
        WriteUInt16LittleEndian(target[0x0C..], checked((ushort)FreeBlocks));
        WriteUInt16LittleEndian(target[0x0E..], checked((ushort)FreeInodes));
        WriteUInt16LittleEndian(target[0x10..], checked((ushort)Directories));
    }
}
