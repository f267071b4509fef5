// The versions of symbols in a library that is being written: those that it defines, and those that it needs.
using System.Buffers.Binary;

namespace Guestfs.Appliances.Elf;

/// <summary>Encodes versions of symbols.</summary>
internal sealed class SymbolVersions
{
    private const int DefinitionLength = 20, DefinitionNameLength = 8, NeedLength = 16, NeedVersionLength = 16;
    private const ushort Unversioned = 1;
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
        foreach (string name in definitions.Select(definition => definition.Name).Concat(needs.SelectMany(need => need.Versions.Prepend(need.Library))))
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
        int index = definitions.Select(definition => (int)definition.Index).Append(Unversioned).Max();
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

        return Unversioned;
    }

    /// <summary><c>.gnu.version_d</c>.</summary>
    internal byte[] DefinitionBytes()
    {
        byte[] bytes = new byte[definitions.Count * (DefinitionLength + DefinitionNameLength)];
        for (int i = 0; i < definitions.Count; i++)
        {
            Span<byte> entry = bytes.AsSpan(i * (DefinitionLength + DefinitionNameLength));
            BinaryPrimitives.WriteUInt16LittleEndian(entry, 1);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], definitions[i].Flags);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[4..], definitions[i].Index);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[6..], 1);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], HashOf(definitions[i].Name));
            BinaryPrimitives.WriteInt32LittleEndian(entry[12..], DefinitionLength);
            BinaryPrimitives.WriteInt32LittleEndian(entry[16..], i + 1 < definitions.Count ? DefinitionLength + DefinitionNameLength : 0);
            BinaryPrimitives.WriteInt32LittleEndian(entry[DefinitionLength..], names.Add(definitions[i].Name));
        }

        return bytes;
    }

    /// <summary><c>.gnu.version_r</c>.</summary>
    internal byte[] NeedBytes()
    {
        byte[] bytes = new byte[needs.Sum(need => NeedLength + (need.Versions.Length * NeedVersionLength))];
        Span<byte> rest = bytes;
        for (int i = 0; i < needs.Length; i++)
        {
            (string library, string[] versions) = needs[i];
            int length = NeedLength + (versions.Length * NeedVersionLength);
            BinaryPrimitives.WriteUInt16LittleEndian(rest, 1);
            BinaryPrimitives.WriteUInt16LittleEndian(rest[2..], (ushort)versions.Length);
            BinaryPrimitives.WriteInt32LittleEndian(rest[4..], names.Add(library));
            BinaryPrimitives.WriteInt32LittleEndian(rest[8..], NeedLength);
            BinaryPrimitives.WriteInt32LittleEndian(rest[12..], i + 1 < needs.Length ? length : 0);
            for (int j = 0; j < versions.Length; j++)
            {
                Span<byte> entry = rest[(NeedLength + (j * NeedVersionLength))..];
                BinaryPrimitives.WriteUInt32LittleEndian(entry, HashOf(versions[j]));
                BinaryPrimitives.WriteUInt16LittleEndian(entry[6..], IndexOf(new ForwardingImport("", library, versions[j])));
                BinaryPrimitives.WriteInt32LittleEndian(entry[8..], names.Add(versions[j]));
                BinaryPrimitives.WriteInt32LittleEndian(entry[12..], j + 1 < versions.Length ? NeedVersionLength : 0);
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
