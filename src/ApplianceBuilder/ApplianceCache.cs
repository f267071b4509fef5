// Appliances by the content of what they are made of: built once, found again in milliseconds, checked before each use.
using Guestfs.Appliances.Build;
using Guestfs.Appliances.Cache;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Output;

namespace Guestfs.Appliances;

/// <summary>
/// A cache of appliances in a private directory. Any number of processes may build and use at once; one that is killed
/// leaves nothing that counts.
/// </summary>
public sealed class ApplianceCache
{
    // Who builds or removes an entry holds the one alone; who uses it shares the other.
    private const string BuildLock = ".build", UseLock = ".use";
    private static readonly TimeSpan KeptUnused = TimeSpan.FromDays(30);
    private readonly string directory;
    private readonly TimeProvider clock;
    private readonly string bootId;

    /// <summary>Opens the cache in a directory, which is created with mode 0700 if need be.</summary>
    /// <param name="directory">The directory; it must belong to this user and be closed to all others.</param>
    /// <param name="clock">Tells how old entries are; null for the system's.</param>
    /// <exception cref="ApplianceException">The directory is not private, or cannot be made.</exception>
    public ApplianceCache(string directory, TimeProvider? clock = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        this.directory = HostFileNames.FullPath(directory);
        this.clock = clock ?? TimeProvider.System;
        CacheDirectory.Ensure(this.directory);

        // Without one every process checks every digest.
        bootId = HostBoot.ReadId() ?? Guid.NewGuid().ToString();
    }

    /// <summary>
    /// The cache of this user: in <c>LIBGUESTFS_CACHEDIR</c> where that is set; otherwise <c>guestfs-appliances</c> in
    /// <c>XDG_CACHE_HOME</c> or in <c>~/.cache</c>, whichever this user can write; otherwise a private directory in
    /// <c>/var/tmp</c>. The environment is read when this is asked for.
    /// </summary>
    public static string DefaultDirectory => PrivateDirectory.OfUser(HostEnvironment.Variable);

    /// <summary>The cache's directory.</summary>
    public string Directory => directory;

    /// <summary>The appliance for these inputs: from the cache if it is there and undamaged, built otherwise.</summary>
    /// <param name="options">What the appliance is made of.</param>
    /// <param name="progress">Receives progress reports.</param>
    /// <param name="cancellationToken">Stops the work; nothing half-built remains in use.</param>
    /// <returns>The appliance. Until it is disposed, the cache does not remove it.</returns>
    /// <exception cref="ApplianceException">The appliance cannot be built.</exception>
    public Appliance GetOrBuild(
        ApplianceBuildOptions options, IProgress<ApplianceProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        string freshPath = FilePath(ApplianceInputs.RequestId(options), ".fresh");
        if (CacheRecords.ReadFresh(freshPath) is { } fresh && fresh.Inputs.All(stamp => stamp == FileStamp.Of(stamp.Path))
            && TryUse(fresh.Key, progress, options.Log, cancellationToken) is { } same)
        {
            options.Log?.Invoke($"cache: no input has changed: {same.Directory}");
            return same;
        }

        ApplianceInputs inputs = ApplianceInputs.Resolve(options, withKernel: true, progress, cancellationToken);
        while (true)
        {
            Appliance? appliance = TryUse(inputs.Key, progress, options.Log, cancellationToken);
            if (appliance is not null)
            {
                CacheRecords.Write(freshPath, new FreshRecord(inputs.Key, inputs.Stamps));
                return appliance;
            }

            BuildEntry(inputs, progress, cancellationToken);
            Collect(KeptUnused);
        }
    }

