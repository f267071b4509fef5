using Guestfs.Appliances.Elf;

using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.Modules;

/// <summary>All that the indexes need to know of a module: what it says of itself, and the symbols that it has and needs.</summary>
internal sealed record ModuleInfo
{
    // The kernel's own limit is an eighth of it. Without one, a forged table could make a gigabyte of names of a megabyte.
    private const int MaxSymbolLength = 4096;

    /// <summary>Its file.</summary>
    public required ModuleFile File { get; init; }

    /// <summary>Its other names, in which <c>*</c>, <c>?</c> and <c>[]</c> stand for others.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>Lists of modules to load before or after it, if they are there.</summary>
    public required IReadOnlyList<string> SoftDependencies { get; init; }

    /// <summary>The symbols that it has for other modules.</summary>
    public required IReadOnlyList<string> Exports { get; init; }

    /// <summary>The symbols that it needs of the kernel or of other modules, in the order of its symbol table.</summary>
    public required IReadOnlyList<string> Imports { get; init; }

    /// <summary>Reads a module.</summary>
    /// <exception cref="ApplianceException">It cannot be read, or is damaged.</exception>
    internal static ModuleInfo Read(ModuleFile file)
    {
        using ModuleSections sections = ModuleSections.Open(file.Module);
        byte[] information = sections.Read(".modinfo\0"u8);
        (List<string> exports, List<string> imports) = ReadSymbols(sections);
        return new ModuleInfo
        {
            File = file,
            Aliases = Values(information, "alias="u8),
            SoftDependencies = Values(information, "softdep="u8),
            Exports = exports,
            Imports = imports,
        };
    }

    private static List<string> Values(ReadOnlySpan<byte> information, ReadOnlySpan<byte> name)
    {
        List<string> values = [];
        foreach (Range range in information.Split((byte)0))
        {
            ReadOnlySpan<byte> text = information[range];
            if (text.StartsWith(name))
            {
                values.Add(LosslessUtf8.GetString(text[name.Length..]));
            }
        }

        return values;
    }

    private static (List<string> Exports, List<string> Imports) ReadSymbols(ModuleSections sections)
    {
        ReadOnlySpan<byte> table = sections.Read(".symtab\0"u8);
        ReadOnlySpan<byte> names = sections.Read(".strtab\0"u8);
        List<string> exports = [], imports = [];

        // The first entry stands for no symbol.
        for (int at = SymSize; at <= table.Length - SymSize; at += SymSize)
        {
            ElfSymbol symbol = ElfSymbol.Decode(table[at..]);
            if (symbol.Name >= names.Length)
            {
                throw sections.Damaged();
            }

            ReadOnlySpan<byte> name = names[(int)symbol.Name..];
            if (symbol.IsUndefined && name[0] != 0)
            {
                imports.Add(Text(name, sections));
            }

            if (name.StartsWith("__crc_"u8))
            {
                exports.Add(Text(name["__crc_".Length..], sections));
            }
        }

        return (exports.Count > 0 ? exports : ExportsWithoutVersions(sections), imports);
    }

    // A kernel without symbol versions: only this section then tells exported symbols from others.
    private static List<string> ExportsWithoutVersions(ModuleSections sections)
    {
        List<string> exports = [];
        ReadOnlySpan<byte> names = sections.Find("__ksymtab_strings\0"u8);
        foreach (Range range in names.Split((byte)0))
        {
            if (!names[range].IsEmpty)
            {
                exports.Add(LosslessUtf8.GetString(names[range]));
            }
        }

        return exports;
    }

    private static string Text(ReadOnlySpan<byte> bytes, ModuleSections sections)
    {
        int end = bytes[..Math.Min(bytes.Length, MaxSymbolLength)].IndexOf((byte)0);
        return end >= 0 ? LosslessUtf8.GetString(bytes[..end]) : throw sections.Damaged();
    }
}
