using System.Buffers.Binary;

using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.Elf;

/// <summary>
/// The names of libraries in a program or library, as bytes of its file that can be written over: its own name, those that it needs, and
/// those that it needs versions of. A new name is as long as the old one, so nothing else of the file changes.
/// </summary>
internal sealed class LibraryNames
{
    private const string OwnGlibc = "GLIBC_";
    private readonly byte[] file;
    private readonly Dictionary<DynamicTag, ulong> values = [];
    private readonly List<(ulong Address, ulong Size, ulong Offset)> segments = [];
    private readonly SortedSet<int> places = [];
    private readonly List<(string Library, string Version)> versions = [];
    private readonly int names, spareEntry;

    /// <summary>Finds them.</summary>
    /// <param name="file">The whole file, which is changed.</param>
    /// <exception cref="InvalidDataException">It is damaged, or not dynamically linked.</exception>
    internal LibraryNames(byte[] file)
    {
        this.file = file;
        try
        {
            (int dynamic, int end) = ReadSegments();
            for (; dynamic + DynSize <= end && TagAt(dynamic) != DynamicTag.Null; dynamic += DynSize)
            {
                values[TagAt(dynamic)] = UInt64(dynamic + d_un);
                if (TagAt(dynamic) is DynamicTag.Needed or DynamicTag.Soname)
                {
                    places.Add((int)UInt64(dynamic + d_un));
                }
            }

            // Linkers leave room for entries that are added later.
            spareEntry = dynamic + (2 * DynSize) <= end && TagAt(dynamic + DynSize) == DynamicTag.Null ? dynamic : 0;
            names = OffsetOf(values[DynamicTag.Strtab]);
            ReadVersions();
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException or KeyNotFoundException or OverflowException)
        {
            throw new InvalidDataException("It is damaged, or not dynamically linked.", e);
        }
    }

    /// <summary>Each version that it needs of a library, with that library's name.</summary>
    internal IReadOnlyList<(string Library, string Version)> NeededVersions => versions;

    /// <summary>Gives libraries other names.</summary>
    /// <param name="rename">The new name for an old one; of the same length.</param>
    internal void Rename(Func<string, string> rename)
    {
        foreach (int place in places)
        {
            Write(place, rename(NameAt(place)));
        }
    }

    /// <summary>Makes it use other functions of the same versions in the place of some, and need the library that has them.</summary>
    /// <param name="functions">The functions, and the others' names, of the same lengths. The first is the name of the library, too.
    /// </param>
    /// <exception cref="InvalidDataException">It does not use one of them, or has no room.</exception>
    internal void Redirect(params IReadOnlyList<(string Name, string Other)> functions)
    {
        int[] found = [.. functions.Select(function =>
            file.AsSpan(names, (int)values[DynamicTag.Strsz]).IndexOf(LosslessUtf8.GetBytes($"\0{function.Name}\0")) + 1)];
        if (Array.IndexOf(found, 0) is >= 0 and var missing)
        {
            throw new InvalidDataException($"It does not use {functions[missing].Name}.");
        }

        if (spareEntry == 0)
        {
            throw new InvalidDataException("It has no room for one more library that it needs.");
        }

        for (int i = 0; i < found.Length; i++)
        {
            Write(found[i], functions[i].Other);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(spareEntry), (ulong)DynamicTag.Needed);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(spareEntry + d_un), (ulong)found[0]);
    }

    /// <summary>The oldest glibc that has all that versions ask of it.</summary>
    internal static Version GlibcFloor(IEnumerable<(string Library, string Version)> needed) => needed
        .Select(need => need.Version == "GLIBC_ABI_DT_RELR" ? new Version(2, 36)
            : need.Version.StartsWith(OwnGlibc, StringComparison.Ordinal)
                && Version.TryParse(need.Version.AsSpan(OwnGlibc.Length), out Version? v)
            ? v
            : new Version(2, 0))
        .Append(new Version(2, 0)).Max()!;

    private (int Dynamic, int End) ReadSegments()
    {
        (int, int) found = default;
        int table = checked((int)UInt64(e_phoff)), count = UInt16(e_phnum);
        for (int at = table; at < table + (count * PhdrSize); at += PhdrSize)
        {
            int offset = checked((int)UInt64(at + p_offset)), size = checked((int)UInt64(at + p_filesz));
            uint type = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + p_type));
            if (type == PT_LOAD)
            {
                segments.Add((UInt64(at + p_vaddr), (ulong)size, (ulong)offset));
            }
            else if (type == PT_DYNAMIC)
            {
                found = (offset, offset + size);
            }
        }

        return found;
    }

    private void ReadVersions()
    {
        ulong count = values.GetValueOrDefault(DynamicTag.Verneednum);
        for (int at = count > 0 ? OffsetOf(values[DynamicTag.Verneed]) : 0; count > 0; count--)
        {
            int library = Int32(at + vn_file), aux = at + Int32(at + vn_aux);
            places.Add(library);
            for (int left = UInt16(at + vn_cnt); left > 0; left--)
            {
                versions.Add((NameAt(library), NameAt(Int32(aux + vna_name))));
                aux += Int32(aux + vna_next);
            }

            at += Int32(at + vn_next);
        }
    }

    private void Write(int place, string name)
    {
        byte[] bytes = LosslessUtf8.GetBytes(name);
        int length = LosslessUtf8.GetBytes(NameAt(place)).Length;

        // A name that is the end of a longer one is used as that, too.
        if (bytes.Length != length || (place > 0 && file[names + place - 1] != 0))
        {
            throw new InvalidDataException($"The name {NameAt(place)} cannot be written over.");
        }

        bytes.CopyTo(file, names + place);
    }

    private string NameAt(int place) => ElfText.Read(file.AsSpan(names), (ulong)place);

    private int OffsetOf(ulong address)
    {
        foreach ((ulong start, ulong size, ulong offset) in segments)
        {
            if (address >= start && address - start < size)
            {
                return checked((int)(address - start + offset));
            }
        }

        throw new InvalidDataException("An address is in no segment.");
    }

    private DynamicTag TagAt(int at) => (DynamicTag)UInt64(at + d_tag);

    private ulong UInt64(int at) => BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));

    private int Int32(int at) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));

    private ushort UInt16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));
}
