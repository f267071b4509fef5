// One package name of a relationship field, as in "Depends: libc6 (>= 2.36), awk:any | mawk".
using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Debian;

/// <summary>A demand for (or against) a package.</summary>
/// <param name="Package">Name of a package, real or virtual.</param>
/// <param name="Architecture">The qualifier after a colon, such as <c>any</c>, or null.</param>
/// <param name="Range">Which versions are meant, compared with the next.</param>
/// <param name="Version">What they are compared with.</param>
internal sealed record Dependency(string Package, string? Architecture, VersionRange Range, DebianVersion Version)
{
    /// <summary>Parses a whole field: a list of demands, each a list of alternatives of which one is enough.</summary>
    /// <exception cref="ApplianceException">The field is not well-formed.</exception>
    internal static IReadOnlyList<IReadOnlyList<Dependency>> ParseField(string? field, string source) =>
        [.. DpkgRelations.Parse(field ?? "", what => ArchiveFault.In(source, what + "."))
            .Select(group => (IReadOnlyList<Dependency>)[.. group.Select(one => new Dependency(one.Name, one.Architecture, one.Range, DebianVersion.Parse(one.Version)))])];

    /// <summary>Whether a version is one that is demanded.</summary>
    internal bool Allows(DebianVersion version) => Range == VersionRange.Any || Range.HasFlag(version.CompareTo(Version) switch
    {
        < 0 => VersionRange.Less,
        0 => VersionRange.Equal,
        _ => VersionRange.Greater,
    });

    /// <summary>Whether a package of that name and version, which provides these, is what is demanded. Architectures are not looked at.</summary>
    internal bool IsMetBy(string name, DebianVersion version, IEnumerable<Dependency> provides) =>
        (name == Package && Allows(version))

        // A virtual package without a version satisfies only demands without one.
        || provides.Any(provided => provided.Package == Package && (Range == VersionRange.Any || (provided.Range == VersionRange.Equal && Allows(provided.Version))));

    /// <inheritdoc/>
    public override string ToString()
    {
        string name = Architecture is null ? Package : $"{Package}:{Architecture}";
        return Range switch
        {
            VersionRange.Any => name,
            VersionRange.Less => $"{name} (<< {Version})",
            VersionRange.LessOrEqual => $"{name} (<= {Version})",
            VersionRange.Equal => $"{name} (= {Version})",
            VersionRange.GreaterOrEqual => $"{name} (>= {Version})",
            _ => $"{name} (>> {Version})",
        };
    }
}
