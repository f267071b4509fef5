using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Debian;

/// <summary>A package of dpkg's database.</summary>
internal sealed class DpkgPackage(DpkgInfo info) : InstalledPackage
{
    /// <summary>What it is to packages of other architectures.</summary>
    internal required MultiArch MultiArch { get; init; }

    /// <summary>The field that lists its configuration files.</summary>
    internal required string Conffiles { get; init; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<PackageFile> ReadFiles() => info.ReadFiles(this);

    /// <inheritdoc/>
    private protected override string ReadDigest() => info.ReadDigest(this);
}

/// <summary>Debian's Multi-Arch field: what a package is to packages of other architectures.</summary>
internal enum MultiArch
{
    /// <summary>Nothing.</summary>
    No,

    /// <summary>It can be installed for several architectures at a time.</summary>
    Same,

    /// <summary>It serves packages of every architecture.</summary>
    Foreign,

    /// <summary>It serves those that ask for <c>:any</c>.</summary>
    Allowed,
}
