// A program or shared library of the plan as the loader sees it: what it needs, and the symbols it has and uses.
using System.Buffers.Binary;

using Guestfs.Appliances.Plan;

using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.Elf;

/// <summary>A dynamically linked program or shared library.</summary>
internal sealed class ElfObject
{
    private readonly Lazy<(IReadOnlyList<DynamicSymbol> Symbols, IReadOnlyList<VersionDefinition> Versions)> symbols;

    private ElfObject(PlanEntry entry, ElfFile file, ElfSection dynamic)
    {
        Entry = entry;
        byte[] table = file.Read(dynamic), names = file.ReadLinked(dynamic);
        List<string> needed = [];
        ulong flags = 0, flags1 = 0;
        for (int at = 0; at <= table.Length - DynSize; at += DynSize)
        {
            ulong value = BinaryPrimitives.ReadUInt64LittleEndian(table.AsSpan(at + d_un));
            switch ((DynamicTag)BinaryPrimitives.ReadUInt64LittleEndian(table.AsSpan(at + d_tag)))
            {
                case DynamicTag.Needed:
                    needed.Add(ElfText.Read(names, value));
                    break;
                case DynamicTag.Soname:
                    Soname = ElfText.Read(names, value);
                    break;
                case DynamicTag.Rpath:
                    HasRpath = true;
                    break;
                case DynamicTag.Flags:
                    flags = value;
                    break;
                case DynamicTag.Flags1:
                    flags1 = value;
                    break;
            }
        }

        Needed = needed;
        Interpreter = file.ReadInterpreter();
        UsesDlopen = names.AsSpan().IndexOf("\0dlopen\0"u8) >= 0 || names.AsSpan().IndexOf("\0dlmopen\0"u8) >= 0;
        WhyNotLate = (flags & DF_STATIC_TLS) != 0 ? "has thread-local data whose place is fixed when the program starts (DF_STATIC_TLS)"
            : (flags1 & DF_1_NOOPEN) != 0 ? "must not be loaded later (DF_1_NOOPEN)"
            : (flags1 & DF_1_INITFIRST) != 0 ? "must be initialised before all others (DF_1_INITFIRST)"
            : (flags1 & DF_1_INTERPOSE) != 0 ? "takes the place of other libraries' functions (DF_1_INTERPOSE)"
            : null;
        symbols = new(ReadSymbols);
    }

    /// <summary>The file.</summary>
    internal PlanEntry Entry { get; }

    /// <summary>Its path.</summary>
    internal string Path => Entry.Path;

    /// <summary>The name by which others need it.</summary>
    internal string? Soname { get; }

    /// <summary>The names of the libraries that it needs, in order.</summary>
    internal IReadOnlyList<string> Needed { get; }

    /// <summary>The path of the loader that a program asks for; null for most libraries.</summary>
    internal string? Interpreter { get; }

    /// <summary>Whether it says itself, before all other ways, where its libraries are.</summary>
    internal bool HasRpath { get; }

    /// <summary>Whether it can load libraries by names that are not among those.</summary>
    internal bool UsesDlopen { get; }

    /// <summary>Why it cannot be loaded after the program's start; null if it can.</summary>
    internal string? WhyNotLate { get; }

    /// <summary>Its symbols, read when they are first asked for.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    internal IReadOnlyList<DynamicSymbol> Symbols => symbols.Value.Symbols;

    /// <summary>The versions that it defines.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    internal IReadOnlyList<VersionDefinition> Versions => symbols.Value.Versions;

    /// <summary>Reads a file.</summary>
    /// <returns>Null where the loader has nothing to do with it.</returns>
    /// <exception cref="InvalidDataException">It is an ELF file and damaged.</exception>
    internal static ElfObject? Read(PlanEntry entry, ushort machine)
    {
        using ElfFile? file = ElfFile.Open(entry.Content!);
        return file is not null && file.Machine == machine && file.Find(SHT_DYNAMIC) is { } dynamic
            ? new ElfObject(entry, file, dynamic)
            : null;
    }

    /// <summary>Whether a use of a symbol finds this definition of the same name in this object.</summary>
    internal bool Satisfies(DynamicSymbol use, DynamicSymbol definition) =>
        use.Version is null ? definition.IsDefault
        : definition.Version is null ? Versions.Count == 0
        : definition.Version == use.Version;

    private (IReadOnlyList<DynamicSymbol> Symbols, IReadOnlyList<VersionDefinition> Versions) ReadSymbols()
    {
        using ElfFile file = ElfFile.Open(Entry.Content!) ?? throw new InvalidDataException("It is no longer an ELF file.");
        return SymbolReader.Read(file);
    }
}
