// Writes the tiny library that stands for a large one: same name, same functions, same versions. Each function is a stub that
// jumps through a slot; at first to the code of native/guest/lazy-library, which loads the real library and fills the slot.
using System.Buffers.Binary;

using Guestfs.Appliances.Elf;

using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.LazyLibraries;

/// <summary>A forwarding library that is being written.</summary>
internal sealed class ForwardingLibrary
{
    /// <summary>The functions of the C library that the common code calls, in the order of its struct context.</summary>
    internal static readonly string[] ImportNames = ["dlopen", "dlsym", "dlvsym", "dlerror", "__errno_location"];

    private const int PointerLength = 8, FunctionLength = 8;

    // struct context: the imports, the state, and three offsets; struct state: root, its identity, the library, what Augeas alone needs,
    // and the slots.
    private const int ContextState = 5 * PointerLength,
        ContextPath = ContextState + PointerLength,
        ContextFunctions = ContextPath + 4,
        ContextLenses = ContextFunctions + 4,
        ContextLength = ContextLenses + 4;
    private const int StateSlots = 7 * PointerLength;
    private const byte GlobalFunction = (STB_GLOBAL << 4) | STT_FUNC;
    private const int CodeAlignment = 16;

    private readonly IReadOnlyList<ForwardingImport> imports;
    private readonly LazyCode code;
    private readonly ProcessorCode processor;
    private readonly ElfStringTable names = new();
    private readonly DynamicSymbol[] functions;
    private readonly SymbolVersions versions;
    private readonly int pathName;
    private readonly int? lensesName;
    private readonly OutputSection hash, symbols, strings, versionIndexes, definitions, needs, relocations, table, text, initialisation,
        dynamic, context, state;
    private readonly DynamicSection dynamicEntries = new();
    private readonly SharedLibraryImage image;

