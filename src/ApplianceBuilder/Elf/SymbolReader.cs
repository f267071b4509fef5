// Reads the dynamic symbols of a program or library, each with its version.
using System.Buffers.Binary;

namespace Guestfs.Appliances.Elf;

/// <summary>Reads symbols and versions.</summary>
internal static class SymbolReader
{
    private const uint RelocationsType = 4, SymbolsType = 11, VersionIndexesType = 0x6FFFFFFF, DefinitionsType = 0x6FFFFFFD, NeedsType = 0x6FFFFFFE;
    private const ushort HiddenBit = 0x8000, FirstVersion = 2;

    /// <summary>The symbols; empty where there are none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    internal static (IReadOnlyList<DynamicSymbol> Symbols, IReadOnlyList<VersionDefinition> Versions) Read(ElfFile file)
    {
        if (file.Find(SymbolsType) is not { } section)
        {
            return ([], []);
        }

        byte[] table = file.Read(section), names = file.ReadLinked(section);
        List<VersionDefinition> definitions = ReadDefinitions(file);
        Dictionary<int, string> versions = ReadNeeds(file);
        foreach (VersionDefinition definition in definitions.Where(definition => (definition.Flags & VersionDefinition.Base) == 0))
        {
            versions[definition.Index] = definition.Name;
        }

        byte[] indexes = file.Find(VersionIndexesType) is { } indexSection ? file.Read(indexSection) : [];
        HashSet<uint> copies = ReadCopies(file);
        List<DynamicSymbol> symbols = new(table.Length / DynamicSymbol.Length);

        // The first entry stands for no symbol.
        for (int i = 1; i < table.Length / DynamicSymbol.Length; i++)
        {
            ReadOnlySpan<byte> entry = table.AsSpan(i * DynamicSymbol.Length, DynamicSymbol.Length);
            ushort index = indexes.Length == 0 ? (ushort)1
                : (i + 1) * sizeof(ushort) <= indexes.Length ? BinaryPrimitives.ReadUInt16LittleEndian(indexes.AsSpan(i * sizeof(ushort)))
                : throw new InvalidDataException("A symbol has no version.");
            int version = index & ~HiddenBit;
            symbols.Add(new DynamicSymbol(
                ElfText.Read(names, BinaryPrimitives.ReadUInt32LittleEndian(entry)),
                version < FirstVersion ? null : versions.GetValueOrDefault(version),
                BinaryPrimitives.ReadUInt16LittleEndian(entry[6..]) != 0,
                copies.Contains((uint)i),
                (index & HiddenBit) == 0,
                index,
                entry[4],
                entry[5]));
        }

        return (symbols, definitions);
    }

    // What a program takes of a library's data without being compiled for it lies in the program itself, and is copied
    // there from the library. struct Rela: address, type with symbol, addend.
    private static HashSet<uint> ReadCopies(ElfFile file)
    {
        uint copy = file.Machine == ElfMachine.X64 ? 5U : 1024U;
        HashSet<uint> copies = [];
        foreach (ElfSection section in file.FindAll(RelocationsType))
        {
            byte[] bytes = file.Read(section);
            for (int at = 0; at <= bytes.Length - 24; at += 24)
            {
                if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)) == copy)
                {
                    copies.Add(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12)));
                }
            }
        }

        return copies;
    }

    // struct Verdef: version, flags, index, number of names, hash, offset of the names, offset of the next.
    private static List<VersionDefinition> ReadDefinitions(ElfFile file)
    {
        List<VersionDefinition> definitions = [];
        if (file.Find(DefinitionsType) is not { } section)
        {
            return definitions;
        }

        byte[] bytes = file.Read(section), names = file.ReadLinked(section);
        ulong at = 0;
        for (uint i = 0; i < section.Information; i++)
        {
            ReadOnlySpan<byte> entry = Part(bytes, at, 20);
            ReadOnlySpan<byte> name = Part(bytes, at + BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]), 8);
            definitions.Add(new VersionDefinition(
                BinaryPrimitives.ReadUInt16LittleEndian(entry[4..]),
                BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]),
                ElfText.Read(names, BinaryPrimitives.ReadUInt32LittleEndian(name))));
            at += Forward(BinaryPrimitives.ReadUInt32LittleEndian(entry[16..]), i + 1 == section.Information);
        }

        return definitions;
    }

    // struct Verneed: version, number of versions, file, offset of the versions, offset of the next; struct Vernaux: hash,
    // flags, index, name, offset of the next.
    private static Dictionary<int, string> ReadNeeds(ElfFile file)
    {
        Dictionary<int, string> versions = [];
        if (file.Find(NeedsType) is not { } section)
        {
            return versions;
        }

        byte[] bytes = file.Read(section), names = file.ReadLinked(section);
        ulong at = 0;
        for (uint i = 0; i < section.Information; i++)
        {
            ReadOnlySpan<byte> entry = Part(bytes, at, 16);
            int count = BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]);
            ulong part = at + BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]);
            for (int j = 0; j < count; j++)
            {
                ReadOnlySpan<byte> version = Part(bytes, part, 16);
                versions[BinaryPrimitives.ReadUInt16LittleEndian(version[6..]) & ~HiddenBit] = ElfText.Read(names, BinaryPrimitives.ReadUInt32LittleEndian(version[8..]));
                part += Forward(BinaryPrimitives.ReadUInt32LittleEndian(version[12..]), j + 1 == count);
            }

            at += Forward(BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]), i + 1 == section.Information);
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
