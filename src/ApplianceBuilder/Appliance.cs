using Guestfs.Appliances.Host;
using Guestfs.Appliances.Manifest;
using Guestfs.Appliances.Output;

namespace Guestfs.Appliances;

/// <summary>A built appliance. Dispose it when no launch needs it any more: until then a cache keeps it.</summary>
public sealed class Appliance : IDisposable
{
    private readonly IDisposable? lease;

    internal Appliance(string directory, ApplianceManifest? manifest, IDisposable? lease)
    {
        Directory = directory;
        Manifest = manifest;
        this.lease = lease;
    }

    /// <summary>The directory to set as libguestfs' path: guestfs_set_path(3), <c>LIBGUESTFS_PATH</c>.</summary>
    public string Directory { get; }

    /// <summary>What it was made of, and its digests; null where another program built it.</summary>
    public ApplianceManifest? Manifest { get; }

    /// <summary>Opens the fixed appliance in a directory, whoever built it. Only the manifest is read: see <see cref="Verify"/>.</summary>
    /// <param name="directory">The directory with <c>README.fixed</c>, <c>kernel</c>, <c>initrd</c> and <c>root</c>.</param>
    /// <exception cref="ApplianceException">It is no fixed appliance, or its manifest is damaged.</exception>
    public static Appliance Open(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        string full = HostFileNames.FullPath(directory);
        foreach (string name in ApplianceWriter.FixedFiles)
        {
            if (!File.Exists(Path.Combine(full, name)))
            {
                throw new ApplianceException(ApplianceProblem.Damaged,
                    $"{full} is not a fixed appliance: {name} is not in it. 'gfs appliance build -o DIRECTORY' makes one.");
            }
        }

        return new Appliance(
            full, File.Exists(Path.Combine(full, ApplianceManifest.FileName)) ? ApplianceManifest.Read(full) : null, lease: null);
    }

    /// <summary>Reads every file of the appliance and compares its digest with the manifest.</summary>
    /// <param name="progress">Receives the number of bytes read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ApplianceException">A file is missing or not what it was, or there is no manifest to compare with.</exception>
    public void Verify(IProgress<ApplianceProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ApplianceManifest manifest = Manifest
            ?? throw new ApplianceException(ApplianceProblem.InvalidInput,
                $"{Directory} has no {ApplianceManifest.FileName} to compare it with: another program built it.");
        FileCheck.RunManifest(Path.Combine(Directory, ApplianceManifest.FileName));
        FileCheck.RunAll(
            Directory,
            manifest.Outputs,
            name => Path.GetFileName(name) == name ? null : "the manifest names it with a path in place of a file name",
            progress,
            cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => lease?.Dispose();
}
