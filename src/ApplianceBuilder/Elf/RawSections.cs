using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.Elf;

/// <summary>The table of sections of a file in memory, to be changed there.</summary>
internal readonly ref struct RawSections
{
    private RawSections(Span<byte> table, ReadOnlySpan<byte> names)
    {
        Table = table;
        Names = names;
    }

    /// <summary>The headers, one after the other; empty where the file is none of ELF or has none that fit.</summary>
    internal Span<byte> Table { get; }

    private ReadOnlySpan<byte> Names { get; }

    /// <summary>Finds them.</summary>
    internal static RawSections Of(Span<byte> file)
    {
        if (file.Length < EhdrSize || ElfHeader.Decode(file) is not { } header)
        {
            return default;
        }

        ulong size = (ulong)header.Count * ShdrSize;
        if (size == 0 || header.NamesIndex >= header.Count || !Fits(file, header.TableOffset, size))
        {
            return default;
        }

        Span<byte> table = file.Slice((int)header.TableOffset, (int)size);
        ElfSection names = ElfSection.Decode(table[(header.NamesIndex * ShdrSize)..]);
        return Fits(file, names.Offset, names.Size)
            ? new RawSections(table, file.Slice((int)names.Offset, (int)names.Size))
            : default;
    }

    /// <summary>Whether a section has a name, which ends with a zero byte.</summary>
    internal bool IsNamed(ElfSection section, ReadOnlySpan<byte> name) =>
        section.Name < Names.Length && Names[(int)section.Name..].StartsWith(name);

    /// <summary>Whether a part of a file is in it.</summary>
    internal static bool Fits(ReadOnlySpan<byte> file, ulong offset, ulong size) =>
        offset <= (ulong)file.Length && size <= (ulong)file.Length - offset;
}
