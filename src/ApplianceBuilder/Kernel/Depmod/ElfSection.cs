// A section header of an ELF file.
using System.Buffers.Binary;

namespace Guestfs.Appliances;

/// <summary>A section of an ELF file.</summary>
/// <param name="Name">Where its name begins in the section of names.</param>
/// <param name="Offset">Where its bytes begin in the file.</param>
/// <param name="Size">How many bytes it has.</param>
internal readonly record struct ElfSection(uint Name, ulong Offset, ulong Size)
{
    /// <summary>Bytes of a section header.</summary>
    internal const int Length = 64;

    /// <summary>Decodes a section header.</summary>
    internal static ElfSection Decode(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]));
}
