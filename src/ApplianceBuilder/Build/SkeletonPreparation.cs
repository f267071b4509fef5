using System.Formats.Tar;
using System.IO.Compression;

using Guestfs.Appliances.Host;
using Guestfs.Appliances.Packages;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Build;

/// <summary>supermin --prepare: a skeleton of package names, with the configuration files of all packages that they need.</summary>
internal static class SkeletonPreparation
{
    /// <summary>Writes <c>packages</c> and <c>base.tar.gz</c> into a new directory.</summary>
    /// <param name="names">The packages. Those that are not installed are left out.</param>
    /// <param name="source">The host.</param>
    /// <param name="downloader">Runs what downloads packages for their configuration files; null to take the host's own files.</param>
    /// <param name="timestamp">The time of every file of the archive; null for each file's own.</param>
    /// <param name="directory">The directory; it is created.</param>
    /// <param name="log">Takes a line for each decision.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ApplianceException">None of the packages is installed, or one cannot be downloaded.</exception>
    internal static void Write(
        IReadOnlyList<string> names, HostPackageSource source, ICommandRunner? downloader, long? timestamp, string directory,
        Action<string>? log, CancellationToken cancellationToken)
    {
        IPackageDatabase database = HostPackages.Detect(source.Root, cancellationToken)
            ?? throw new ApplianceException(
                ApplianceProblem.InvalidInput, $"There is no database of installed packages (dpkg, rpm or pacman) below {source.Root}.");
        PackageSet installed = database.Load(cancellationToken);
        string[] present = [.. names.Where(name => installed.Rules.FindAsSupermin(installed, name) is not null)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
        if (present.Length == 0)
        {
            throw new ApplianceException(
                ApplianceProblem.MissingPackage, "prepare: none of the packages listed on the command line seem to be installed");
        }

        PackageClosure closure = PackageClosure.Resolve(
            installed, present.Select(name => (name, "the command line")), ClosurePolicy.Supermin, cancellationToken);
        log?.Invoke($"prepare: {closure.Packages.Count} packages, including dependencies");
        List<(InstalledPackage Package, PlanEntry File)> configuration = [.. FindConfiguration(closure, installed.Rules, source.Root)];
        bool download = downloader is not null && configuration.Count > 0;
        if (download && database.Kind != "dpkg")
        {
            throw new ApplianceException(
                ApplianceProblem.InvalidInput,
                $"prepare: {database.Kind}'s packages cannot be downloaded for their configuration files. "
                + "Give --use-installed to take the files of this host.");
        }

        Posix.CreateDirectory(directory, Permissions.Octal0755);
        try
        {
            File.WriteAllLines(Path.Combine(directory, "packages"), present);
            IEnumerable<PlanEntry> files = configuration.Select(found => found.File);
            string downloads = Path.Combine(directory, ".packages");
            if (download)
            {
                Posix.CreateDirectory(downloads, Permissions.Octal0700);
                files = PackageDownload.ReadFiles(
                    configuration.Select(found => found.Package), installed.NativeArchitecture,
                    files.Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal), downloader!, downloads, log,
                    cancellationToken).Values;
            }

            WriteArchive(
                [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)],
                timestamp,
                Path.Combine(directory, "base.tar.gz"),
                cancellationToken);
            if (download)
            {
                Directory.Delete(downloads, recursive: true);
            }
        }
        catch (Exception exception) when (OutputFault.Is(exception))
        {
            throw OutputFault.From(directory, exception);
        }
    }

    // What supermin takes for configuration, as the host has it.
    private static IEnumerable<(InstalledPackage Package, PlanEntry File)> FindConfiguration(
        PackageClosure closure, PackageRules rules, string root)
    {
        foreach (InstalledPackage package in closure.Packages)
        {
            foreach (PackageFile file in package.Files.Where(file => rules.IsConfigurationForSupermin(file, isRegular: true)))
            {
                string hostPath = HostRoot.Join(root, file.HostPath);
                if (Posix.LinkStatus(hostPath) is { Kind: EntryKind.File } status)
                {
                    yield return (package, new PlanEntry
                    {
                        Path = file.Path,
                        Kind = EntryKind.File,
                        Mode = status.Permissions,
                        ModificationTime = Math.DivRem(status.ModificationTimeNs, 1_000_000_000).Quotient,
                        Content = new HostFileContent(hostPath, 0, status.Size),
                    });
                }
            }
        }
    }

    private static void WriteArchive(IReadOnlyList<PlanEntry> files, long? timestamp, string path, CancellationToken cancellationToken)
    {
        using FileStream file = new(path, FileMode.CreateNew);
        using GZipStream gzip = new(file, CompressionLevel.Optimal);
        using TarWriter tar = new(gzip, TarEntryFormat.Gnu);
        foreach (PlanEntry entry in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using ContentStream content = new(entry.Content!);
            tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, "." + entry.Path)
            {
                // GNU's fields for them say zero, so that the same files give the same archive.
                AccessTime = DateTimeOffset.UnixEpoch,
                ChangeTime = DateTimeOffset.UnixEpoch,
                ModificationTime = DateTimeOffset.FromUnixTimeSeconds(timestamp ?? entry.ModificationTime),
                Mode = (UnixFileMode)entry.Mode,
                UserName = "root",
                GroupName = "root",
                DataStream = content,
            });
        }
    }
}
