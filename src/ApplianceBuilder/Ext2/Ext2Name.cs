using Guestfs.Appliances.Plan;

using static System.Buffers.Binary.BinaryPrimitives;

namespace Guestfs.Appliances.Ext2;

/// <summary>A directory's entry: the structure on disk and its size.</summary>
/// <param name="Name">Its bytes.</param>
/// <param name="Inode">The file's inode; 0 for none.</param>
/// <param name="Kind">What the file is.</param>
internal readonly record struct Ext2Name(ReadOnlyMemory<byte> Name, uint Inode, EntryKind Kind)
{
    private const int HeaderSize = 8;

    /// <summary>What the entry takes at least.</summary>
    internal int Size => SizeOf(Name.Length);

    /// <summary>What an entry with a name of that length takes at least.</summary>
    internal static int SizeOf(int length) => HeaderSize + Ext2Format.Align4(length);

    /// <summary>Writes it over zeros.</summary>
    /// <param name="target">Where.</param>
    /// <param name="size">How much it takes: the last of a block takes all that is left.</param>
    internal void Encode(Span<byte> target, int size)
    {
        WriteUInt32LittleEndian(target, Inode);
        WriteUInt16LittleEndian(target[4..], (ushort)size);
        target[6] = (byte)Name.Length;
        target[7] = Kind switch
        {
            _ when Inode == 0 => 0,
            EntryKind.File => 1,
            EntryKind.Directory => 2,
            EntryKind.CharacterDevice => 3,
            EntryKind.BlockDevice => 4,
            EntryKind.Fifo => 5,
            EntryKind.Socket => 6,
            EntryKind.SymbolicLink => 7,
            _ => throw new ArgumentOutOfRangeException(nameof(target), Kind, "No file is of this kind."),
        };
        Name.Span.CopyTo(target[HeaderSize..]);
    }
}
