using System.Buffers.Binary;

using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.Elf;

/// <summary>The versions of symbols in a library that is being written: those that it defines, and those that it needs.</summary>
internal sealed class SymbolVersions
{
    private readonly IReadOnlyList<VersionDefinition> definitions;
    private readonly (string Library, string[] Versions)[] needs;
    private readonly ElfStringTable names;

    /// <summary>Takes the versions, and adds their names to a table.</summary>
    /// <param name="definitions">Those that the library defines.</param>
    /// <param name="imports">What it needs.</param>
    /// <param name="names">The table.</param>
    internal SymbolVersions(IReadOnlyList<VersionDefinition> definitions, IReadOnlyList<ForwardingImport> imports, ElfStringTable names)
    {
        this.definitions = definitions;
        this.names = names;
        needs = [.. imports.Where(import => import.Version is not null)
            .GroupBy(import => import.Library, StringComparer.Ordinal)
            .Select(group => (group.Key, group.Select(import => import.Version!).Distinct(StringComparer.Ordinal).ToArray()))];
        foreach (string name in definitions.Select(definition => definition.Name)
            .Concat(needs.SelectMany(need => need.Versions.Prepend(need.Library))))
        {
            names.Add(name);
        }
    }

    /// <summary>How many versions the library defines, its own name included.</summary>
    internal int DefinitionCount => definitions.Count;

    /// <summary>Of how many libraries it needs versions.</summary>
    internal int NeedCount => needs.Length;

    /// <summary>The index of a needed function's version.</summary>
    internal ushort IndexOf(ForwardingImport import)
    {
        int index = definitions.Select(definition => (int)definition.Index).Append(VER_NDX_GLOBAL).Max();
        foreach ((string library, string[] versions) in needs)
        {
            foreach (string version in versions)
            {
                index++;
                if (library == import.Library && version == import.Version)
                {
                    return (ushort)index;
                }
            }
        }

        return VER_NDX_GLOBAL;
    }

    /// <summary><c>.gnu.version_d</c>.</summary>
    internal byte[] DefinitionBytes()
    {
        byte[] bytes = new byte[definitions.Count * (VerdefSize + VerdauxSize)];
        for (int i = 0; i < definitions.Count; i++)
        {
            Span<byte> entry = bytes.AsSpan(i * (VerdefSize + VerdauxSize));
            BinaryPrimitives.WriteUInt16LittleEndian(entry[vd_version..], VER_DEF_CURRENT);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[vd_flags..], definitions[i].Flags);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[vd_ndx..], definitions[i].Index);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[vd_cnt..], 1);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[vd_hash..], HashOf(definitions[i].Name));
            BinaryPrimitives.WriteInt32LittleEndian(entry[vd_aux..], VerdefSize);
            BinaryPrimitives.WriteInt32LittleEndian(entry[vd_next..], i + 1 < definitions.Count ? VerdefSize + VerdauxSize : 0);
            BinaryPrimitives.WriteInt32LittleEndian(entry[(VerdefSize + vda_name)..], names.Add(definitions[i].Name));
        }

        return bytes;
    }

    /// <summary><c>.gnu.version_r</c>.</summary>
    internal byte[] NeedBytes()
    {
        byte[] bytes = new byte[needs.Sum(need => VerneedSize + (need.Versions.Length * VernauxSize))];
        Span<byte> rest = bytes;
        for (int i = 0; i < needs.Length; i++)
        {
            (string library, string[] versions) = needs[i];
            int length = VerneedSize + (versions.Length * VernauxSize);
            BinaryPrimitives.WriteUInt16LittleEndian(rest[vn_version..], VER_NEED_CURRENT);
            BinaryPrimitives.WriteUInt16LittleEndian(rest[vn_cnt..], (ushort)versions.Length);
            BinaryPrimitives.WriteInt32LittleEndian(rest[vn_file..], names.Add(library));
            BinaryPrimitives.WriteInt32LittleEndian(rest[vn_aux..], VerneedSize);
            BinaryPrimitives.WriteInt32LittleEndian(rest[vn_next..], i + 1 < needs.Length ? length : 0);
            for (int j = 0; j < versions.Length; j++)
            {
                Span<byte> entry = rest[(VerneedSize + (j * VernauxSize))..];
                BinaryPrimitives.WriteUInt32LittleEndian(entry[vna_hash..], HashOf(versions[j]));
                BinaryPrimitives.WriteUInt16LittleEndian(entry[vna_other..], IndexOf(new ForwardingImport("", library, versions[j])));
                BinaryPrimitives.WriteInt32LittleEndian(entry[vna_name..], names.Add(versions[j]));
                BinaryPrimitives.WriteInt32LittleEndian(entry[vna_next..], j + 1 < versions.Length ? VernauxSize : 0);
            }

            rest = rest[length..];
        }

        return bytes;
    }

    // That of System V, which versions have kept.
    private static uint HashOf(string name)
    {
        uint hash = 0;
        foreach (byte letter in LosslessUtf8.GetBytes(name))
        {
            hash = (hash << 4) + letter;
            uint high = hash & 0xF0000000;
            hash = (hash ^ (high >> 24)) & ~high;
        }

        return hash;
    }
}

/// <summary>A function that a forwarding library calls.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Library">The name of the library that has it.</param>
/// <param name="Version">Its version; null where that library has none.</param>
internal readonly record struct ForwardingImport(string Name, string Library, string? Version);
