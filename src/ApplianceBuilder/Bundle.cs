using Guestfs.Appliances.Host;
using Guestfs.Appliances.Manifest;

namespace Guestfs.Appliances;

/// <summary>A folder with libguestfs, what it loads and runs, and its appliance, for any host with glibc.</summary>
public sealed class Bundle
{
    private const int BlockSize = 512;

    private Bundle(string directory, BundleManifest manifest)
    {
        Directory = directory;
        Manifest = manifest;
    }

    /// <summary>The directory to name in <c>GUESTFS_BUNDLE</c> or <see cref="GuestfsLibrary.ExplicitPath"/>.</summary>
    public string Directory { get; }

    /// <summary>What is in it.</summary>
    public BundleManifest Manifest { get; }

    /// <summary>Opens a bundle. Only the manifest is read: see <see cref="Verify"/>.</summary>
    /// <param name="directory">Its directory.</param>
    /// <exception cref="ApplianceException">It is no bundle, or its manifest is damaged.</exception>
    public static Bundle Open(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        string full = HostFileNames.FullPath(directory);
        return File.Exists(Path.Combine(full, GuestfsBundle.ListName))
            ? new Bundle(full, BundleManifest.Read(full))
            : throw new ApplianceException(ApplianceProblem.Damaged,
                $"{full} is not a bundle: {GuestfsBundle.ListName} is not in it. 'gfs bundle build -o DIRECTORY' makes one.");
    }

    /// <summary>How many bytes of the disk its files take: the appliance's root is mostly holes.</summary>
    /// <exception cref="ApplianceException">A file cannot be examined.</exception>
    public long SizeOnDisk =>
        FilesIn(Directory).Sum(name => Posix.LinkStatus(Path.Combine(Directory, name))?.Blocks * BlockSize ?? 0);

    /// <summary>Compares the digest of every file with the manifest, and finds what is not in it.</summary>
    /// <param name="progress">Receives the number of bytes read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ApplianceException">A file is missing, not what it was, or not one of the bundle's.</exception>
    public void Verify(IProgress<ApplianceProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        FileCheck.RunManifest(Path.Combine(Directory, BundleManifest.FileName));
        HashSet<string> known = [.. Manifest.Files.Select(file => file.Name), BundleManifest.FileName, CycloneDx.FileName];
        if (FilesIn(Directory).FirstOrDefault(name => !known.Contains(name)) is { } foreign)
        {
            throw FileCheck.Damaged(Path.Combine(Directory, foreign), "it is not one of its files");
        }

        FileCheck.RunAll(
            Directory,
            Manifest.Files,
            name => Path.IsPathRooted(name) || name.Split('/').Any(part => part is "" or "." or "..")
                ? "the manifest names it by a path that leads elsewhere"
                : null,
            progress,
            cancellationToken);
    }

    /// <summary>The files below a directory, by their paths in it. Links are files.</summary>
    internal static IEnumerable<string> FilesIn(string directory) =>
        new DirectoryInfo(directory).EnumerateFileSystemInfos("*", new EnumerationOptions
        {
            RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false,
        })
        .Where(entry => entry.LinkTarget is not null || entry is FileInfo)
        .Select(entry => Path.GetRelativePath(directory, entry.FullName))
        .Order(StringComparer.Ordinal);
}
