namespace Guestfs.Appliances.Packages;

/// <summary>What differs between the package systems when a dependency is matched with a package.</summary>
internal abstract class PackageRules
{
    /// <summary>The word for packages of every architecture.</summary>
    internal abstract string AnyArchitecture { get; }

    /// <summary>The name of the package that brings the package system, whose architecture is the system's.</summary>
    internal abstract string OwnPackage { get; }

    /// <summary>Compares versions: negative if the first is older.</summary>
    internal abstract int CompareVersions(string a, string b);

    /// <summary>Whether what is provided without a version meets a dependency on any version.</summary>
    internal virtual bool UnversionedMeetsAll => false;

    /// <summary>Whether a package may serve another one's dependency, as far as architectures go.</summary>
    internal virtual bool MayServe(PackageRelation needed, InstalledPackage server, InstalledPackage? asker, string nativeArchitecture) =>
        true;

    /// <summary>Other paths by which a file that a dependency names may be owned.</summary>
    internal virtual IReadOnlyList<string> OwnedPaths(string path) => [];

    /// <summary>
    /// Whether supermin takes a file for configuration, which it puts into the base archive when the appliance is
    /// prepared, and not from the host when it is built.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="isRegular">Whether the host has a regular file there, and no link, directory or nothing.</param>
    internal virtual bool IsConfigurationForSupermin(PackageFile file, bool isRegular) =>
        isRegular && file.Path.StartsWith("/etc/", StringComparison.Ordinal);

    /// <summary>The package that supermin takes for a name in a list.</summary>
    internal abstract InstalledPackage? FindAsSupermin(PackageSet packages, string name);

    /// <summary>The package that supermin takes for a dependency; null where it takes none.</summary>
    internal abstract InstalledPackage? ServeAsSupermin(PackageSet packages, PackageDependency dependency);

    /// <summary>Whether a provided relation meets a needed one of the same name: whether their ranges overlap.</summary>
    internal bool Meets(PackageRelation provided, PackageRelation needed)
    {
        if (needed.Range == VersionRange.Any)
        {
            return true;
        }

        if (provided.Range == VersionRange.Any || provided.Version.Length == 0 || needed.Version.Length == 0)
        {
            return UnversionedMeetsAll;
        }

        return CompareVersions(needed.Version, provided.Version) switch
        {
            < 0 => needed.Range.HasFlag(VersionRange.Greater) || provided.Range.HasFlag(VersionRange.Less),
            > 0 => needed.Range.HasFlag(VersionRange.Less) || provided.Range.HasFlag(VersionRange.Greater),
            _ => (needed.Range & provided.Range) != 0 || EqualVersionsMeet(provided, needed),
        };
    }

    /// <summary>Whether ranges that begin or end at versions that compare as equal overlap although no sign says so.</summary>
    private protected virtual bool EqualVersionsMeet(PackageRelation provided, PackageRelation needed) => false;
}
