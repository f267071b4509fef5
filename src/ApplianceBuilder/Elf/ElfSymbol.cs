using System.Buffers.Binary;

using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.Elf;

/// <summary>An entry of an ELF file's symbol table.</summary>
/// <param name="Name">Where its name begins in the section of symbols' names.</param>
/// <param name="Info">Type and binding.</param>
/// <param name="Other">Visibility, and what a processor's ABI puts beside it.</param>
/// <param name="IsUndefined">Whether another file has to define it.</param>
internal readonly record struct ElfSymbol(uint Name, byte Info, byte Other, bool IsUndefined)
{
    /// <summary>Decodes an entry.</summary>
    internal static ElfSymbol Decode(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[st_name..]),
        bytes[st_info],
        bytes[st_other],
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[st_shndx..]) == SHN_UNDEF);
}
