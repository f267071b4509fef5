// A section header of an ELF file.
using System.Buffers.Binary;

namespace Guestfs.Appliances.Elf;

/// <summary>A section of an ELF file.</summary>
/// <param name="Name">Where its name begins in the section of names.</param>
/// <param name="Offset">Where its bytes begin in the file.</param>
/// <param name="Size">How many bytes it has.</param>
/// <param name="Type">What kind of section it is.</param>
/// <param name="Link">The section that it refers to: of symbols, that of their names.</param>
/// <param name="Information">A number that depends on the kind: of versions, how many there are.</param>
internal readonly record struct ElfSection(uint Name, ulong Offset, ulong Size, uint Type, uint Link, uint Information)
{
    /// <summary>Bytes of a section header.</summary>
    internal const int Length = 64;

    /// <summary>Decodes a section header.</summary>
    internal static ElfSection Decode(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[40..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[44..]));
}
