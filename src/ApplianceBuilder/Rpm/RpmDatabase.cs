using Guestfs.Appliances.Host;
using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Rpm;

/// <summary>
/// rpm's package database, wherever the distribution keeps it: SQLite is read here, older forms through rpm's own program.
/// </summary>
internal sealed class RpmDatabase : IPackageDatabase
{
    private readonly string path;
    private readonly ICommandRunner runner;

    private RpmDatabase(string path, ICommandRunner runner)
    {
        this.path = path;
        this.runner = runner;
    }

    /// <inheritdoc/>
    public string Kind => "rpm";

    // SQLite writes into its log first.
    /// <inheritdoc/>
    public IReadOnlyList<string> DatabaseFiles => IsSqlite ? [path, path + "-wal"] : [path];

    private bool IsSqlite => path.EndsWith(".sqlite", StringComparison.Ordinal);

    /// <summary>The database under a root directory, or null if it has none.</summary>
    internal static RpmDatabase? Find(string root, ICommandRunner runner)
    {
        // Where a system has moved its database, the old folder may still be there.
        foreach (string folder in new[] { "/usr/lib/sysimage/rpm", "/var/lib/rpm" })
        {
            foreach (string name in new[] { "rpmdb.sqlite", "Packages.db", "Packages" })
            {
                string path = HostRoot.Join(root, $"{folder}/{name}");
                if (DatabaseFile.HasContent(path))
                {
                    return new RpmDatabase(path, runner);
                }
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public PackageSet Load(CancellationToken cancellationToken)
    {
        List<InstalledPackage> packages = [];
        if (IsSqlite)
        {
            RpmSqlite.ReadHeaders(path, Add, cancellationToken);
        }
        else
        {
            Export(Add, cancellationToken);
        }

        return new PackageSet(RpmRules.Instance, packages, []);

        void Add(ReadOnlySpan<byte> header) => packages.Add(RpmPackage.Read(header, path));
    }

    private void Export(Action<ReadOnlySpan<byte>> read, CancellationToken cancellationToken)
    {
        // Not --root, for which rpm would have to change its root directory, as only root may.
        string[] command = ["rpmdb", "--dbpath", path[..path.LastIndexOf('/')], "--exportdb"];
        int exitCode = runner.Run(
            command, directory: null, output => RpmExport.ReadHeaders(output, path, read, cancellationToken), readError: null,
            cancellationToken);
        if (exitCode != 0)
        {
            throw new ApplianceException(
                ApplianceProblem.UnreadableFile,
                $"The package database {path} has a form that only rpm reads, and '{string.Join(' ', command)}' has failed with exit "
                + $"code {exitCode}. Install rpm, or convert the database with 'rpmdb --rebuilddb'.");
        }
    }
}
