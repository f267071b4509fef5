// Which appliance a handle launches: upstream's choice, a directory's, or one that is built when it is first needed.
using Guestfs.Appliances;

namespace Guestfs;

/// <summary>Where the appliance of a handle comes from.</summary>
public abstract class ApplianceSource
{
    private protected ApplianceSource()
    {
    }

    /// <summary>
    /// libguestfs' own search, guestfs_get_path(3): <c>LIBGUESTFS_PATH</c> or the directories it was installed with, where
    /// it usually runs supermin.
    /// </summary>
    public static ApplianceSource Default { get; } = new UpstreamSource();

    /// <summary>A fixed appliance in a directory. If it has a manifest, its digests are checked at each launch, which takes a part of a second.</summary>
    /// <param name="directory">The directory with <c>README.fixed</c>, <c>kernel</c>, <c>initrd</c> and <c>root</c>.</param>
    public static ApplianceSource InDirectory(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return new DirectorySource(Path.GetFullPath(directory));
    }

    /// <summary>
    /// An appliance that this library builds, without supermin and without root rights: at the first launch, which then
    /// takes seconds longer, and again when packages change. Later launches find it in a cache and check it. On x86_64 it is of
    /// the profile <see cref="ApplianceProfile.Fast"/>, unless the options say otherwise. Such a one is booted once before it is
    /// first used with a qemu, which takes seconds more. Where it does not come up, one of the profile
    /// <see cref="ApplianceProfile.Stock"/> takes its place, a <see cref="GuestfsHandle.Warning"/> says so, and the cache remembers it.
    /// </summary>
    /// <param name="options">What it is made of; null for the installed packages.</param>
    /// <param name="cacheDirectory">The cache's directory, private to this user; null for <see cref="ApplianceCache.DefaultDirectory"/>.</param>
    /// <param name="progress">Told how far a build is.</param>
    public static ApplianceSource Managed(ApplianceBuildOptions? options = null, string? cacheDirectory = null, IProgress<ApplianceProgress>? progress = null) =>
        new ManagedSource(options ?? new ApplianceBuildOptions(), cacheDirectory, progress);

    /// <summary>Makes the appliance ready; null leaves the choice to libguestfs. Disposed after the launch.</summary>
    /// <param name="stock">Whether it is to be of the profile stock, where this library chooses the profile.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal abstract HeldAppliance? Acquire(bool stock, CancellationToken cancellation);

    private sealed class UpstreamSource : ApplianceSource
    {
        internal override HeldAppliance? Acquire(bool stock, CancellationToken cancellation) => null;
    }

    private sealed class DirectorySource(string directory) : ApplianceSource
    {
        internal override HeldAppliance? Acquire(bool stock, CancellationToken cancellation)
        {
            Appliance appliance = Appliance.Open(directory);
            if (appliance.Manifest is not null)
            {
                appliance.Verify(cancellationToken: cancellation);
            }

            return new HeldAppliance(appliance.Directory, appliance);
        }
    }

    private sealed class ManagedSource(ApplianceBuildOptions options, string? cacheDirectory, IProgress<ApplianceProgress>? progress) : ApplianceSource
    {
        internal override HeldAppliance? Acquire(bool stock, CancellationToken cancellation)
        {
            ApplianceBuildOptions wanted = stock && options.Profile is null ? options with { Profile = ApplianceProfile.Stock } : options;
            Appliance appliance = new ApplianceCache(cacheDirectory ?? ApplianceCache.DefaultDirectory).GetOrBuild(wanted, progress, cancellation);
            return new HeldAppliance(appliance.Directory, appliance) { MayBeReplaced = !stock && options.Profile is null };
        }
    }
}
