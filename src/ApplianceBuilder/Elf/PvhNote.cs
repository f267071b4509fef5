// The note by which a kernel says where a hypervisor enters it directly: Xen's number 18, the entry in 32 bit mode.
using System.Buffers.Binary;

namespace Guestfs.Appliances.Elf;

/// <summary>Looks for the PVH entry of a kernel.</summary>
internal static class PvhNote
{
    private const int HeaderLength = 64, Machine = 62, TableOffset = 32, EntryLengthOffset = 54, CountOffset = 56, ProgramHeaderLength = 56;
    private const int NoteSegment = 4, NoteHeaderLength = 12, EntryNote = 18, Alignment = 4;

    /// <summary>Where in an x86_64 ELF file the address of its PVH entry is; null in what has none.</summary>
    internal static int? Find(ReadOnlySpan<byte> elf)
    {
        if (elf.Length < HeaderLength || !elf.StartsWith("\u007FELF\u0002\u0001"u8) || BinaryPrimitives.ReadUInt16LittleEndian(elf[18..]) != Machine
            || BinaryPrimitives.ReadUInt16LittleEndian(elf[EntryLengthOffset..]) != ProgramHeaderLength)
        {
            return null;
        }

        ulong table = BinaryPrimitives.ReadUInt64LittleEndian(elf[TableOffset..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(elf[CountOffset..]);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> segment = Part(elf, table + ((ulong)i * ProgramHeaderLength), ProgramHeaderLength);
            if (segment.Length == 0 || BinaryPrimitives.ReadUInt32LittleEndian(segment) != NoteSegment)
            {
                continue;
            }

            ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(segment[8..]);
            if (FindEntry(Part(elf, offset, BinaryPrimitives.ReadUInt64LittleEndian(segment[32..]))) is { } entry)
            {
                return (int)offset + entry;
            }
        }

        return null;
    }

    // Empty where the file does not have these bytes.
    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> elf, ulong offset, ulong length) =>
        offset <= (ulong)elf.Length && length <= (ulong)elf.Length - offset ? elf.Slice((int)offset, (int)length) : [];

    private static int? FindEntry(ReadOnlySpan<byte> notes)
    {
        int at = 0;
        while (notes.Length - at >= NoteHeaderLength)
        {
            ReadOnlySpan<byte> note = notes[at..];
            ulong name = Padded(BinaryPrimitives.ReadUInt32LittleEndian(note)), description = Padded(BinaryPrimitives.ReadUInt32LittleEndian(note[4..]));
            ulong whole = NoteHeaderLength + name + description;
            if (whole > (ulong)note.Length)
            {
                return null;
            }

            if (BinaryPrimitives.ReadUInt32LittleEndian(note[8..]) == EntryNote && description >= sizeof(uint) && note[NoteHeaderLength..].StartsWith("Xen\0"u8))
            {
                return at + NoteHeaderLength + (int)name;
            }

            at += (int)whole;
        }

        return null;
    }

    private static ulong Padded(uint length) => ((ulong)length + Alignment - 1) & ~(ulong)(Alignment - 1);
}
