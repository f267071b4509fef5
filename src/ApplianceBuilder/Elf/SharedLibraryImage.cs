// Lays out a shared library: one segment of what is only read and run, one of what the loader fills in and then makes
// read-only, and of what is written to. Few segments, for each costs the loader a call of the kernel. Addresses are
// offsets in the file.
using System.Buffers.Binary;

using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.Elf;

/// <summary>A shared library that is being written.</summary>
internal sealed class SharedLibraryImage
{
    private const int ProgramHeaders = 5;

    private readonly ushort machine;
    private readonly int pageSize;
    private readonly OutputSection[] readOnly;
    private readonly OutputSection[] relocated;
    private readonly OutputSection data;

    /// <summary>Gives all sections their addresses.</summary>
    /// <param name="machine">The processor.</param>
    /// <param name="pageSize">The largest page of its kernels.</param>
    /// <param name="readOnly">What is read and run.</param>
    /// <param name="relocated">What the loader fills in.</param>
    /// <param name="data">What is written to.</param>
    internal SharedLibraryImage(ushort machine, int pageSize, OutputSection[] readOnly, OutputSection[] relocated, OutputSection data)
    {
        this.machine = machine;
        this.pageSize = pageSize;
        this.readOnly = readOnly;
        this.relocated = relocated;
        this.data = data;
        int at = Place(readOnly, EhdrSize + (ProgramHeaders * PhdrSize));
        at = Place(relocated, RoundUp(at, pageSize));
        Place([data], RoundUp(at, pageSize));
    }

    private IEnumerable<OutputSection> Sections => readOnly.Concat(relocated).Append(data);

    /// <summary>The number by which symbols refer to a section.</summary>
    internal ushort IndexOf(OutputSection section) => (ushort)(1 + Sections.TakeWhile(other => other != section).Count());

    /// <summary>The file.</summary>
    internal byte[] ToBytes()
    {
        ElfStringTable names = new();
        OutputSection[] sections = [.. Sections];
        foreach (OutputSection section in sections)
        {
            names.Add(section.Name);
        }

        const string NamesName = ".shstrtab";
        names.Add(NamesName);
        OutputSection namesSection = new(NamesName, SHT_STRTAB, 0, names.ToBytes()) { Alignment = 1, Address = data.End };
        sections = [.. sections, namesSection];
        int table = RoundUp(namesSection.End, 8);
        byte[] file = new byte[table + ((sections.Length + 1) * ShdrSize)];
        WriteHeader(file, table, sections.Length + 1);
        WriteProgramHeaders(file.AsSpan(EhdrSize));
        for (int i = 0; i < sections.Length; i++)
        {
            sections[i].Content.CopyTo(file, sections[i].Address);
            WriteSectionHeader(file.AsSpan(table + ((i + 1) * ShdrSize)), sections[i], names);
        }

        return file;
    }

    private static int RoundUp(int value, int alignment) => (value + alignment - 1) / alignment * alignment;

    private static int Place(OutputSection[] sections, int at)
    {
        foreach (OutputSection section in sections)
        {
            section.Address = RoundUp(at, section.Alignment);
            at = section.End;
        }

        return at;
    }

    private void WriteHeader(Span<byte> bytes, int table, int count)
    {
        ELFMAG.CopyTo(bytes);
        bytes[EI_CLASS] = ELFCLASS64;
        bytes[EI_DATA] = ELFDATA2LSB;
        bytes[EI_VERSION] = EV_CURRENT;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[e_type..], ET_DYN);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[e_machine..], machine);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[e_version..], EV_CURRENT);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[e_phoff..], EhdrSize);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[e_shoff..], table);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[e_ehsize..], EhdrSize);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[e_phentsize..], PhdrSize);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[e_phnum..], ProgramHeaders);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[e_shentsize..], ShdrSize);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[e_shnum..], (ushort)count);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[e_shstrndx..], (ushort)(count - 1));
    }

    private void WriteProgramHeaders(Span<byte> bytes)
    {
        OutputSection dynamic = relocated.Single(section => section.Type == SHT_DYNAMIC);
        int relocatedStart = relocated[0].Address;
        WriteProgramHeader(bytes, PT_LOAD, PF_R | PF_X, 0, readOnly[^1].End, pageSize);
        WriteProgramHeader(bytes[PhdrSize..], PT_LOAD, PF_R | PF_W, relocatedStart, data.End - relocatedStart, pageSize);
        WriteProgramHeader(bytes[(2 * PhdrSize)..], PT_DYNAMIC, PF_R | PF_W, dynamic.Address, dynamic.Content.Length, dynamic.Alignment);

        // Without it the loader would make the stack executable.
        WriteProgramHeader(bytes[(3 * PhdrSize)..], PT_GNU_STACK, PF_R | PF_W, 0, 0, 16);
        WriteProgramHeader(bytes[(4 * PhdrSize)..], PT_GNU_RELRO, PF_R, relocatedStart, data.Address - relocatedStart, 1);
    }

    private static void WriteProgramHeader(Span<byte> bytes, uint type, uint flags, int address, int length, int alignment)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[p_type..], type);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[p_flags..], flags);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[p_offset..], address);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[p_vaddr..], address);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[p_paddr..], address);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[p_filesz..], length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[p_memsz..], length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[p_align..], alignment);
    }

    private void WriteSectionHeader(Span<byte> bytes, OutputSection section, ElfStringTable names)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes[sh_name..], names.Add(section.Name));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[sh_type..], section.Type);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[sh_flags..], section.Flags);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[sh_addr..], section.Flags == 0 ? 0 : section.Address);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[sh_offset..], section.Address);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[sh_size..], section.Content.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[sh_link..], section.Link is { } link ? IndexOf(link) : 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[sh_info..], section.Information);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[sh_addralign..], section.Alignment);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[sh_entsize..], section.EntryLength);
    }
}
