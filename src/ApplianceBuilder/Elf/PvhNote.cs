using System.Buffers.Binary;

using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.Elf;

/// <summary>The note by which a kernel says where a hypervisor enters it directly: Xen's number 18, the entry in 32 bit mode.</summary>
internal static class PvhNote
{
    // XEN_ELFNOTE_PHYS32_ENTRY.
    private const uint EntryNote = 18;
    private const int Alignment = 4;

    /// <summary>Where in an x86_64 ELF file the address of its PVH entry is; null in what has none.</summary>
    internal static int? Find(ReadOnlySpan<byte> elf)
    {
        if (elf.Length < EhdrSize || !elf.StartsWith(ELFMAG) || elf[EI_CLASS] != ELFCLASS64 || elf[EI_DATA] != ELFDATA2LSB
            || BinaryPrimitives.ReadUInt16LittleEndian(elf[e_machine..]) != EM_X86_64
            || BinaryPrimitives.ReadUInt16LittleEndian(elf[e_phentsize..]) != PhdrSize)
        {
            return null;
        }

        ulong table = BinaryPrimitives.ReadUInt64LittleEndian(elf[e_phoff..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(elf[e_phnum..]);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> segment = Part(elf, table + ((ulong)i * PhdrSize), PhdrSize);
            if (segment.Length == 0 || BinaryPrimitives.ReadUInt32LittleEndian(segment[p_type..]) != PT_NOTE)
            {
                continue;
            }

            ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(segment[p_offset..]);
            if (FindEntry(Part(elf, offset, BinaryPrimitives.ReadUInt64LittleEndian(segment[p_filesz..]))) is { } entry)
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
        while (notes.Length - at >= NhdrSize)
        {
            ReadOnlySpan<byte> note = notes[at..];
            ulong name = Padded(BinaryPrimitives.ReadUInt32LittleEndian(note[n_namesz..])),
                description = Padded(BinaryPrimitives.ReadUInt32LittleEndian(note[n_descsz..]));
            ulong whole = NhdrSize + name + description;
            if (whole > (ulong)note.Length)
            {
                return null;
            }

            if (BinaryPrimitives.ReadUInt32LittleEndian(note[n_type..]) == EntryNote
                && description >= sizeof(uint)
                && note[NhdrSize..].StartsWith("Xen\0"u8))
            {
                return at + NhdrSize + (int)name;
            }

            at += (int)whole;
        }

        return null;
    }

    private static ulong Padded(uint length) => ((ulong)length + Alignment - 1) & ~(ulong)(Alignment - 1);
}
