using Guestfs.Appliances.Host;
using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Rpm;

/// <summary>rpm's package database, wherever the distribution keeps it and in whichever form.</summary>
internal sealed class RpmDatabase : IPackageDatabase
{
    private const int Attempts = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly string path;

    private RpmDatabase(string path) => this.path = path;

    /// <inheritdoc/>
    public string Kind => "rpm";

    // SQLite writes into its log first.
    /// <inheritdoc/>
    public IReadOnlyList<string> DatabaseFiles => path.EndsWith(".sqlite", StringComparison.Ordinal) ? [path, Log] : [path];

    private string Log => path + RpmDatabaseFile.LogSuffix;

    /// <summary>The database under a root directory, or null if it has none.</summary>
    internal static RpmDatabase? Find(string root) =>
        RpmDatabaseFile.Names.Select(name => HostRoot.Join(root, name)).FirstOrDefault(DatabaseFile.HasContent) is { } found
            ? new RpmDatabase(found)
            : null;

    /// <inheritdoc/>
    public PackageSet Load(CancellationToken cancellationToken)
    {
        List<InstalledPackage> packages = [];
        (byte[] file, byte[] log) = ReadFiles(cancellationToken);
        RpmDatabaseFile.Read(file, log, Add, what => throw DatabaseFile.Damaged(path, what));
        return new PackageSet(RpmRules.Instance, packages, []);

        void Add(ReadOnlySpan<byte> header)
        {
            cancellationToken.ThrowIfCancellationRequested();
            packages.Add(RpmPackage.Read(header, path));
        }
    }

    // Without locks, for which one must be able to write beside the database: what was read counts if nobody wrote meanwhile.
    private (byte[] File, byte[] Log) ReadFiles(CancellationToken cancellationToken)
    {
        for (int i = 0; i < Attempts; i++)
        {
            (long, long)[] before = [.. DatabaseFiles.Select(State)];
            byte[] file = DatabaseFile.TryRead(path) ?? [], log = DatabaseFiles.Count > 1 ? DatabaseFile.TryRead(Log) ?? [] : [];
            if (before.SequenceEqual(DatabaseFiles.Select(State)))
            {
                return (file, log);
            }

            cancellationToken.WaitHandle.WaitOne(Pause);
            cancellationToken.ThrowIfCancellationRequested();
        }

        throw new ApplianceException(
            ApplianceProblem.UnreadableFile,
            $"The package database {path} is being written all the time. Try again when no package is being installed.");

        static (long Size, long Time) State(string file) => Posix.Status(file) is { } status ? (status.Size, status.ChangeTimeNs) : default;
    }
}
