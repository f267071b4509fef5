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
