using Guestfs.Appliances.Debian;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Packages;
using Guestfs.Appliances.Repositories;
using Guestfs.Appliances.Skeletons;

namespace Guestfs.Appliances;

/// <summary>Gets the packages of an appliance from a Debian or Ubuntu repository, independent of this machine's system.</summary>
public sealed class ApplianceRepository
{
    // The library is not part of the appliance, but its package has the skeleton. t64 since Debian 13 and Ubuntu 24.04.
    private static readonly string[] LibraryPackages = ["libguestfs0t64", "libguestfs0"];
    private readonly RepositoryOptions options;
    private static readonly TimeSpan KeptUnused = TimeSpan.FromDays(30);
    private readonly PackageCache cache;
    private readonly RepositoryClient client;

    /// <summary>Prepares to use a repository.</summary>
    /// <param name="options">Which repository, and how it is used.</param>
    /// <param name="http">Fetches files; its handler decides about proxies and certificates.</param>
    /// <param name="clock">Judges whether signed indexes are still valid; null for the system's clock.</param>
    public ApplianceRepository(RepositoryOptions options, HttpClient http, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(http);
        this.options = options;
        TimeProvider time = clock ?? TimeProvider.System;
        CacheDirectory.Ensure(HostFileNames.FullPath(options.CacheDirectory));
        cache = new PackageCache(options.CacheDirectory, time);
        client = new RepositoryClient(
            new Downloader(http, AptCredentials.Read(options.SystemRoot), time),
            cache,
            new GpgvVerifier(options.Runner),
            time,
            options.Warn);
    }

    /// <summary>Removes downloaded files that have not been used for a time. A cache that is in use now stays as it is.</summary>
    /// <param name="cacheDirectory">The <see cref="RepositoryOptions.CacheDirectory"/>; if there is none, there is nothing to do.</param>
    /// <param name="unusedFor">How long a file may remain unused.</param>
    /// <param name="clock">Tells how old files are; null for the system's.</param>
    /// <exception cref="ApplianceException">The directory is not private, or something in it cannot be removed.</exception>
    public static void Collect(string cacheDirectory, TimeSpan unusedFor, TimeProvider? clock = null) =>
        Collect(cacheDirectory, unusedFor, clock, foretell: null);

    /// <summary>Does that, or tells the full names of what would be removed now.</summary>
    internal static void Collect(string cacheDirectory, TimeSpan unusedFor, TimeProvider? clock, Action<string>? foretell)
    {
        string full = HostFileNames.FullPath(cacheDirectory);
        if (Path.Exists(full))
        {
            CacheDirectory.Ensure(full);
            new PackageCache(full, clock ?? TimeProvider.System).Collect(unusedFor, foretell);
        }
    }

    /// <summary>Chooses and downloads the packages. Those of the cache that nobody has used for 30 days are removed.</summary>
    /// <param name="skeleton">Files and directories of a skeleton that names the packages;
    /// empty for the one of the repository's libguestfs.</param>
    /// <param name="progress">Receives progress reports.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ApplianceException">The repository cannot be fetched, is not authentic, or lacks something.</exception>
    public async Task<ArchivePackageSource> DownloadAsync(
        IReadOnlyList<string>? skeleton = null, IProgress<ApplianceProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        cache.Collect(KeptUnused);
        PackageUniverse universe = await client.LoadAsync(Repositories(), progress, cancellationToken).ConfigureAwait(false);
        options.Log?.Invoke($"repository: {universe.Count} packages");

        IReadOnlyList<string> skeletonArchives = skeleton is { Count: > 0 }
            ? []
            : await DownloadAsync(SkeletonPackages(universe), progress, cancellationToken).ConfigureAwait(false);
        Skeleton lists = skeleton is { Count: > 0 }
            ? SkeletonReader.Read(skeleton, options.Log)
            : SkeletonReader.Read(SkeletonArchives.Find(skeletonArchives, cancellationToken), options.Log);

        PackageSelection selection = DependencyResolver.Resolve(
            universe,
            new PackageRequest
            {
                Required = options.Packages,
                Wanted = [.. lists.Packages.Select(line => line.Value).Distinct(StringComparer.Ordinal)],
            },
            cancellationToken);
        foreach (string name in selection.NotFound)
        {
            options.Log?.Invoke($"repository: {name}, which the skeleton names, does not exist: left out");
        }

        IReadOnlyList<PackageRecord> kernel = KernelPackages(universe);
        options.Log?.Invoke($"repository: {selection.Packages.Count} packages and the kernel {string.Join(", ", kernel)}");
        IReadOnlyList<string> archives = await DownloadAsync(
            [.. selection.Packages.Union(kernel)], progress, cancellationToken).ConfigureAwait(false);
        return new ArchivePackageSource(archives, skeletonArchives)
        {
            Skeleton = skeletonArchives.Count > 0 ? lists : null,
            CacheLease = cache,
        };
    }

