// Parses the fields in which Debian packages name others, deb-control(5): Depends, Pre-Depends, Provides.
using System.Buffers;

namespace Guestfs.Appliances;

/// <summary>Parses lists of relations.</summary>
internal static class DpkgRelations
{
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\n([<");

    /// <summary>Parses a list of dependencies, each with alternatives.</summary>
    /// <exception cref="ApplianceException">It is not one.</exception>
    internal static void ParseDependencies(string field, string path, List<PackageDependency> into)
    {
        foreach (Range group in field.AsSpan().Split(','))
        {
            // Ends of lists may have a comma too.
            ReadOnlySpan<char> text = field.AsSpan(group).Trim();
            if (text.IsEmpty)
            {
                continue;
            }

            List<PackageDependency> alternatives = new(1);
            foreach (Range alternative in text.Split('|'))
            {
                alternatives.Add(PackageDependency.On(ParseRelation(text[alternative].Trim(), path)));
            }

            into.Add(PackageDependency.Of(DependencyOperator.Any, alternatives));
        }
    }

    /// <summary>Parses a list of provided names.</summary>
    /// <exception cref="ApplianceException">It is not one.</exception>
    internal static List<PackageRelation> ParseProvides(string field, string path)
    {
        List<PackageRelation> relations = [];
        foreach (Range range in field.AsSpan().Split(','))
        {
            ReadOnlySpan<char> text = field.AsSpan(range).Trim();
            if (!text.IsEmpty)
            {
                relations.Add(ParseRelation(text, path));
            }
        }

        return relations;
    }

    private static PackageRelation ParseRelation(ReadOnlySpan<char> text, string path)
    {
        int nameEnd = text.IndexOfAny(NameEnds);
        ReadOnlySpan<char> name = nameEnd < 0 ? text : text[..nameEnd];
        ReadOnlySpan<char> rest = text[name.Length..].TrimStart();
        int colon = name.IndexOf(':');
        string? architecture = colon < 0 ? null : name[(colon + 1)..].ToString();
        name = colon < 0 ? name : name[..colon];
        if (name.IsEmpty || (!rest.IsEmpty && (rest[0] != '(' || rest[^1] != ')')))
        {
            throw DatabaseFile.Damaged(path, $"'{text}' is no relation to a package");
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
            ? throw DatabaseFile.Damaged(path, $"'{text}' is no relation to a package")
            : new PackageRelation(name.ToString(), range, version.ToString(), architecture);
    }
}
