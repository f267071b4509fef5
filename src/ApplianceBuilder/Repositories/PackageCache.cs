// Downloaded files by their digests. Several processes may share a cache: files come into it whole, by renaming.
using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Repositories;

/// <summary>A directory of downloaded files: <c>debs/sha256/ab/abcdef....deb</c>.
/// Safe for concurrent use, by several processes too.</summary>
/// <param name="directory">The cache's directory, which is made when needed.</param>
/// <param name="time">Tells which unfinished files were left behind long ago.</param>
internal sealed class PackageCache(string directory, TimeProvider time)
{
    // Who uses files shares it; who removes them holds it alone.
    private const string UseLock = ".use";

    // What is in it guards against old states, and stays.
    private const string Dates = "dates";
    private readonly ConcurrentDictionary<Digest, bool> verified = new();
    private FileLock? use;

    /// <summary>Where an item is, once it is in the cache.</summary>
    internal string PathOf(CacheItem item) =>
        Path.Combine(directory, item.Folder, "sha256", item.Sha256.ToString()[..2], item.Sha256 + item.Extension);

    /// <summary>The newest date of a suite that was ever taken from an address; the beginning of time if none is known.</summary>
    internal DateTimeOffset NewestRelease(Uri suite)
    {
        string path = PathOf(Dates, suite);
        return File.Exists(path)
            && DateTimeOffset.TryParseExact(
                File.ReadLines(path).FirstOrDefault(), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset date)
            ? date
            : DateTimeOffset.MinValue;
    }

