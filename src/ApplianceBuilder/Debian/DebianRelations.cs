// The fields in which Debian packages name others, deb-control(5), as in "Depends: libc6 (>= 2.36), awk:any | mawk".
using System.Buffers;

using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Debian;

/// <summary>Relations between Debian packages: of installed ones, archives and repositories.</summary>
internal static class DebianRelations
{
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\n([<");

    extension(PackageRelation relation)
    {
        /// <summary>The relation as dpkg writes it.</summary>
        internal string DebianText
        {
            get
            {
                string name = relation.Architecture is null ? relation.Name : $"{relation.Name}:{relation.Architecture}";
                string? sign = relation.Range switch
                {
                    VersionRange.Less => "<<",
                    VersionRange.LessOrEqual => "<=",
                    VersionRange.Equal => "=",
                    VersionRange.GreaterOrEqual => ">=",
                    VersionRange.Greater => ">>",
                    _ => null,
                };
                return sign is null ? name : $"{name} ({sign} {relation.Version})";
            }
        }

        /// <summary>Whether the relation means this version.</summary>
        internal bool Allows(DebianVersion version) =>
            relation.Range == VersionRange.Any || relation.Range.HasFlag(version.CompareTo(DebianVersion.Parse(relation.Version)) switch
            {
                < 0 => VersionRange.Less,
                0 => VersionRange.Equal,
                _ => VersionRange.Greater,
            });

        /// <summary>Whether a package of that name and version, which provides these, is what the relation demands.
        /// Architectures are not looked at.</summary>
        internal bool IsMetBy(string name, DebianVersion version, IEnumerable<PackageRelation> provides) =>
            (name == relation.Name && relation.Allows(version))

            // A virtual package without a version satisfies only demands without one.
            || provides.Any(provided => provided.Name == relation.Name
                && (relation.Range == VersionRange.Any
                    || (provided.Range == VersionRange.Equal && relation.Allows(DebianVersion.Parse(provided.Version)))));
    }

    /// <summary>Parses a field of a package archive or index: a list of demands,
    /// each a list of alternatives of which one is enough.</summary>
    /// <param name="field">The field; null where there is none.</param>
    /// <param name="source">What messages call the archive or index.</param>
    /// <exception cref="ApplianceException">The field is not well-formed.</exception>
    internal static List<List<PackageRelation>> Parse(string? field, string source) =>
        Parse(field ?? "", what => ArchiveFault.In(source, what + "."));

    /// <summary>Parses a list of demands, each a list of alternatives of which one is enough.</summary>
    /// <param name="field">The list.</param>
    /// <param name="damaged">Makes the exception for a relation that is none.</param>
    internal static List<List<PackageRelation>> Parse(string field, Func<string, ApplianceException> damaged)
    {
        List<List<PackageRelation>> groups = [];
        foreach (Range range in field.AsSpan().Split(','))
        {
            // Ends of lists may have a comma too.
            ReadOnlySpan<char> group = field.AsSpan(range).Trim();
            if (group.IsEmpty)
            {
                continue;
            }

            List<PackageRelation> alternatives = new(1);
            foreach (Range alternative in group.Split('|'))
            {
                alternatives.Add(ParseRelation(group[alternative].Trim(), damaged));
            }

            groups.Add(alternatives);
        }

        return groups;
    }

    private static PackageRelation ParseRelation(ReadOnlySpan<char> text, Func<string, ApplianceException> damaged)
    {
        int nameEnd = text.IndexOfAny(NameEnds);
        ReadOnlySpan<char> name = nameEnd < 0 ? text : text[..nameEnd];
        ReadOnlySpan<char> rest = text[name.Length..].TrimStart();
        int colon = name.IndexOf(':');
        string? architecture = colon < 0 ? null : name[(colon + 1)..].ToString();
        name = colon < 0 ? name : name[..colon];
        if (name.IsEmpty || (!rest.IsEmpty && (rest[0] != '(' || rest[^1] != ')')))
        {
            throw damaged($"'{text}' is not a relationship to a package");
        }

        if (rest.IsEmpty)
        {
            return new PackageRelation(name.ToString(), Architecture: architecture);
        }

        rest = rest[1..^1].Trim();
        int versionStart = rest.IndexOfAnyExcept("<>=");
        ReadOnlySpan<char> version = versionStart < 0 ? [] : rest[versionStart..].Trim();
        VersionRange range = (versionStart < 0 ? rest : rest[..versionStart]) switch
        {
            // A single sign once meant what it now means with an equals sign.
            "<<" => VersionRange.Less,
            "<=" or "<" => VersionRange.LessOrEqual,
            "=" or "" => VersionRange.Equal,
            ">=" or ">" => VersionRange.GreaterOrEqual,
            ">>" => VersionRange.Greater,
            _ => VersionRange.Any,
        };
        return range == VersionRange.Any || version.IsEmpty || version.ContainsAny(NameEnds)
            ? throw damaged($"'{text}' is not a relationship to a package")
            : new PackageRelation(name.ToString(), range, version.ToString(), architecture);
    }
}
