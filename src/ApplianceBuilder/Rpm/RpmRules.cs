using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Rpm;

/// <summary>How rpm matches dependencies, and what supermin makes of it.</summary>
internal sealed class RpmRules : PackageRules
{
    /// <summary>The rules; they have no state.</summary>
    internal static readonly RpmRules Instance = new();

    /// <inheritdoc/>
    internal override string AnyArchitecture => "noarch";

    /// <inheritdoc/>
    internal override string OwnPackage => "rpm";

    /// <inheritdoc/>
    internal override bool UnversionedMeetsAll => true;

    /// <inheritdoc/>
    internal override int CompareVersions(string a, string b) => RpmVersion.Compare(a, b);

    /// <inheritdoc/>
    internal override IReadOnlyList<string> OwnedPaths(string path)
    {
        // Packages of systems where these folders have become one still ask for the old names.
        string inUsr = path.StartsWith("/usr/", StringComparison.Ordinal) ? path : "/usr" + path;
        string name = inUsr[(inUsr.LastIndexOf('/') + 1)..];
        return inUsr[..^name.Length] is "/usr/bin/" or "/usr/sbin/"
            ? [inUsr[4..], inUsr, "/usr/bin/" + name, "/usr/sbin/" + name]
            : [inUsr[4..], inUsr];
    }

    /// <inheritdoc/>
    internal override bool IsConfigurationForSupermin(PackageFile file, bool isRegular) => file.IsConfiguration;

    /// <inheritdoc/>
    internal override InstalledPackage? FindAsSupermin(PackageSet packages, string name) =>
        packages.Find(name) ?? (packages.ProviderNames(name).Take(2).ToArray() is [string only] ? packages.Find(only) : null);

    /// <inheritdoc/>
    internal override InstalledPackage? ServeAsSupermin(PackageSet packages, PackageDependency dependency) =>
        dependency.Relation is { } relation
        && packages.ProviderNames(
            relation.Name).OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal).FirstOrDefault() is { } best
            ? packages.Find(best)
            : null;

    /// <inheritdoc/>
    private protected override bool EqualVersionsMeet(PackageRelation provided, PackageRelation needed)
    {
        // A version without a release means all its releases, of which one is in the other range.
        return HasRelease(provided) != HasRelease(needed) && (HasRelease(provided) ? needed : provided).Range.HasFlag(VersionRange.Equal);

        static bool HasRelease(PackageRelation relation) => relation.Version.Contains('-', StringComparison.Ordinal);
    }
}
