// Reads single sections of a program or library, and not the megabytes between them. Whatever does not fit is an
// InvalidDataException, which never leaves this folder.
using System.Buffers.Binary;

using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Elf;

/// <summary>An open ELF file of 64 bits, little-endian.</summary>
internal sealed class ElfFile : IDisposable
{
    // More than the names of the largest libraries take.
    private const ulong MaxSectionSize = 64 << 20;
    private const int SegmentLength = 56;
    private const uint InterpreterType = 3;

    private readonly IContentReader reader;
    private readonly ulong length;
    private readonly ElfHeader header;
    private readonly ElfSection[] sections;

    private ElfFile(IContentReader reader, ulong length, ElfHeader header)
    {
        this.reader = reader;
        this.length = length;
        this.header = header;
        byte[] table = Read(header.TableOffset, (ulong)header.Count * ElfSection.Length);
        sections = new ElfSection[header.Count];
        for (int i = 0; i < sections.Length; i++)
        {
            sections[i] = ElfSection.Decode(table.AsSpan(i * ElfSection.Length));
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
            Span<byte> bytes = stackalloc byte[ElfHeader.Length];
            if (content.Length < bytes.Length)
            {
                reader.Dispose();
                return null;
            }

            reader.ReadExactly(0, bytes);
            if (!bytes.StartsWith("\u007FELF"u8))
            {
                reader.Dispose();
                return null;
            }

            return new ElfFile(reader, (ulong)content.Length, ElfHeader.Decode(bytes) ?? throw new InvalidDataException("The header is damaged, or not of 64 bits."));
        }
        catch
        {
            reader.Dispose();
            throw;
        }
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
        section.Link < sections.Length ? Read(sections[section.Link]) : throw new InvalidDataException("A section refers to one that is not there.");

    /// <summary>The path of the loader that a program asks for, or null.</summary>
    /// <exception cref="InvalidDataException">It is not all in the file.</exception>
    internal string? ReadInterpreter()
    {
        byte[] segments = Read(header.SegmentsOffset, (ulong)header.SegmentCount * SegmentLength);
        for (int at = 0; at < segments.Length; at += SegmentLength)
        {
            ReadOnlySpan<byte> segment = segments.AsSpan(at);
            if (BinaryPrimitives.ReadUInt32LittleEndian(segment) == InterpreterType)
            {
                return ElfText.Read(Read(BinaryPrimitives.ReadUInt64LittleEndian(segment[8..]), BinaryPrimitives.ReadUInt64LittleEndian(segment[32..])), 0);
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
