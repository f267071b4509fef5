namespace Guestfs.Appliances;

/// <summary>
/// An appliance that this library builds, without supermin and without root rights: at the first launch, which then takes
/// seconds longer, and again when packages change. Later launches find it in a cache and check it. On x86_64 it is of the profile
/// <see cref="ApplianceProfile.Fast"/>, unless the options say otherwise. Such a one is booted once before it is first used with
/// a qemu, which takes seconds more. Where it does not come up, one of the profile <see cref="ApplianceProfile.Stock"/> takes its
/// place, a <see cref="GuestfsHandle.WarningReceived"/> says so, and the cache remembers it. Where libguestfs is a bundle's, and no
/// options were given, it is the bundle's appliance: the installed packages, if there are any, need not be of the same version. Machines
/// that are saved of that one are in the cache.
/// </summary>
/// <example><code>using GuestfsHandle g = new(new() { Appliance = new ManagedApplianceSource() });</code></example>
/// <param name="options">What the appliance is made of; null for the installed packages.</param>
/// <param name="cacheDirectory">The cache's directory, private to this user; null for
/// <see cref="ApplianceCache.DefaultDirectory"/>.</param>
/// <param name="progress">Receives progress reports.</param>
public sealed class ManagedApplianceSource(
    ApplianceBuildOptions? options = null, string? cacheDirectory = null, IProgress<ApplianceProgress>? progress = null)
    : ApplianceSource
{
    private readonly bool isUsual = options is null;
    private readonly ApplianceBuildOptions options = options ?? new ApplianceBuildOptions();

    /// <inheritdoc/>
    /// <exception cref="ApplianceException">The appliance cannot be built.</exception>
    public override ApplianceLease Acquire(CancellationToken cancellationToken)
    {
        if (isUsual && GuestfsLibrary.Bundle is { } bundle)
        {
            Appliance own = Appliance.Open(Path.Combine(bundle, GuestfsBundle.Appliance));
            string? machines = SavedMachines.OfBundle(own.Directory, cacheDirectory);
            return new ApplianceLease(own.Directory, own)
            {
                MayBeSaved = machines is not null && own.Manifest?.Profile == ApplianceProfile.Fast,
                SavedBeside = machines,
            };
        }

        Appliance appliance = new ApplianceCache(cacheDirectory ?? ApplianceCache.DefaultDirectory)
            .GetOrBuild(options, progress, cancellationToken);

        // What the caller chose is not replaced.
        bool isReplaceable = options.Profile is null && appliance.Manifest!.Profile == ApplianceProfile.Fast;
        return new ApplianceLease(appliance.Directory, appliance)
        {
            MayBeSaved = appliance.Manifest!.Profile == ApplianceProfile.Fast,
            Fallback = isReplaceable
                ? new ManagedApplianceSource(options with { Profile = ApplianceProfile.Stock }, cacheDirectory, progress)
                : null,
        };
    }
}
