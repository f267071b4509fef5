namespace Guestfs.Appliances;

/// <summary>What a bundle is to be made of.</summary>
public sealed record BundleBuildOptions
{
    /// <summary>The appliance in it: a slim one, unless another is asked for.</summary>
    public ApplianceBuildOptions Appliance { get; init; } = new() { Slim = true };

    /// <summary>
    /// Where libguestfs, qemu, and what they load and run come from: the same release as the appliance. Null: its packages.
    /// <see cref="ApplianceRepository.DownloadForBundleAsync"/> gets them from a repository.
    /// </summary>
    public PackageSource? Programs { get; init; }
}
