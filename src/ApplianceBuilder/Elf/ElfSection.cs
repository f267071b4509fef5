using System.Buffers.Binary;

using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.Elf;

/// <summary>A section header of an ELF file.</summary>
/// <param name="Name">Where its name begins in the section of names.</param>
/// <param name="Offset">Where its bytes begin in the file.</param>
/// <param name="Size">How many bytes it has.</param>
/// <param name="Type">What kind of section it is.</param>
/// <param name="Link">The section that it refers to: of symbols, that of their names.</param>
/// <param name="Information">A number that depends on the kind: of versions, how many there are.</param>
internal readonly record struct ElfSection(uint Name, ulong Offset, ulong Size, uint Type, uint Link, uint Information)
{
    /// <summary>Decodes a section header.</summary>
    internal static ElfSection Decode(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[sh_name..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[sh_offset..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[sh_size..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[sh_type..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[sh_link..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[sh_info..]));
}