    /// <summary>Chooses and downloads the packages of a bundle's library and programs: <see cref="BundleBuildOptions.Programs"/>.</summary>
    /// <param name="progress">Receives progress reports.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ApplianceException">The repository cannot be fetched, is not authentic, or lacks something.</exception>
    public async Task<ArchivePackageSource> DownloadForBundleAsync(
        IProgress<ApplianceProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        PackageUniverse universe = await client.LoadAsync(Repositories(), progress, cancellationToken).ConfigureAwait(false);
        PackageSelection selection = DependencyResolver.Resolve(
            universe, new PackageRequest { Wanted = BundlePackages.For(options.Architecture == "arm64") }, cancellationToken);
        options.Log?.Invoke($"repository: {selection.Packages.Count} packages of libguestfs and qemu");
        return new ArchivePackageSource(
            await DownloadAsync(selection.Packages, progress, cancellationToken).ConfigureAwait(false), []) { CacheLease = cache };
    }

    private async Task<IReadOnlyList<string>> DownloadAsync(
        IReadOnlyList<PackageRecord> packages, IProgress<ApplianceProgress>? progress, CancellationToken cancellationToken) =>
        [.. (await client.DownloadAsync(packages, progress, cancellationToken).ConfigureAwait(false)).Select(package => package.Path)];

    private DebianRepository[] Repositories()
    {
        SignedBy? keys = options.Keyrings.Count > 0 ? AptSources.ReadKeyrings(options.Keyrings) : null;
        if (options.Address is not null)
        {
            return
            [
                new DebianRepository(
                    options.Address,
                    options.Suite ?? throw new ApplianceException(ApplianceProblem.InvalidInput,
                        "An address of a repository (--repository) needs a suite too, such as trixie (--suite)."),
                    options.Components,
                    options.Architecture,
                    keys ?? throw new ApplianceException(ApplianceProblem.InvalidInput,
                        "An address of a repository (--repository) needs the keyring of those who may sign it too (--keyring)."))
                {
                    CheckValidUntil = !options.AllowExpired,
                    AllowOlder = options.AllowExpired,
                },
            ];
        }

        AptSources sources = AptSources.Read(options.SystemRoot, options.Architecture);
        DebianRepository[] found =
        [
            .. SuiteNames.Select(sources.Repositories, options.Suite)
                .Select(source => source with
                {
                    SignedBy = keys ?? source.SignedBy,
                    CheckValidUntil = source.CheckValidUntil && !options.AllowExpired,
                    AllowOlder = options.AllowExpired,
                }),
        ];
        foreach (string skipped in sources.Skipped)
        {
            options.Log?.Invoke($"repository: {skipped}");
        }

        return found.Length > 0
            ? found
            : throw new ApplianceException(
                ApplianceProblem.InvalidInput,
                $"No package source of apt is configured below {options.SystemRoot}. Give the address, suite and keyring of a Debian or "
                + "Ubuntu repository (--repository, --suite, --keyring).");
    }

    private List<PackageRecord> SkeletonPackages(PackageUniverse universe)
    {
        PackageRecord library = LibraryPackages.Select(universe.Find).FirstOrDefault(package => package is not null)
            ?? throw Missing($"neither {string.Join(" nor ", LibraryPackages)}, one of which has the skeleton of the appliance");
        return [library, .. options.AddOns.Select(universe.Find).OfType<PackageRecord>()];
    }

    private List<PackageRecord> KernelPackages(PackageUniverse universe)
    {
        string[] names = options.KernelPackage is { } name
            ? [name]
            : [$"linux-image-cloud-{options.Architecture}", "linux-image-virtual", $"linux-image-{options.Architecture}"];
        List<PackageRecord> chosen =
        [
            names.Select(universe.Find).FirstOrDefault(package => package is not null)
            ?? throw Missing($"no kernel: none of {string.Join(", ", names)}"),
        ];
        for (int i = 0; i < chosen.Count; i++)
        {
            IEnumerable<PackageRelation> parts = chosen[i].Needs.Select(alternatives => alternatives[0])
                .Where(dependency => DebianKernels.IsPart(dependency.Name));
            foreach (PackageRelation part in parts)
            {
                PackageRecord package = universe.Satisfying(part).FirstOrDefault()
                    ?? throw Missing($"no {part.DebianText}, which is a part of the kernel {chosen[i]}");
                if (!chosen.Contains(package))
                {
                    chosen.Add(package);
                }
            }
        }

        return chosen;
    }

    private static ApplianceException Missing(string what) =>
        new(ApplianceProblem.MissingPackage, $"The repository has {what}. Check its suite, components and architecture.");
}