    /// <summary>The appliances that are in the cache, whether or not they are as they were built; those used last come first.</summary>
    /// <returns>What is known of each, without reading all of it. An entry of another version whose manifest cannot be understood is
    /// left out.</returns>
    public IReadOnlyList<CachedAppliance> List()
    {
        List<CachedAppliance> found = [];
        foreach (string key in System.IO.Directory.EnumerateFiles(directory, "*" + UseLock)
            .Select(path => Path.GetFileNameWithoutExtension(path)).Where(key => System.IO.Directory.Exists(EntryPath(key))))
        {
            try
            {
                found.Add(new CachedAppliance(
                    EntryPath(key),
                    ApplianceManifest.Read(EntryPath(key)),
                    new DateTimeOffset(File.GetLastWriteTimeUtc(FilePath(key, UseLock)), TimeSpan.Zero),
                    System.IO.Directory.EnumerateFileSystemEntries(directory, key + SavedMachines.Infix + "*").Any()));
            }
            catch (Exception e) when (e is ApplianceException or IOException)
            {
                // It is being removed, or was made by another version.
            }
        }

        return [.. found.OrderByDescending(appliance => appliance.LastUsed)];
    }

    /// <summary>Removes appliances that have not been used for a time and are not in use now, what killed builds left, and saved
    /// machines that nobody will resume: of earlier boots of the host, and of bundles that are gone, or unused for that time.</summary>
    /// <param name="unusedFor">How long an appliance may remain unused.</param>
    public void Collect(TimeSpan unusedFor) => Collect(unusedFor, foretell: null);

    /// <summary>Does that, or tells the full names of what would be removed now.</summary>
    internal void Collect(TimeSpan unusedFor, Action<string>? foretell)
    {
        DateTime oldest = CacheDirectory.OldestKept(clock, unusedFor);
        // Old records, and the unfinished ones of processes that were killed while writing them.
        foreach (string path in System.IO.Directory.EnumerateFiles(directory)
            .Where(path => CacheRecords.MayAge(path) && File.GetLastWriteTimeUtc(path) < oldest))
        {
            (foretell ?? File.Delete)(path);
        }

        SavedMachines.Collect(directory, clock.GetUtcNow().UtcDateTime, oldest, foretell);
        foreach (string key in System.IO.Directory.EnumerateFiles(directory, "*" + BuildLock)
            .Select(path => Path.GetFileNameWithoutExtension(path)))
        {
            bool unused = File.GetLastWriteTimeUtc(FilePath(key, UseLock)) < oldest;
            if (!unused && !LeftByBuilds(key).Any())
            {
                continue;
            }

            using FileLock? building = FileLock.TryTake(FilePath(key, BuildLock));
            if (building is null)
            {
                continue;
            }

            using FileLock? use = unused ? FileLock.TryTake(FilePath(key, UseLock)) : null;
            if (foretell is not null)
            {
                LeftByBuilds(key).Concat(use is null ? [] : PathsOf(key)).ToList().ForEach(foretell);
                continue;
            }

            RemoveLeftBehind(key);
            if (use is not null)
            {
                RemoveEntry(key);
            }
        }
    }

    private string FilePath(string name, string suffix) => Path.Combine(directory, name + suffix);

    private string EntryPath(string key) => Path.Combine(directory, key);

