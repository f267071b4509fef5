// Loads what repositories offer and downloads packages from them, trusting only what signatures vouch for.
using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Debian;

namespace Guestfs.Appliances.Repositories;

/// <summary>A client of Debian repositories.</summary>
/// <param name="downloader">Fetches files.</param>
/// <param name="cache">Keeps packages and indexes.</param>
/// <param name="verifier">Checks signatures.</param>
/// <param name="time">The clock that signatures are held against.</param>
/// <param name="warn">Told when a repository cannot be reached and its last Release file is used, or an older one than that.</param>
internal sealed class RepositoryClient(
    Downloader downloader, PackageCache cache, ISignatureVerifier verifier, TimeProvider time, Action<string>? warn)
{
    private const int AtOnce = 4;
    private const int MaxReleaseLength = 64 << 20;
    private const long MaxIndexLength = 2L << 30;

    /// <summary>Reads the indexes of some repositories.</summary>
    /// <exception cref="ApplianceException">A repository cannot be fetched, or is not authentic.</exception>
    internal async Task<PackageUniverse> LoadAsync(
        IReadOnlyList<DebianRepository> repositories, IProgress<ApplianceProgress>? progress, CancellationToken cancellationToken)
    {
        cache.Open(cancellationToken);
        PackageUniverse universe = new();
        for (int i = 0; i < repositories.Count; i++)
        {
            progress?.Report(new ApplianceProgress(ApplianceStage.Resolving, i, repositories.Count, repositories[i].ToString()));
            await LoadAsync(repositories[i], universe, cancellationToken).ConfigureAwait(false);
        }

        return universe;
    }

    /// <summary>Gets packages into the cache, several at once. The result has the order of the argument.</summary>
    /// <exception cref="ApplianceException">One cannot be fetched or stored, or is not what the index promises.</exception>
    internal async Task<IReadOnlyList<RepositoryPackage>> DownloadAsync(
        IReadOnlyList<PackageRecord> packages, IProgress<ApplianceProgress>? progress, CancellationToken cancellationToken)
    {
        RepositoryPackage[] results = new RepositoryPackage[packages.Count];
        long total = packages.Sum(package => package.Size), done = 0;
        await Parallel.ForAsync(
            0,
            packages.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                PackageRecord package = packages[i];
                CacheItem item = new(package.Repository.At(package.FileName), "debs", ".deb", package.Size, package.Sha256);
                string path = await cache.GetAsync(
                    item, downloader, count => progress?.Report(new ApplianceProgress(
                        ApplianceStage.Downloading, Interlocked.Add(ref done, count), total, package.Name)), token).ConfigureAwait(false);
                results[i] = new RepositoryPackage(
                    package.Name, package.Version.ToString(), package.Architecture, package.Sha256.ToString(), path);
            }).ConfigureAwait(false);
        return results;
    }

    private async Task LoadAsync(DebianRepository repository, PackageUniverse universe, CancellationToken cancellationToken)
    {
        Uri folder = repository.SuiteAddress;
        ReleaseFile release = await LoadReleaseAsync(repository, new Uri(folder, "InRelease"), cancellationToken).ConfigureAwait(false);
        string[] architectures = release.HasOwnIndexForAll ? [repository.Architecture, "all"] : [repository.Architecture];
        IEnumerable<(string Path, bool Needed)> indexes = repository.IsFlat
            ? [("Packages", true)]
            : repository.Components
                .SelectMany(component => architectures.Select(arch => ($"{component}/binary-{arch}/Packages", arch != "all")));
        foreach ((string path, bool needed) in indexes)
        {
            if (release.Find(path) is { } index)
            {
                await LoadIndexAsync(repository, folder, release, index, universe, cancellationToken).ConfigureAwait(false);
            }
            else if (needed)
            {
                throw new ApplianceException(ApplianceProblem.InvalidInput,
                    $"The repository {repository} has no {path}. Check the source's components, "
                    + $"and whether it is made for {repository.Architecture}.");
            }
        }
    }

    private async Task<ReleaseFile> LoadReleaseAsync(DebianRepository repository, Uri address, CancellationToken cancellationToken)
    {
        byte[] bytes = await FetchReleaseAsync(address, cancellationToken).ConfigureAwait(false);
        string source = Downloader.Display(address);
        SignedText signed =
            await verifier.VerifyAsync(bytes, repository.SignedBy.Keyrings, source, cancellationToken).ConfigureAwait(false);
        if (repository.SignedBy.Fingerprints.Count > 0
            && !repository.SignedBy.Fingerprints.Intersect(signed.Fingerprints, StringComparer.Ordinal).Any())
        {
            throw new ApplianceException(ApplianceProblem.NotAuthentic,
                $"{source} is signed, but by none of the keys that the source's Signed-By names. Check Signed-By.");
        }

        ReleaseFile release = new(signed.Text, source);
        release.Check(repository, time.GetUtcNow());
        RefuseOlder(release, repository);
        cache.KeepRelease(address, bytes);
        return release;
    }

    // Without a network, what the cache has is as good as it was: the signature and the dates are checked all the same.
    private async Task<byte[]> FetchReleaseAsync(Uri address, CancellationToken cancellationToken)
    {
        byte[]? kept = cache.ReadRelease(address);
        byte[] bytes = [];
        try
        {
            await downloader.FetchAsync(
                address,
                async (body, token) => bytes = await ReadAllAsync(body, address, token).ConfigureAwait(false),
                kept is null ? Downloader.Tries : 1,
                cancellationToken).ConfigureAwait(false);
            return bytes;
        }
        catch (ApplianceException exception) when (kept is not null && Downloader.IsUnreachable(exception))
        {
            warn?.Invoke($"{exception.Message} The index of the last successful download is used instead.");
            return kept;
        }
    }

    // A signature says nothing of the time: what was true once, with its holes, could be offered again until it expires.
    private void RefuseOlder(ReleaseFile release, DebianRepository repository)
    {
        DateTimeOffset newest = cache.NewestRelease(repository.SuiteAddress);
        if (release.Date > newest)
        {
            cache.RememberRelease(repository.SuiteAddress, release.Date);
        }
        else if (release.Date < newest)
        {
            ApplianceException older = release.OlderThan(newest);
            if (!repository.AllowOlder)
            {
                throw older;
            }

            warn?.Invoke($"{older.Message} It is used nevertheless, as was asked for.");
        }
    }

    private async Task LoadIndexAsync(
        DebianRepository repository, Uri folder, ReleaseFile release, IndexFile index, PackageUniverse universe,
        CancellationToken cancellationToken)
    {
        string path = release.ByHash ? $"{index.Path[..(index.Path.LastIndexOf('/') + 1)]}by-hash/SHA256/{index.Sha256}" : index.Path;
        CacheItem item = new(new Uri(folder, path), "indexes", "", index.Size, index.Sha256);
        string source = Downloader.Display(item.Address);
        using FileStream file = new(
            await cache.GetAsync(item, downloader, null, cancellationToken).ConfigureAwait(false), FileMode.Open, FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete, 1 << 16);
        using Stream text = Compression.Unpack(file, source, MaxIndexLength);
        foreach (Stanza stanza in StanzaReader.Read(text, source, PackageRecord.Fields))
        {
            cancellationToken.ThrowIfCancellationRequested();
            universe.Add(new PackageRecord(stanza, repository, release.Pin, source));
        }
    }

    private static async Task<byte[]> ReadAllAsync(Stream body, Uri address, CancellationToken cancellationToken)
    {
        using MemoryStream bytes = new();
        byte[] buffer = new byte[64 * 1024];
        for (int count; (count = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            if (bytes.Length + count > MaxReleaseLength)
            {
                throw ArchiveFault.In(Downloader.Display(address), "it is too long.");
            }

            await bytes.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        }

        return bytes.ToArray();
    }
}