    /// <summary>Makes a forwarding library.</summary>
    /// <param name="library">The library that it stands for, with the functions that it must have.</param>
    /// <param name="imports">Where <see cref="ImportNames"/> are, in that order.</param>
    /// <param name="code">The common code.</param>
    /// <param name="lenses">For Augeas: fewer lenses, which are enough for some files.</param>
    internal ForwardingLibrary(
        LazyCandidate library, IReadOnlyList<ForwardingImport> imports, LazyCode code, FewLenses? lenses = null)
    {
        this.imports = imports;
        this.code = code;
        processor = ProcessorCode.For(code.Machine);
        GnuHashTable hashTable = new(library.Functions);
        functions = [.. hashTable.Symbols];
        versions = new SymbolVersions(library.Real.Versions, imports, names);
        pathName = names.Add(library.Real.Path);
        lensesName = lenses is null ? null : names.Add(lenses.ToTexts());
        foreach (string name in imports.Select(import => import.Name).Concat(functions.Select(function => function.Name)))
        {
            names.Add(name);
        }

        Describe(library.Name);

        int symbolCount = 1 + imports.Count + functions.Length;
        strings = new(".dynstr", SHT_STRTAB, SHF_ALLOC, names.ToBytes()) { Alignment = 1 };
        symbols = new(".dynsym", SHT_DYNSYM, SHF_ALLOC, new byte[symbolCount * SymSize])
        {
            Link = strings, Information = 1, EntryLength = SymSize,
        };
        hash = new(".gnu.hash", SHT_GNU_HASH, SHF_ALLOC, hashTable.ToBytes(1 + imports.Count)) { Link = symbols };
        versionIndexes = new(".gnu.version", SHT_GNU_versym, SHF_ALLOC, new byte[symbolCount * sizeof(ushort)])
        {
            Link = symbols,
            Alignment = 2,
            EntryLength = sizeof(ushort),
        };
        definitions = new(".gnu.version_d", SHT_GNU_verdef, SHF_ALLOC, versions.DefinitionBytes())
        {
            Link = strings, Information = versions.DefinitionCount,
        };
        needs =
            new(".gnu.version_r", SHT_GNU_verneed, SHF_ALLOC, versions.NeedBytes()) { Link = strings, Information = versions.NeedCount };
        relocations = new(".rela.dyn", SHT_RELA, SHF_ALLOC, new byte[(RelativeRelocations + imports.Count) * RelaSize])
        {
            Link = symbols, EntryLength = RelaSize,
        };
        table = new(".rodata", SHT_PROGBITS, SHF_ALLOC, new byte[functions.Length * FunctionLength]) { Alignment = 4 };
        text =
            new(".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, new byte[CodeOffset + code.Bytes.Length]) { Alignment = CodeAlignment };
        initialisation = new(".init_array", SHT_INIT_ARRAY, SHF_ALLOC | SHF_WRITE, new byte[PointerLength]) { EntryLength = PointerLength };
        dynamic =
            new(".dynamic", SHT_DYNAMIC, SHF_ALLOC | SHF_WRITE, new byte[dynamicEntries.Length]) { Link = strings, EntryLength = DynSize };
        context = new(".data.rel.ro", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE, new byte[ContextLength]);
        state = new(".data", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE, new byte[StateSlots + (functions.Length * PointerLength)]);
        OutputSection[] versionSections =
        [
            versionIndexes,
            .. versions.DefinitionCount > 0 ? [definitions] : Array.Empty<OutputSection>(),
            .. versions.NeedCount > 0 ? [needs] : Array.Empty<OutputSection>(),
        ];
        image = new SharedLibraryImage(
            code.Machine, processor.PageSize, [hash, symbols, strings, .. versionSections, relocations, table, text],
            [initialisation, dynamic, context], state);
    }

    // The initialisation, the state, and the slots.
    private int RelativeRelocations => 2 + functions.Length;

    // Stubs, then the two bridges, then the common code.
    private int BridgeOffset => RoundUp(functions.Length * processor.StubLength);

    private int StartOffset => BridgeOffset + RoundUp(processor.BridgeLength);

    private int CodeOffset => StartOffset + RoundUp(processor.BridgeLength);

    /// <summary>The library's file.</summary>
    internal byte[] ToBytes()
    {
        WriteSymbols();
        WriteRelocations();
        WriteContext();
        WriteCode();
        dynamicEntries.WriteTo(dynamic.Content);
        return image.ToBytes();
    }

    private static int RoundUp(int value) => (value + CodeAlignment - 1) / CodeAlignment * CodeAlignment;

    private int StubAddress(int function) => text.Address + (function * processor.StubLength);

    private int SlotAddress(int function) => state.Address + StateSlots + (function * PointerLength);

    private void Describe(string soname)
    {
        foreach (string library in imports.Select(import => import.Library).Distinct(StringComparer.Ordinal))
        {
            int name = names.Add(library);
            dynamicEntries.Add(DynamicTag.Needed, () => name);
        }

        int ownName = names.Add(soname);
        dynamicEntries.Add(DynamicTag.Soname, () => ownName);
        dynamicEntries.Add(DynamicTag.InitArray, () => initialisation.Address);
        dynamicEntries.Add(DynamicTag.InitArraysz, () => initialisation.Content.Length);
        dynamicEntries.Add(DynamicTag.GnuHash, () => hash.Address);
        dynamicEntries.Add(DynamicTag.Strtab, () => strings.Address);
        dynamicEntries.Add(DynamicTag.Symtab, () => symbols.Address);
        dynamicEntries.Add(DynamicTag.Strsz, () => strings.Content.Length);
        dynamicEntries.Add(DynamicTag.Syment, () => SymSize);
        dynamicEntries.Add(DynamicTag.Rela, () => relocations.Address);
        dynamicEntries.Add(DynamicTag.Relasz, () => relocations.Content.Length);
        dynamicEntries.Add(DynamicTag.Relaent, () => RelaSize);

        // The real library finds its own functions here too, so this must stay as long as that does.
        dynamicEntries.Add(DynamicTag.Flags1, () => (int)DF_1_NODELETE);
        dynamicEntries.Add(DynamicTag.Versym, () => versionIndexes.Address);
        dynamicEntries.Add(DynamicTag.Relacount, () => RelativeRelocations);
        if (versions.DefinitionCount > 0)
        {
            dynamicEntries.Add(DynamicTag.Verdef, () => definitions.Address);
            dynamicEntries.Add(DynamicTag.Verdefnum, () => versions.DefinitionCount);
        }

        if (versions.NeedCount > 0)
        {
            dynamicEntries.Add(DynamicTag.Verneed, () => needs.Address);
            dynamicEntries.Add(DynamicTag.Verneednum, () => versions.NeedCount);
        }
    }

    private void WriteSymbols()
    {
        Span<byte> entry = symbols.Content, index = versionIndexes.Content;
        foreach (ForwardingImport import in imports)
        {
            WriteSymbol(entry = entry[SymSize..], import.Name, GlobalFunction, 0, 0, 0, 0);
            BinaryPrimitives.WriteUInt16LittleEndian(index = index[sizeof(ushort)..], versions.IndexOf(import));
        }

        for (int i = 0; i < functions.Length; i++)
        {
            WriteSymbol(
                entry = entry[SymSize..], functions[i].Name, functions[i].Info, functions[i].Other, image.IndexOf(text), StubAddress(i),
                processor.StubLength);
            BinaryPrimitives.WriteUInt16LittleEndian(index = index[sizeof(ushort)..], functions[i].VersionIndex);
        }
    }

    private void WriteSymbol(Span<byte> entry, string name, byte info, byte other, ushort section, int address, int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(entry[st_name..], names.Add(name));
        entry[st_info] = info;
        entry[st_other] = other;
        BinaryPrimitives.WriteUInt16LittleEndian(entry[st_shndx..], section);
        BinaryPrimitives.WriteInt64LittleEndian(entry[st_value..], address);
        BinaryPrimitives.WriteInt64LittleEndian(entry[st_size..], length);
    }

    private void WriteRelocations()
    {
        Span<byte> rest = relocations.Content;
        Write(ref rest, initialisation.Address, processor.RelativeRelocation, 0, text.Address + StartOffset);
        Write(ref rest, context.Address + ContextState, processor.RelativeRelocation, 0, state.Address);
        for (int i = 0; i < functions.Length; i++)
        {
            Write(ref rest, SlotAddress(i), processor.RelativeRelocation, 0, StubAddress(i) + processor.UnknownOffset);
        }

        for (int i = 0; i < imports.Count; i++)
        {
            Write(ref rest, context.Address + (i * PointerLength), processor.SymbolRelocation, 1 + i, 0);
        }

        static void Write(ref Span<byte> entry, int address, uint type, int symbol, int addend)
        {
            BinaryPrimitives.WriteInt64LittleEndian(entry[r_offset..], address);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[r_info..], type);
            BinaryPrimitives.WriteInt32LittleEndian(entry[(r_info + sizeof(uint))..], symbol);
            BinaryPrimitives.WriteInt64LittleEndian(entry[r_addend..], addend);
            entry = entry[RelaSize..];
        }
    }

