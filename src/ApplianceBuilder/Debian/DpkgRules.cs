using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Debian;

/// <summary>How dpkg matches dependencies, and what supermin makes of it.</summary>
internal sealed class DpkgRules : PackageRules
{
    /// <summary>The rules; they have no state.</summary>
    internal static readonly DpkgRules Instance = new();

    /// <inheritdoc/>
    internal override string AnyArchitecture => "all";

    /// <inheritdoc/>
    internal override string OwnPackage => "dpkg";

    /// <inheritdoc/>
    internal override int CompareVersions(string a, string b) => DebianVersion.Compare(a, b);

    /// <inheritdoc/>
    internal override bool MayServe(PackageRelation needed, InstalledPackage server, InstalledPackage? asker, string nativeArchitecture)
    {
        MultiArch multiArch = ((DpkgPackage)server).MultiArch;
        return needed.Architecture switch
        {
            "any" => multiArch == MultiArch.Allowed || Effective(server) == (asker is null ? nativeArchitecture : Effective(asker)),
            null or "native" => asker is null || multiArch == MultiArch.Foreign || Effective(server) == Effective(asker),
            _ => Effective(server) == needed.Architecture,
        };

        // A package of all architectures counts as one of the system's own.
        string Effective(InstalledPackage package) => package.Architecture == AnyArchitecture ? nativeArchitecture : package.Architecture;
    }

    /// <inheritdoc/>
    internal override InstalledPackage? FindAsSupermin(PackageSet packages, string name) =>
        packages.Named(name)
            .FirstOrDefault(package => package.Architecture == packages.NativeArchitecture || package.Architecture == AnyArchitecture);

    /// <inheritdoc/>
    internal override InstalledPackage? ServeAsSupermin(PackageSet packages, PackageDependency dependency)
    {
        // It looks for the name with its qualifier, which no package has.
        PackageRelation first = (dependency.Relation ?? dependency.Parts[0].Relation)!;
        return first.Architecture is null ? FindAsSupermin(packages, first.Name) : null;
    }
}
