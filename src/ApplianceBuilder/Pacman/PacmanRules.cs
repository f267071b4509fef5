using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Pacman;

/// <summary>The rules of pacman, which supermin follows as they are.</summary>
internal sealed class PacmanRules : PackageRules
{
    /// <summary>The rules; they have no state.</summary>
    internal static readonly PacmanRules Instance = new();

    /// <inheritdoc/>
    internal override string AnyArchitecture => "any";

    /// <inheritdoc/>
    internal override string OwnPackage => "pacman";

    /// <inheritdoc/>
    internal override int CompareVersions(string a, string b) => PacmanVersion.Compare(a, b);

    /// <inheritdoc/>
    internal override InstalledPackage? FindAsSupermin(PackageSet packages, string name) => packages.Find(name);

    /// <inheritdoc/>
    internal override InstalledPackage? ServeAsSupermin(PackageSet packages, PackageDependency dependency) =>
        packages.FindServing(dependency.Relation!, null);
}
