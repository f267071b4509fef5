// One package name of a relationship field, as in "Depends: libc6 (>= 2.36), awk:any | mawk".
namespace Guestfs.Appliances;

/// <summary>A demand for (or against) a package.</summary>
/// <param name="Package">Name of a package, real or virtual.</param>
/// <param name="Architecture">The qualifier after a colon, such as <c>any</c>, or null.</param>
/// <param name="Relation">How the version must compare.</param>
/// <param name="Version">What it must compare with.</param>
internal sealed record Dependency(string Package, string? Architecture, VersionRelation Relation, DebianVersion Version)
{
    /// <summary>Parses a whole field: a list of demands, each a list of alternatives of which one is enough.</summary>
    /// <exception cref="ApplianceException">The field is not well-formed.</exception>
    internal static IReadOnlyList<IReadOnlyList<Dependency>> ParseField(string? field, string source) =>
        [.. Items(field ?? "", ',').Select(group => (IReadOnlyList<Dependency>)[.. Items(group, '|').Select(item => Parse(item, source))])];

    /// <summary>Whether a version is one that is demanded.</summary>
    internal bool Allows(DebianVersion version) => Relation switch
    {
        VersionRelation.Any => true,
        VersionRelation.Earlier => version < Version,
        VersionRelation.EarlierOrEqual => version <= Version,
        VersionRelation.Equal => version == Version,
        VersionRelation.LaterOrEqual => version >= Version,
        _ => version > Version,
    };

    /// <summary>Whether a package of that name and version, which provides these, is what is demanded. Architectures are not looked at.</summary>
    internal bool IsMetBy(string name, DebianVersion version, IEnumerable<Dependency> provides) =>
        (name == Package && Allows(version))

        // A virtual package without a version satisfies only demands without one.
        || provides.Any(provided => provided.Package == Package && (Relation == VersionRelation.Any || (provided.Relation == VersionRelation.Equal && Allows(provided.Version))));

    /// <inheritdoc/>
    public override string ToString()
    {
        string name = Architecture is null ? Package : $"{Package}:{Architecture}";
        return Relation switch
        {
            VersionRelation.Any => name,
            VersionRelation.Earlier => $"{name} (<< {Version})",
            VersionRelation.EarlierOrEqual => $"{name} (<= {Version})",
            VersionRelation.Equal => $"{name} (= {Version})",
            VersionRelation.LaterOrEqual => $"{name} (>= {Version})",
            _ => $"{name} (>> {Version})",
        };
    }

    private static IEnumerable<string> Items(string text, char separator) =>
        text.Split(separator).Select(item => item.Trim()).Where(item => item.Length > 0);

    private static Dependency Parse(string item, string source)
    {
        string name = item;
        VersionRelation relation = VersionRelation.Any;
        DebianVersion version = default;
        int open = item.IndexOf('(', StringComparison.Ordinal);
        if (open >= 0)
        {
            name = item[..open].TrimEnd();
            string inner = item.EndsWith(')') ? item[(open + 1)..^1].Trim() : throw Malformed(item, source);
            string sign = inner[..(inner.AsSpan().IndexOfAnyExcept("<>=") is var end and >= 0 ? end : inner.Length)];
            relation = sign switch
            {
                "<<" => VersionRelation.Earlier,
                "<=" or "<" => VersionRelation.EarlierOrEqual,
                "=" => VersionRelation.Equal,
                ">=" or ">" => VersionRelation.LaterOrEqual,
                ">>" => VersionRelation.Later,
                _ => throw Malformed(item, source),
            };
            version = DebianVersion.Parse(inner[sign.Length..]);
        }

        int colon = name.IndexOf(':', StringComparison.Ordinal);
        string? architecture = colon < 0 ? null : name[(colon + 1)..];
        name = colon < 0 ? name : name[..colon];
        return name.Length > 0 && !name.Any(char.IsWhiteSpace) && (open < 0 || version.ToString().Length > 0)
            ? new Dependency(name, architecture, relation, version)
            : throw Malformed(item, source);
    }

    private static ApplianceException Malformed(string item, string source) => ArchiveFault.In(source, $"'{item}' is not a dependency.");
}
