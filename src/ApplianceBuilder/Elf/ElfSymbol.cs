// An entry of an ELF file's symbol table.
using System.Buffers.Binary;

namespace Guestfs.Appliances.Elf;

/// <summary>A symbol of an ELF file.</summary>
/// <param name="Name">Where its name begins in the section of symbols' names.</param>
/// <param name="IsUndefined">Whether another file has to define it.</param>
internal readonly record struct ElfSymbol(uint Name, bool IsUndefined)
{
    /// <summary>Bytes of an entry.</summary>
    internal const int Length = 24;

    /// <summary>Decodes an entry.</summary>
    internal static ElfSymbol Decode(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]) == 0);
}