    // The entry of that key, held against removal; null if it is not there, or was damaged.
    private Appliance? TryUse(string key, IProgress<ApplianceProgress>? progress, Action<string>? log, CancellationToken cancellationToken)
    {
        if (!System.IO.Directory.Exists(EntryPath(key)))
        {
            return null;
        }

        FileLock lease = FileLock.Share(FilePath(key, UseLock), cancellationToken);
        try
        {
            Appliance appliance = new(EntryPath(key), ApplianceManifest.Read(EntryPath(key)), lease);
            Check(key, appliance, progress, cancellationToken);
            MarkUsed(key);
            return appliance;
        }
        catch (ApplianceException exception) when (exception.Problem == ApplianceProblem.Damaged)
        {
            lease.Dispose();
            log?.Invoke($"cache: {exception.Message}");
            return null;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    // Reads all of it unless it is known to be as it was when that was last done.
    private void Check(string key, Appliance appliance, IProgress<ApplianceProgress>? progress, CancellationToken cancellationToken)
    {
        // The stamps from before the reading: a change meanwhile shows the next time.
        VerifiedRecord record = new(bootId, Stamps(key, appliance.Manifest!));
        if (CacheRecords.ReadVerified(FilePath(key, ".verified")) is not { } known
            || known.BootId != bootId
            || !known.Outputs.SequenceEqual(record.Outputs))
        {
            appliance.Verify(progress, cancellationToken);
            CacheRecords.Write(FilePath(key, ".verified"), record);
        }
    }

    private void BuildEntry(ApplianceInputs inputs, IProgress<ApplianceProgress>? progress, CancellationToken cancellationToken)
    {
        using FileLock exclusive = FileLock.Take(FilePath(inputs.Key, BuildLock), cancellationToken);
        if (TryUse(inputs.Key, progress, log: null, cancellationToken) is { } built)
        {
            // Another process was quicker.
            built.Dispose();
            return;
        }

        RemoveLeftBehind(inputs.Key);
        string aside = FilePath(inputs.Key, $".tmp-{Guid.NewGuid():N}");
        try
        {
            RemoveEntry(inputs.Key);
            ApplianceManifest manifest = ApplianceWriter.Write(inputs, aside, durable: false, progress, cancellationToken);
            // First, or it would count as never used.
            FileLock.Share(FilePath(inputs.Key, UseLock), cancellationToken).Dispose();
            MarkUsed(inputs.Key);
            System.IO.Directory.Move(aside, EntryPath(inputs.Key));
            CacheRecords.Write(FilePath(inputs.Key, ".verified"), new VerifiedRecord(bootId, Stamps(inputs.Key, manifest)));
        }
        catch (Exception exception) when (OutputFault.Is(exception))
        {
            throw OutputFault.From(aside, exception);
        }
        finally
        {
            Remove(aside);
        }
    }

    private void MarkUsed(string key) => File.SetLastWriteTimeUtc(FilePath(key, UseLock), clock.GetUtcNow().UtcDateTime);

    private FileStamp[] Stamps(string key, ApplianceManifest manifest) =>
        [.. manifest.Outputs.Select(output => output.Name)
            .Append(ApplianceManifest.FileName)
            .Select(name => FileStamp.Of(Path.Combine(EntryPath(key), name)))];

    private IEnumerable<string> LeftByBuilds(string key) => System.IO.Directory.EnumerateFileSystemEntries(directory, key + ".tmp-*");

    private void RemoveLeftBehind(string key)
    {
        foreach (string left in LeftByBuilds(key).ToArray())
        {
            Remove(left);
        }
    }

    private IEnumerable<string> PathsOf(string key) =>
        RecordsOf(key).Append(EntryPath(key)).Where(path => Path.Exists(path));

    private IEnumerable<string> RecordsOf(string key) =>
        System.IO.Directory.GetFiles(directory, key + CacheRecords.BootInfix + "*")
            .Concat(System.IO.Directory.GetFileSystemEntries(directory, key + SavedMachines.Infix + "*"))
            .Append(FilePath(key, ".verified"));

    // Aside first, so that nobody finds half of it.
    private void RemoveEntry(string key)
    {
        foreach (string record in RecordsOf(key))
        {
            Remove(record);
        }

        string entry = EntryPath(key), aside = FilePath(key, $".tmp-{Guid.NewGuid():N}");
        if (System.IO.Directory.Exists(entry))
        {
            System.IO.Directory.Move(entry, aside);
            Remove(aside);
        }
        else
        {
            Remove(entry);
        }
    }

    // Whatever is there: damage and people leave other things than this class does.
    private void Remove(string path)
    {
        using OpenDirectory cache = new(directory);
        cache.Remove(Path.GetFileName(path));
    }
}
