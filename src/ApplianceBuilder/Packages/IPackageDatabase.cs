namespace Guestfs.Appliances.Packages;

/// <summary>A database of installed packages.</summary>
internal interface IPackageDatabase
{
    /// <summary>Whose it is: <c>dpkg</c>, <c>rpm</c> or <c>pacman</c>.</summary>
    string Kind { get; }

    /// <summary>Files and directories, as paths of this machine, of which one has a new modification time when packages change.
    /// Some may not exist.</summary>
    IReadOnlyList<string> DatabaseFiles { get; }

    /// <summary>Reads the database.</summary>
    /// <exception cref="ApplianceException">It cannot be read, or is damaged.</exception>
    PackageSet Load(CancellationToken cancellationToken);
}
