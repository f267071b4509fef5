// The header of an ELF file, as far as it says what it is for and where the sections are.
using System.Buffers.Binary;

namespace Guestfs.Appliances.Elf;

/// <summary>Where the table of an ELF file's sections is.</summary>
/// <param name="TableOffset">Where it begins in the file.</param>
/// <param name="Count">How many sections it has.</param>
/// <param name="NamesIndex">Which of them holds the sections' names.</param>
/// <param name="Machine">The processor that it is for.</param>
/// <param name="SegmentsOffset">Where the table of its segments begins in the file.</param>
/// <param name="SegmentCount">How many segments it has.</param>
internal readonly record struct ElfHeader(ulong TableOffset, int Count, int NamesIndex, ushort Machine, ulong SegmentsOffset, int SegmentCount)
{
    /// <summary>Bytes of the header.</summary>
    internal const int Length = 64;

    private const byte Class64 = 2, LittleEndian = 1;

    /// <summary>Decodes the header; null when these bytes are no 64 bit little-endian ELF file's.</summary>
    internal static ElfHeader? Decode(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith("\u007FELF"u8) || bytes[4] != Class64 || bytes[5] != LittleEndian
            || BinaryPrimitives.ReadUInt16LittleEndian(bytes[58..]) != ElfSection.Length)
        {
            return null;
        }

        ElfHeader header = new(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[40..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[60..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[62..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[18..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[56..]));
        return header.NamesIndex < header.Count ? header : null;
    }
}
