using System.Buffers.Binary;

using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.Elf;

/// <summary>Reads the dynamic symbols of a program or library, each with its version.</summary>
internal static class SymbolReader
{
    // The highest bit of a version's index: a use without version does not find the symbol. Indexes 0 and 1 are no versions.
    private const ushort HiddenBit = 0x8000, MinVersion = 2;

    /// <summary>The symbols; empty where there are none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    internal static (IReadOnlyList<DynamicSymbol> Symbols, IReadOnlyList<VersionDefinition> Versions) Read(ElfFile file)
    {
        if (file.Find(SHT_DYNSYM) is not { } section)
        {
            return ([], []);
        }

        byte[] table = file.Read(section), names = file.ReadLinked(section);
        List<VersionDefinition> definitions = ReadDefinitions(file);
        Dictionary<int, string> versions = ReadNeeds(file);
        foreach (VersionDefinition definition in definitions.Where(definition => (definition.Flags & VER_FLG_BASE) == 0))
        {
            versions[definition.Index] = definition.Name;
        }

        byte[] indexes = file.Find(SHT_GNU_versym) is { } indexSection ? file.Read(indexSection) : [];
        HashSet<uint> copies = ReadCopies(file);
        List<DynamicSymbol> symbols = new(table.Length / SymSize);

        // The first entry stands for no symbol.
        for (int i = 1; i < table.Length / SymSize; i++)
        {
            ElfSymbol symbol = ElfSymbol.Decode(table.AsSpan(i * SymSize, SymSize));
            ushort index = indexes.Length == 0 ? VER_NDX_GLOBAL
                : (i + 1) * sizeof(ushort) <= indexes.Length ? BinaryPrimitives.ReadUInt16LittleEndian(indexes.AsSpan(i * sizeof(ushort)))
                : throw new InvalidDataException("A symbol has no version.");
            int version = index & ~HiddenBit;
            symbols.Add(new DynamicSymbol(
                ElfText.Read(names, symbol.Name),
                version < MinVersion ? null : versions.GetValueOrDefault(version),
                !symbol.IsUndefined,
                copies.Contains((uint)i),
                (index & HiddenBit) == 0,
                index,
                symbol.Info,
                symbol.Other));
        }

        return (symbols, definitions);
    }

    // What a program takes of a library's data without being compiled for it lies in the program itself, and is copied
    // there from the library.
    private static HashSet<uint> ReadCopies(ElfFile file)
    {
        uint copy = file.Machine == EM_X86_64 ? R_X86_64_COPY : R_AARCH64_COPY;
        HashSet<uint> copies = [];
        foreach (ElfSection section in file.FindAll(SHT_RELA))
        {
            byte[] bytes = file.Read(section);
            for (int at = 0; at <= bytes.Length - RelaSize; at += RelaSize)
            {
                if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + r_info)) == copy)
                {
                    copies.Add(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + r_info + sizeof(uint))));
                }
            }
        }

        return copies;
    }

    private static List<VersionDefinition> ReadDefinitions(ElfFile file)
    {
        List<VersionDefinition> definitions = [];
        if (file.Find(SHT_GNU_verdef) is not { } section)
        {
            return definitions;
        }

        byte[] bytes = file.Read(section), names = file.ReadLinked(section);
        ulong at = 0;
        for (uint i = 0; i < section.Information; i++)
        {
            ReadOnlySpan<byte> entry = Part(bytes, at, VerdefSize);
            ReadOnlySpan<byte> name = Part(bytes, at + BinaryPrimitives.ReadUInt32LittleEndian(entry[vd_aux..]), VerdauxSize);
            definitions.Add(new VersionDefinition(
                BinaryPrimitives.ReadUInt16LittleEndian(entry[vd_ndx..]),
                BinaryPrimitives.ReadUInt16LittleEndian(entry[vd_flags..]),
                ElfText.Read(names, BinaryPrimitives.ReadUInt32LittleEndian(name[vda_name..]))));
            at += Forward(BinaryPrimitives.ReadUInt32LittleEndian(entry[vd_next..]), i + 1 == section.Information);
        }

        return definitions;
    }

    private static Dictionary<int, string> ReadNeeds(ElfFile file)
    {
        Dictionary<int, string> versions = [];
        if (file.Find(SHT_GNU_verneed) is not { } section)
        {
            return versions;
        }

        byte[] bytes = file.Read(section), names = file.ReadLinked(section);
        ulong at = 0;
        for (uint i = 0; i < section.Information; i++)
        {
            ReadOnlySpan<byte> entry = Part(bytes, at, VerneedSize);
            int count = BinaryPrimitives.ReadUInt16LittleEndian(entry[vn_cnt..]);
            ulong part = at + BinaryPrimitives.ReadUInt32LittleEndian(entry[vn_aux..]);
            for (int j = 0; j < count; j++)
            {
                ReadOnlySpan<byte> version = Part(bytes, part, VernauxSize);
                versions[BinaryPrimitives.ReadUInt16LittleEndian(version[vna_other..]) & ~HiddenBit] = ElfText.Read(
                    names, BinaryPrimitives.ReadUInt32LittleEndian(version[vna_name..]));
                part += Forward(BinaryPrimitives.ReadUInt32LittleEndian(version[vna_next..]), j + 1 == count);
            }

            at += Forward(BinaryPrimitives.ReadUInt32LittleEndian(entry[vn_next..]), i + 1 == section.Information);
        }

        return versions;
    }

    // Entries are lists by offset: one that did not go forward could be walked for ever.
    private static uint Forward(uint next, bool isLast) =>
        next > 0 || isLast ? next : throw new InvalidDataException("A list of versions ends too early.");

    private static ReadOnlySpan<byte> Part(byte[] bytes, ulong at, int count) =>
        at <= (ulong)bytes.Length && (ulong)bytes.Length - at >= (ulong)count
            ? bytes.AsSpan((int)at, count)
            : throw new InvalidDataException("A list of versions is not all in its section.");
}

/// <summary>A version of symbols that a library defines.</summary>
/// <param name="Index">By which its symbols refer to it.</param>
/// <param name="Flags">Whether it is the library itself, and whether it is weak.</param>
/// <param name="Name">Its name.</param>
internal readonly record struct VersionDefinition(ushort Index, ushort Flags, string Name);
