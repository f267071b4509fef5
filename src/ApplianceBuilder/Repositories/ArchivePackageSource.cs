using Guestfs.Appliances.Repositories;
using Guestfs.Appliances.Skeletons;

namespace Guestfs.Appliances;

/// <summary>Debian package archives, independent of this machine's system. No maintainer script is run.</summary>
/// <param name="Archives">The <c>.deb</c> files that go into the appliance, the kernel's among them.</param>
/// <param name="SkeletonArchives">
/// The <c>.deb</c> files of libguestfs, of which only the skeleton is taken; not needed where a skeleton is given otherwise.
/// </param>
public sealed record ArchivePackageSource(IReadOnlyList<string> Archives, IReadOnlyList<string> SkeletonArchives) : PackageSource
{
    /// <summary>The skeleton of <see cref="SkeletonArchives"/>, where they have been unpacked already.</summary>
    internal Skeleton? Skeleton { get; init; }

    /// <summary>The cache that the archives are in, which lets nobody remove them as long as it is held here.</summary>
    internal PackageCache? CacheLease { get; init; }
}
