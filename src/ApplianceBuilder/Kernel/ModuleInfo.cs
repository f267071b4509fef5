// What a kernel module says of itself: the ELF section .modinfo, a list of NUL-terminated "name=value" texts.
namespace Guestfs.Appliances;

/// <summary>Reads the information in a kernel module's file.</summary>
internal static class ModuleInfo
{
    /// <summary>The names of the modules that a module needs itself, as <c>modinfo -F depends</c> prints them; null when the file is damaged.</summary>
    internal static string[]? DecodeDependencies(ReadOnlySpan<byte> module)
    {
        if (FindSection(module, ".modinfo\0"u8, out ReadOnlySpan<byte> information))
        {
            foreach (Range range in information.Split((byte)0))
            {
                ReadOnlySpan<byte> text = information[range];
                if (text.StartsWith("depends="u8))
                {
                    return LosslessUtf8.GetString(text["depends=".Length..]).Split(',', StringSplitOptions.RemoveEmptyEntries);
                }
            }
        }

        return null;
    }

    private static bool FindSection(ReadOnlySpan<byte> file, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> section)
    {
        section = default;
        if (file.Length < ElfHeader.Length
            || ElfHeader.Decode(file) is not { } header
            || !TrySlice(file, header.TableOffset, (ulong)header.Count * ElfSection.Length, out ReadOnlySpan<byte> table)
            || !TryContent(file, SectionAt(table, header.NamesIndex), out ReadOnlySpan<byte> names))
        {
            return false;
        }

        for (int i = 0; i < header.Count; i++)
        {
            ElfSection candidate = SectionAt(table, i);
            if (candidate.Name < names.Length && names[(int)candidate.Name..].StartsWith(name))
            {
                return TryContent(file, candidate, out section);
            }
        }

        return false;
    }

    private static ElfSection SectionAt(ReadOnlySpan<byte> table, int index) => ElfSection.Decode(table[(index * ElfSection.Length)..]);

    private static bool TryContent(ReadOnlySpan<byte> file, ElfSection section, out ReadOnlySpan<byte> content) =>
        TrySlice(file, section.Offset, section.Size, out content);

    private static bool TrySlice(ReadOnlySpan<byte> file, ulong offset, ulong length, out ReadOnlySpan<byte> slice)
    {
        bool fits = offset <= (ulong)file.Length && length <= (ulong)file.Length - offset;
        slice = fits ? file.Slice((int)offset, (int)length) : default;
        return fits;
    }
}
