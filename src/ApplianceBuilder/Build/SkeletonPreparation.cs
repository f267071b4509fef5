// supermin --prepare: a skeleton of package names, with the configuration files of all packages that they need.
using System.Formats.Tar;
using System.IO.Compression;

namespace Guestfs.Appliances;

/// <summary>Makes skeletons.</summary>
internal static class SkeletonPreparation
{
    /// <summary>Writes <c>packages</c> and <c>base.tar.gz</c> into a new directory.</summary>
    /// <param name="names">The packages. Those that are not installed are left out.</param>
    /// <param name="source">The host.</param>
    /// <param name="timestamp">The time of every file of the archive; null for each file's own.</param>
    /// <param name="directory">The directory; it is created.</param>
    /// <param name="log">Takes a line for each decision.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ApplianceException">None of the packages is installed.</exception>
    internal static void Write(IReadOnlyList<string> names, HostPackageSource source, long? timestamp, string directory, Action<string>? log, CancellationToken cancellation)
    {
        IPackageDatabase database = HostPackages.Detect(source.Root, source.Runner ?? new NoCommandRunner(), cancellation)
            ?? throw new ApplianceException(ApplianceProblem.InvalidInput, $"There is no database of installed packages (dpkg, rpm or pacman) below {source.Root}.");
        PackageSet installed = database.Load(cancellation);
        string[] present = [.. names.Where(name => installed.Rules.FindAsSupermin(installed, name) is not null).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (present.Length == 0)
        {
            throw new ApplianceException(ApplianceProblem.MissingPackage, "prepare: none of the packages listed on the command line seem to be installed");
        }

        PackageClosure closure = PackageClosure.Resolve(installed, present.Select(name => (name, "the command line")), ClosurePolicy.Supermin, cancellation);
        log?.Invoke($"prepare: {closure.Packages.Count} packages, including dependencies");
        Posix.CreateDirectory(directory, 0x1ED);
        try
        {
            File.WriteAllLines(Path.Combine(directory, "packages"), present);
            using FileStream file = new(Path.Combine(directory, "base.tar.gz"), FileMode.CreateNew);
            using GZipStream gzip = new(file, CompressionLevel.Optimal);
            using TarWriter tar = new(gzip, TarEntryFormat.Gnu);
            foreach (PackageFile configuration in closure.Packages.SelectMany(package => package.Files).OrderBy(entry => entry.Path, StringComparer.Ordinal))
            {
                cancellation.ThrowIfCancellationRequested();
                string hostPath = HostRoot.Join(source.Root, configuration.HostPath);
                if (Posix.LinkStatus(hostPath) is { Kind: EntryKind.File } status && installed.Rules.IsConfigurationForSupermin(configuration, isRegular: true))
                {
                    AddFile(tar, configuration.Path, hostPath, status, timestamp);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputFault.From(directory, exception);
        }
    }

    private static void AddFile(TarWriter tar, string path, string hostPath, in FileStatus status, long? timestamp)
    {
        using ContentStream content = new(new HostFileContent(hostPath, 0, status.Size));
        tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, "." + path)
        {
            // GNU's fields for them say zero, so that the same files give the same archive.
            AccessTime = DateTimeOffset.UnixEpoch,
            ChangeTime = DateTimeOffset.UnixEpoch,
            ModificationTime = DateTimeOffset.FromUnixTimeSeconds(timestamp ?? Math.DivRem(status.ModificationTimeNs, 1_000_000_000).Quotient),
            Mode = (UnixFileMode)status.Permissions,
            UserName = "root",
            GroupName = "root",
            DataStream = content,
        });
    }
}
