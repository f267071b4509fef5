// Reads single sections of a program or library, and not the megabytes between them. Whatever does not fit is an
// InvalidDataException.
using System.Buffers.Binary;

using Guestfs.Appliances.Plan;

using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.Elf;

/// <summary>An open ELF file of 64 bits, little-endian.</summary>
internal sealed class ElfFile : IDisposable
{
    // More than the names of the largest libraries take.
    private const ulong MaxSectionSize = 64 << 20;

    private readonly IContentReader reader;
    private readonly ulong length;
    private readonly ElfHeader header;
    private readonly ElfSection[] sections;
    private byte[]? names;

    private ElfFile(IContentReader reader, ulong length, ElfHeader header)
    {
        this.reader = reader;
        this.length = length;
        this.header = header;
        byte[] table = Read(header.TableOffset, (ulong)header.Count * ShdrSize);
        sections = new ElfSection[header.Count];
        for (int i = 0; i < sections.Length; i++)
        {
            sections[i] = ElfSection.Decode(table.AsSpan(i * ShdrSize));
        }
    }

    /// <summary>The processor that it is for.</summary>
    internal ushort Machine => header.Machine;

    /// <summary>Opens a file.</summary>
    /// <returns>Null for what is no ELF file.</returns>
    /// <exception cref="InvalidDataException">It is of another kind, or damaged.</exception>
    internal static ElfFile? Open(FileContent content)
    {
        IContentReader reader = content.Open();
        try
        {
            Span<byte> bytes = stackalloc byte[EhdrSize];
            if (content.Length < bytes.Length)
            {
                reader.Dispose();
                return null;
            }

            reader.ReadExactly(0, bytes);
            if (!bytes.StartsWith(ELFMAG))
            {
                reader.Dispose();
                return null;
            }

            return new ElfFile(reader, (ulong)content.Length, ElfHeader.Decode(bytes)
                ?? throw new InvalidDataException("The header is damaged, or not of 64 bits."));
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>The bytes of the first section of that name, or null.</summary>
    /// <param name="name">The name and a NUL.</param>
    /// <exception cref="InvalidDataException">They are not all in the file.</exception>
    internal byte[]? Read(ReadOnlySpan<byte> name)
    {
        names ??= Read(sections[header.NamesIndex]);
        foreach (ElfSection section in sections)
        {
            if (section.Name < names.Length && names.AsSpan((int)section.Name).StartsWith(name))
            {
                return Read(section);
            }
        }

        return null;
    }

    /// <summary>The first section of that type, or null.</summary>
    internal ElfSection? Find(uint type)
    {
        foreach (ElfSection section in sections)
        {
            if (section.Type == type)
            {
                return section;
            }
        }

        return null;
    }

    /// <summary>All sections of that type.</summary>
    internal IEnumerable<ElfSection> FindAll(uint type) => sections.Where(section => section.Type == type);

    /// <summary>The bytes of a section.</summary>
    /// <exception cref="InvalidDataException">They are not all in the file.</exception>
    internal byte[] Read(ElfSection section) => Read(section.Offset, section.Size);

    /// <summary>The bytes of the section that a section refers to.</summary>
    /// <exception cref="InvalidDataException">There is none, or it is not all in the file.</exception>
    internal byte[] ReadLinked(ElfSection section) =>
        section.Link < sections.Length
            ? Read(sections[section.Link])
            : throw new InvalidDataException("A section refers to one that does not exist.");

    /// <summary>The path of the loader that a program asks for, or null.</summary>
    /// <exception cref="InvalidDataException">It is not all in the file.</exception>
    internal string? ReadInterpreter()
    {
        byte[] segments = Read(header.SegmentsOffset, (ulong)header.SegmentCount * PhdrSize);
        for (int at = 0; at < segments.Length; at += PhdrSize)
        {
            ReadOnlySpan<byte> segment = segments.AsSpan(at);
            if (BinaryPrimitives.ReadUInt32LittleEndian(segment[p_type..]) == PT_INTERP)
            {
                return ElfText.Read(Read(BinaryPrimitives.ReadUInt64LittleEndian(segment[p_offset..]),
                    BinaryPrimitives.ReadUInt64LittleEndian(segment[p_filesz..])), 0);
            }
        }

        return null;
    }

    public void Dispose() => reader.Dispose();

    private byte[] Read(ulong offset, ulong count)
    {
        if (offset > length || count > length - offset || count > MaxSectionSize)
        {
            throw new InvalidDataException("The file ends before its contents do.");
        }

        byte[] bytes = new byte[count];
        reader.ReadExactly((long)offset, bytes);
        return bytes;
    }
}
