using Guestfs.Appliances.Host;
using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Pacman;

/// <summary>pacman's package database: a folder for each package in /var/lib/pacman/local.</summary>
internal sealed class PacmanDatabase : IPackageDatabase
{
    private readonly string folder;

    private PacmanDatabase(string folder) => this.folder = folder;

    /// <inheritdoc/>
    public string Kind => "pacman";

    /// <inheritdoc/>
    public IReadOnlyList<string> DatabaseFiles => [folder];

    /// <summary>The database under a root directory, or null if it has none with packages in it.</summary>
    internal static PacmanDatabase? Find(string root)
    {
        string folder = HostRoot.Join(root, "/var/lib/pacman/local");
        return Directory.Exists(folder) && Directory.EnumerateDirectories(folder).Any() ? new(folder) : null;
    }

    /// <inheritdoc/>
    public PackageSet Load(CancellationToken cancellationToken)
    {
        List<InstalledPackage> packages = [];
        foreach (string package in Directory.EnumerateDirectories(folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            packages.Add(PacmanPackage.Read(package));
        }

        return new PackageSet(PacmanRules.Instance, packages, []);
    }
}
