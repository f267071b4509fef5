// Lays out a shared library: one segment of what is only read and run, one of what the loader fills in and then makes
// read-only, and of what is written to. Few segments, for each costs the loader a call of the kernel. Addresses are
// offsets in the file.
using System.Buffers.Binary;

namespace Guestfs.Appliances.Elf;

/// <summary>A shared library that is being written.</summary>
internal sealed class SharedLibraryImage
{
    private const int HeaderLength = 64, ProgramHeaderLength = 56, SectionHeaderLength = 64, ProgramHeaders = 5;
    private const uint LoadType = 1, DynamicType = 2, StackType = 0x6474E551, RelroType = 0x6474E552;
    private const uint Execute = 1, Write = 2, Read = 4;
    private const uint NamesSectionType = 3;

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
        int at = Place(readOnly, HeaderLength + (ProgramHeaders * ProgramHeaderLength));
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
        OutputSection namesSection = new(NamesName, NamesSectionType, 0, names.ToBytes()) { Alignment = 1, Address = data.End };
        sections = [.. sections, namesSection];
        int table = RoundUp(namesSection.End, 8);
        byte[] file = new byte[table + ((sections.Length + 1) * SectionHeaderLength)];
        WriteHeader(file, table, sections.Length + 1);
        WriteProgramHeaders(file.AsSpan(HeaderLength));
        for (int i = 0; i < sections.Length; i++)
        {
            sections[i].Content.CopyTo(file, sections[i].Address);
            WriteSectionHeader(file.AsSpan(table + ((i + 1) * SectionHeaderLength)), sections[i], names);
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
        ReadOnlySpan<byte> identity = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        identity.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[16..], 3);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[18..], machine);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[20..], 1);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[32..], HeaderLength);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[40..], table);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[52..], HeaderLength);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[54..], ProgramHeaderLength);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[56..], ProgramHeaders);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[58..], SectionHeaderLength);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[60..], (ushort)count);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[62..], (ushort)(count - 1));
    }

    private void WriteProgramHeaders(Span<byte> bytes)
    {
        OutputSection dynamic = relocated.Single(section => section.Type == DynamicSection.SectionType);
        int relocatedStart = relocated[0].Address;
        WriteProgramHeader(bytes, LoadType, Read | Execute, 0, readOnly[^1].End, pageSize);
        WriteProgramHeader(bytes[ProgramHeaderLength..], LoadType, Read | Write, relocatedStart, data.End - relocatedStart, pageSize);
        WriteProgramHeader(bytes[(2 * ProgramHeaderLength)..], DynamicType, Read | Write, dynamic.Address, dynamic.Content.Length, dynamic.Alignment);

        // Without it the loader would make the stack executable.
        WriteProgramHeader(bytes[(3 * ProgramHeaderLength)..], StackType, Read | Write, 0, 0, 16);
        WriteProgramHeader(bytes[(4 * ProgramHeaderLength)..], RelroType, Read, relocatedStart, data.Address - relocatedStart, 1);
    }

    private static void WriteProgramHeader(Span<byte> bytes, uint type, uint flags, int address, int length, int alignment)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, type);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], flags);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], address);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], address);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], address);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[40..], length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[48..], alignment);
    }

    private void WriteSectionHeader(Span<byte> bytes, OutputSection section, ElfStringTable names)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes, names.Add(section.Name));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], section.Type);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], section.Flags);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], section.Flags == 0 ? 0 : section.Address);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], section.Address);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], section.Content.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[40..], section.Link is { } link ? IndexOf(link) : 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[44..], section.Information);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[48..], section.Alignment);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[56..], section.EntryLength);
    }
}
