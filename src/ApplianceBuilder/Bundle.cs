using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Bundles;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Manifest;
using Guestfs.Appliances.Output;
using Guestfs.Appliances.Plan;
using Microsoft.Win32.SafeHandles;

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

    /// <summary>
    /// Puts a bundle where this user keeps those that he has, each under the digest of its manifest: several versions lie side by side.
    /// Every file is compared with the manifest first.
    /// </summary>
    /// <param name="source">An archive that <see cref="WriteArchive"/> wrote, or the directory of a bundle.</param>
    /// <param name="directory">Where they are kept, private to this user; null for <c>bundles</c> in
    /// <see cref="ApplianceCache.DefaultDirectory"/>.</param>
    /// <param name="progress">Receives progress reports.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it stays.</param>
    /// <returns>The bundle, for <c>GUESTFS_BUNDLE</c> or <see cref="GuestfsLibrary.ExplicitPath"/>.</returns>
    /// <exception cref="ApplianceException">It is no bundle, it is damaged, or it cannot be written.</exception>
    public static Bundle Install(
        string source, string? directory = null, IProgress<ApplianceProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        string full = HostFileNames.FullPath(source);
        BundleInstaller installer = new(HostFileNames.FullPath(directory ?? Path.Combine(ApplianceCache.DefaultDirectory, "bundles")));
        void VerifyNew(string written) => Open(written).Verify(progress, cancellationToken);
        if (System.IO.Directory.Exists(full))
        {
            BundleTree tree = new(full, Open(full).Manifest);
            return Open(installer.Install(
                full, _ => tree.Below("/" + GuestfsBundle.UsualName), VerifyNew, progress, cancellationToken));
        }

        try
        {
            using FileStream archive = File.OpenRead(full);
            return Open(installer.Install(
                full, spool => TarArchive.Read(archive, full, spool, new TarOptions(), cancellationToken), VerifyNew, progress,
                cancellationToken));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ApplianceException(
                ApplianceProblem.UnreadableFile, $"{full} cannot be read: {exception.Message}", exception);
        }
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

    /// <summary>
    /// Writes it as a tar archive with one directory, <c>guestfs-bundle</c>. The same bundle gives the same bytes. Holes are kept, in the
    /// form that GNU tar, bsdtar and Go read: <c>tar --zstd -xf</c> unpacks it.
    /// </summary>
    /// <param name="path">The file. One that is there is replaced. It is packed with zstd where its name ends with <c>.zst</c>.</param>
    /// <param name="progress">Receives the number of bytes written.</param>
    /// <param name="cancellationToken">Stops the work; what was there before stays.</param>
    /// <exception cref="ApplianceException">The bundle is damaged, or the file cannot be written.</exception>
    public void WriteArchive(
        string path, IProgress<ApplianceProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        bool packed = path.EndsWith(".zst", StringComparison.Ordinal);
        WriteFile(
            path, (tree, file, written) => BundleTar.Write(tree, file, packed, written, cancellationToken), progress, cancellationToken);
    }

    /// <summary>
    /// Writes it as a NuGet package, <c>Guestfs.Runtime.linux-x64</c> or <c>Guestfs.Runtime.linux-arm64</c>. A program that references it
    /// has the bundle beside it when it is built and when it is published, and uses it.
    /// </summary>
    /// <param name="path">The file; or a directory, and the file is <c>NAME.VERSION.nupkg</c> in it. One that is there is replaced.</param>
    /// <param name="version">The package's version; null for that of libguestfs.</param>
    /// <param name="progress">Receives the number of bytes read.</param>
    /// <param name="cancellationToken">Stops the work; what was there before stays.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ArgumentException">That is no version of a package.</exception>
    /// <exception cref="ApplianceException">The bundle is damaged, or the file cannot be written.</exception>
    public string WriteNuGetPackage(
        string path, string? version = null, IProgress<ApplianceProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        version ??= BundleNuGet.VersionOf(Manifest);
        if (!BundleNuGet.IsVersion(version))
        {
            throw new ArgumentException($"'{version}' is no version of a package, such as 1.2.3 or 1.2.3-beta.1.", nameof(version));
        }

        string file = System.IO.Directory.Exists(path) ? Path.Combine(path, $"{BundleNuGet.NameOf(Manifest)}.{version}.nupkg") : path;
        WriteFile(
            file, (tree, output, written) => BundleNuGet.Write(tree, version, output, written, cancellationToken), progress,
            cancellationToken);
        return file;
    }

    /// <summary>
    /// Writes a container image in OCI's image layout, with the bundle, programs that use it, and nothing else: no shell, no package
    /// manager.
    /// </summary>
    /// <param name="directory">The directory to create. An image layout that is there is replaced; anything else there is an error.</param>
    /// <param name="programs">Programs for the image, without libraries of their own; it starts the first.</param>
    /// <param name="progress">Receives the number of bytes read.</param>
    /// <param name="cancellationToken">Stops the work; what was there before stays.</param>
    /// <exception cref="ApplianceException">The bundle is damaged, or the image cannot be written.</exception>
    public void WriteImage(
        string directory, IReadOnlyList<string> programs, IProgress<ApplianceProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(programs);
        directory = HostFileNames.FullPath(directory);
        OutputDirectory.CheckReplaceable(directory, "an image layout", BundleOci.Mark);
        Verify(progress, cancellationToken);
        BundleTree tree = new(Directory, Manifest);
        OutputDirectory.Replace(
            directory,
            aside => OutputFault.Guard(directory, () =>
            {
                BundleOci.Write(tree, programs, aside, Counter(tree, progress), cancellationToken);
                return tree;
            }),
            durable: false);
    }

    // A damaged one is not passed on.
    private void WriteFile(
        string path, Action<BundleTree, Stream, Action<long>> write, IProgress<ApplianceProgress>? progress,
        CancellationToken cancellationToken)
    {
        path = HostFileNames.FullPath(path);
        if (Posix.LinkStatus(path) is { Kind: not EntryKind.File })
        {
            throw new ApplianceException(
                ApplianceProblem.OutputFailed,
                $"{path} is no regular file, and a file in its place would be the end of it. Name another one.");
        }

        Verify(progress, cancellationToken);
        BundleTree tree = new(Directory, Manifest);
        string aside = $"{path}.{Guid.NewGuid():N}";
        try
        {
            OutputFault.Guard(path, () =>
            {
                using (SafeFileHandle created = Posix.CreateFile(aside, Permissions.Octal0644, readToo: true))
                using (FileStream file = new(created, FileAccess.ReadWrite))
                {
                    write(tree, file, Counter(tree, progress));
                }

                File.Move(aside, path, overwrite: true);
                return tree;
            });
        }
        finally
        {
            File.Delete(aside);
        }
    }

    private static Action<long> Counter(BundleTree tree, IProgress<ApplianceProgress>? progress)
    {
        long done = 0, total = progress is null ? 0 : tree.DataLength;
        return count => progress?.Report(new ApplianceProgress(ApplianceStage.Packing, Math.Min(done += count, total), total));
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
