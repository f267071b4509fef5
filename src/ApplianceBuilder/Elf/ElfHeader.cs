using System.Buffers.Binary;

using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.Elf;

/// <summary>The header of an ELF file, as far as it says what it is for and where the sections are.</summary>
/// <param name="TableOffset">Where it begins in the file.</param>
/// <param name="Count">How many sections it has.</param>
/// <param name="NamesIndex">Which of them holds the sections' names.</param>
/// <param name="Machine">The processor that it is for.</param>
/// <param name="SegmentsOffset">Where the table of its segments begins in the file.</param>
/// <param name="SegmentCount">How many segments it has.</param>
internal readonly record struct ElfHeader(
    ulong TableOffset, int Count, int NamesIndex, ushort Machine, ulong SegmentsOffset, int SegmentCount)
{
    /// <summary>Decodes the header; null when these bytes are no 64 bit little-endian ELF file's.</summary>
    internal static ElfHeader? Decode(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(ELFMAG) || bytes[EI_CLASS] != ELFCLASS64 || bytes[EI_DATA] != ELFDATA2LSB
            || BinaryPrimitives.ReadUInt16LittleEndian(bytes[e_shentsize..]) != ShdrSize)
        {
            return null;
        }

        ElfHeader header = new(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[e_shoff..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[e_shnum..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[e_shstrndx..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[e_machine..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[e_phoff..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[e_phnum..]));
        return header.NamesIndex < header.Count ? header : null;
    }
}
