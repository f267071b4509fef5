namespace Guestfs.Appliances;

/// <summary>What a bundle is to be made of.</summary>
public sealed record BundleBuildOptions
{
    /// <summary>
    /// The appliance in it. Its packages must have libguestfs and qemu, too: they, and all that they load and run, are taken of the
    /// same place.
    /// </summary>
    public ApplianceBuildOptions Appliance { get; init; } = new();
}
