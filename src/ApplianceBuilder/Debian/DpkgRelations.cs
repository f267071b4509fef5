// Parses the fields in which Debian packages name others, deb-control(5): of installed packages, archives and repositories.
using System.Buffers;

using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Debian;

/// <summary>Parses lists of relations.</summary>
internal static class DpkgRelations
{
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\n([<");

    /// <summary>Parses a list of dependencies, each with alternatives.</summary>
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
            throw damaged($"'{text}' is no relation to a package");
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
            ? throw damaged($"'{text}' is no relation to a package")
            : new PackageRelation(name.ToString(), range, version.ToString(), architecture);
    }
}