    private void WriteContext()
    {
        int fromContext = strings.Address - context.Address;
        BinaryPrimitives.WriteInt32LittleEndian(context.Content.AsSpan(ContextPath), fromContext + pathName);
        BinaryPrimitives.WriteInt32LittleEndian(context.Content.AsSpan(ContextFunctions), table.Address - context.Address);
        BinaryPrimitives.WriteInt32LittleEndian(context.Content.AsSpan(ContextLenses), lensesName is { } text ? fromContext + text : 0);
        for (int i = 0; i < functions.Length; i++)
        {
            Span<byte> entry = table.Content.AsSpan(i * FunctionLength);
            BinaryPrimitives.WriteInt32LittleEndian(entry, fromContext + names.Add(functions[i].Name));
            BinaryPrimitives.WriteInt32LittleEndian(entry[4..], functions[i].Version is { } version ? fromContext + names.Add(version) : 0);
        }
    }

    private void WriteCode()
    {
        Span<byte> bytes = text.Content;
        for (int i = 0; i < functions.Length; i++)
        {
            processor.WriteStub(bytes[(i * processor.StubLength)..], StubAddress(i), SlotAddress(i), i, text.Address + BridgeOffset);
        }

        processor.WriteBridge(bytes[BridgeOffset..], text.Address + BridgeOffset, context.Address, text.Address + CodeOffset + code.Entry);
        processor.WriteStart(bytes[StartOffset..], text.Address + StartOffset, context.Address, text.Address + CodeOffset + code.Start);
        code.Bytes.Span.CopyTo(bytes[CodeOffset..]);
    }
}