    /// <summary>Keeps the newest date of a suite at an address.</summary>
    /// <exception cref="ApplianceException">It cannot be written.</exception>
    internal void RememberRelease(Uri suite, DateTimeOffset date)
    {
        string path = PathOf(Dates, suite), aside = $"{path}.{Guid.NewGuid():N}";
        OutputFault.Guard(path, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllLines(aside, [date.ToString("O", CultureInfo.InvariantCulture), Downloader.Display(suite)]);
            File.Move(aside, path, overwrite: true);
            return true;
        });
    }

    /// <summary>
    /// Whether the cache has the item. Its size is compared each time, its digest the first time: there is no fsync, so a
    /// crash of the machine may leave a damaged file. One that does not match is deleted.
    /// </summary>
    internal async Task<bool> HasAsync(CacheItem item, CancellationToken cancellationToken)
    {
        string path = PathOf(item);
        FileInfo info = new(path);
        if (!info.Exists)
        {
            return false;
        }

        if (info.Length == item.Size
            && (verified.ContainsKey(item.Sha256) || await DigestOfAsync(path, cancellationToken).ConfigureAwait(false) == item.Sha256))
        {
            verified[item.Sha256] = true;
            info.LastWriteTimeUtc = time.GetUtcNow().UtcDateTime;
            return true;
        }

        File.Delete(path);
        return false;
    }

    /// <summary>Returns the path of an item, fetching it when the cache has it not.</summary>
    /// <param name="item">The item.</param>
    /// <param name="downloader">Fetches it.</param>
    /// <param name="fetched">Told how many bytes came (or, negative, were in vain).</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ApplianceException">It cannot be fetched or stored, or is not what it should be.</exception>
    internal async Task<string> GetAsync(CacheItem item, Downloader downloader, Action<long>? fetched, CancellationToken cancellationToken)
    {
        string path = PathOf(item);
        string partial = Path.Combine(directory, "partial", $"{item.Sha256}.{Guid.NewGuid():N}");
        try
        {
            if (await HasAsync(item, cancellationToken).ConfigureAwait(false))
            {
                fetched?.Invoke(item.Size);
                return path;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Directory.CreateDirectory(Path.GetDirectoryName(partial)!);
            await downloader.FetchAsync(
                item.Address, (body, token) => StoreAsync(item, body, partial, fetched, token), cancellationToken).ConfigureAwait(false);
            File.Move(partial, path, overwrite: true);
            verified[item.Sha256] = true;
            return path;
        }
        catch (Exception e) when (OutputFault.Is(e) && e is not HttpIOException)
        {
            throw OutputFault.From(path, e);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>The Release file that was last taken from an address; null if there is none.</summary>
    internal byte[]? ReadRelease(Uri address)
    {
        string path = ReleasePath(address);
        return OutputFault.Guard(path, () =>
        {
            if (!File.Exists(path))
            {
                return null;
            }

            File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
            return File.ReadAllBytes(path);
        });
    }

    /// <summary>Keeps a Release file that was found good.</summary>
    internal void KeepRelease(Uri address, byte[] release)
    {
        string path = ReleasePath(address), partial = Path.Combine(directory, "partial", Guid.NewGuid().ToString("N"));
        OutputFault.Guard(path, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Directory.CreateDirectory(Path.GetDirectoryName(partial)!);
            File.WriteAllBytes(partial, release);
            File.Move(partial, path, overwrite: true);
            return true;
        });
    }

    /// <summary>Keeps others from removing files as long as this object lives,
    /// and deletes unfinished ones that killed processes left behind more than a day ago.</summary>
    internal void Open(CancellationToken cancellationToken)
    {
        if (use is null)
        {
            Posix.CreateDirectory(directory, Permissions.Octal0700, mayExist: true);
            use = FileLock.Share(Path.Combine(directory, UseLock), cancellationToken);
        }

        RemoveUnused("partial", time.GetUtcNow().UtcDateTime - TimeSpan.FromDays(1));
    }

    /// <summary>Deletes what nobody has used for that long, unless someone uses the cache now, or tells the names of that.</summary>
    internal void Collect(TimeSpan unusedFor, Action<string>? foretell = null)
    {
        DateTime oldest = CacheDirectory.OldestKept(time, unusedFor);
        using FileLock? alone = FileLock.TryTake(Path.Combine(directory, UseLock));
        if (alone is not null)
        {
            RemoveUnused(".", oldest, foretell);
        }
    }

    private string ReleasePath(Uri address) => PathOf("releases", address);

    private string PathOf(string folder, Uri address) =>
        Path.Combine(directory, folder, Digest.From(Sha256Hash.Of(Encoding.UTF8.GetBytes(Downloader.Display(address)))).ToString());

    private void RemoveUnused(string folder, DateTime before, Action<string>? foretell = null)
    {
        DirectoryInfo top = new(Path.Combine(directory, folder));
        foreach (FileInfo file in top.Exists ? top.GetFiles("*", SearchOption.AllDirectories) : [])
        {
            if (file.LastWriteTimeUtc < before && file.Name != UseLock && file.Directory?.Name != Dates)
            {
                (foretell ?? File.Delete)(file.FullName);
            }
        }
    }

    private static async Task<Digest> DigestOfAsync(string path, CancellationToken cancellationToken)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        await using (file.ConfigureAwait(false))
        {
            using DigestStream digested = new(Stream.Null);
            await file.CopyToAsync(digested, cancellationToken).ConfigureAwait(false);
            return Digest.From(digested.Current());
        }
    }

    private static async Task StoreAsync(
        CacheItem item, Stream body, string partial, Action<long>? fetched, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        using Sha256Hash hash = new();
        long size = 0;
        bool good = false;
        try
        {
            FileStream file = new(partial, FileMode.Create, FileAccess.Write, FileShare.None, 1);
            await using (file.ConfigureAwait(false))
            {
                for (int count; size <= item.Size && (count = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
                {
                    hash.Add(buffer.AsSpan(0, count));
                    await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                    size += count;
                    fetched?.Invoke(count);
                }
            }

            good = size == item.Size && Digest.From(hash.Current()) == item.Sha256;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            if (!good)
            {
                fetched?.Invoke(-size);
            }
        }

        if (!good)
        {
            throw new ApplianceException(
                ApplianceProblem.NotAuthentic,
                $"{Downloader.Display(item.Address)} is not the file that the repository's signed index promises (its size or SHA-256 "
                + "differs). The mirror may be in the middle of an update: try again in a few minutes.");
        }
    }
}

/// <summary>A file that a cache may have or fetch.</summary>
/// <param name="Address">Where it is fetched from.</param>
/// <param name="Folder">The folder of the cache for files of its kind.</param>
/// <param name="Extension">The extension of the file in the cache, with its dot.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">Its digest.</param>
internal sealed record CacheItem(Uri Address, string Folder, string Extension, long Size, Digest Sha256);
