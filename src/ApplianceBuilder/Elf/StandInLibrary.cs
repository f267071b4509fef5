// Small libraries in place of large ones that nothing here makes use of, though they must be there to be loaded: the data of ICU, which
// libxml2 asks for encodings that it does not know itself; Capstone, by which qemu shows machine code in its logs; and those by which The
// Sleuth Kit reads images of disks in files: it tries one after the other, before it takes a device as what it is.
using System.Buffers.Binary;

using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.Elf;

/// <summary>
/// A library with the name and the symbols of another one, and no contents: no data, and functions that say that they fail.
/// </summary>
internal static class StandInLibrary
{
    private const string DataOfIcu = "libicudata.so.";

    // What the functions of the others return: without a handle nobody calls those that should return something else. CS_ERR_HANDLE; -1,
    // an error; no pointer.
    private static readonly (string Name, int Result)[] Failing =
    [
        ("libcapstone.so.", 3), ("libewf.so.", -1), ("libvmdk.so.", -1), ("libvhdi.so.", -1), ("libafflib.so.", 0),
    ];

    private const int Alignment = 16;

    // The largest pages of kernels for the processor.
    private const int PageX86 = 1 << 12, PageArm64 = 1 << 16;

    // How ICU's data begin: the header's length, two bytes that every file of ICU has, ...
    private const int IcuMagic = 2;
    private const byte IcuMagic1 = 0xDA, IcuMagic2 = 0x27;

    /// <summary>What can stand for a library, or null where it must be that itself.</summary>
    /// <param name="library">The library.</param>
    /// <param name="machine">Its processor.</param>
    /// <param name="used">The functions that are called, if that is known: then it has no others, and no data.</param>
    /// <exception cref="InvalidDataException">The library is damaged.</exception>
    internal static byte[]? For(ElfObject library, ushort machine, IReadOnlySet<string>? used = null)
    {
        string name = library.Soname ?? "";
        bool isData = name.StartsWith(DataOfIcu, StringComparison.Ordinal);
        (string? known, int result) = Array.Find(Failing, failing => name.StartsWith(failing.Name, StringComparison.Ordinal));

        // What has versions, or more than was known when this was written, stays.
        if ((!isData && known is null) || library.Versions.Count > 0)
        {
            return null;
        }

        DynamicSymbol[] symbols = [.. library.Symbols.Where(symbol => symbol is { IsDefined: true, IsGlobal: true })];
        if (isData)
        {
            return symbols is [{ Type: SymbolType.Data }] && EmptyIcu(library) is { } header
                ? Create(machine, name, symbols, header, SHF_ALLOC)
                : null;
        }

        // Weak ones are of the compiler's own library, in which others look for them.
        DynamicSymbol[] functions = used is null
            ? symbols
            : [.. symbols.Where(symbol => symbol.Type == SymbolType.Function && !symbol.IsWeak && used.Contains(symbol.Name))];
        return functions.Length == 0 || !Array.TrueForAll(functions, symbol => symbol.Type == SymbolType.Function)
            ? null
            : Create(machine, name, functions, Returning(result, machine), SHF_ALLOC | SHF_EXECINSTR);
    }

    // 'mov eax, RESULT; ret', and for arm64 'mov w0, #RESULT' or 'mov w0, #-1'. Both write zeros above.
    private static byte[] Returning(int result, ushort machine)
    {
        const uint Move = 0x52800000, MoveNot = 0x12800000, Return = 0xD65F03C0;
        const int OperandShift = 5;
        byte[] code = new byte[machine == EM_AARCH64 ? 2 * sizeof(uint) : 1 + sizeof(int) + 1];
        if (machine == EM_AARCH64)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(code, result < 0 ? MoveNot : Move | ((uint)result << OperandShift));
            BinaryPrimitives.WriteUInt32LittleEndian(code.AsSpan(sizeof(uint)), Return);
        }
        else
        {
            code[0] = 0xB8;
            BinaryPrimitives.WriteInt32LittleEndian(code.AsSpan(1), result);
            code[^1] = 0xC3;
        }

        return code;
    }

    // The real header, which tells of the processor and of the version, and after it the number of tables: none.
    private static byte[]? EmptyIcu(ElfObject library)
    {
        using ElfFile file = ElfFile.Open(library.Entry.Content!) ?? throw new InvalidDataException("It is no longer an ELF file.");
        byte[] data = file.Read(".rodata\0"u8) ?? [];
        return data.Length > sizeof(ushort) && BinaryPrimitives.ReadUInt16LittleEndian(data) is var length && length < data.Length
            && data[IcuMagic] == IcuMagic1 && data[IcuMagic + 1] == IcuMagic2
            ? [.. data.AsSpan(0, length), .. new byte[Alignment]]
            : null;
    }

    // All symbols have the same place.
    private static byte[] Create(ushort machine, string soname, DynamicSymbol[] symbols, byte[] content, ulong flags)
    {
        GnuHashTable hashTable = new(symbols);
        ElfStringTable names = new();
        int ownName = names.Add(soname);
        foreach (DynamicSymbol symbol in symbols)
        {
            names.Add(symbol.Name);
        }

        DynamicSection entries = new();
        OutputSection strings = new(".dynstr", SHT_STRTAB, SHF_ALLOC, names.ToBytes()) { Alignment = 1 };
        OutputSection table = new(".dynsym", SHT_DYNSYM, SHF_ALLOC, new byte[(1 + symbols.Length) * SymSize])
        {
            Link = strings, Information = 1, EntryLength = SymSize,
        };
        OutputSection hash = new(".gnu.hash", SHT_GNU_HASH, SHF_ALLOC, hashTable.ToBytes(1)) { Link = table };
        OutputSection body = new(flags == SHF_ALLOC ? ".rodata" : ".text", SHT_PROGBITS, flags, content) { Alignment = Alignment };
        entries.Add(DynamicTag.Soname, () => ownName);
        entries.Add(DynamicTag.GnuHash, () => hash.Address);
        entries.Add(DynamicTag.Strtab, () => strings.Address);
        entries.Add(DynamicTag.Symtab, () => table.Address);
        entries.Add(DynamicTag.Strsz, () => strings.Content.Length);
        entries.Add(DynamicTag.Syment, () => SymSize);
        OutputSection dynamic = new(".dynamic", SHT_DYNAMIC, SHF_ALLOC | SHF_WRITE, new byte[entries.Length])
        {
            Link = strings, EntryLength = DynSize,
        };
        OutputSection data = new(".data", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE, new byte[sizeof(ulong)]);
        SharedLibraryImage image = new(
            machine, machine == EM_AARCH64 ? PageArm64 : PageX86, [hash, table, strings, body], [dynamic], data);
        Span<byte> rest = table.Content;
        foreach (DynamicSymbol symbol in hashTable.Symbols)
        {
            rest = rest[SymSize..];
            BinaryPrimitives.WriteInt32LittleEndian(rest[st_name..], names.Add(symbol.Name));
            rest[st_info] = symbol.Info;
            rest[st_other] = symbol.Other;
            BinaryPrimitives.WriteUInt16LittleEndian(rest[st_shndx..], image.IndexOf(body));
            BinaryPrimitives.WriteInt64LittleEndian(rest[st_value..], body.Address);
            BinaryPrimitives.WriteInt64LittleEndian(rest[st_size..], content.Length);
        }

        entries.WriteTo(dynamic.Content);
        return image.ToBytes();
    }
}
