// One package as the host's database knows it. The lists of files are long, and only asked of the packages of a closure.
namespace Guestfs.Appliances.Packages;

/// <summary>An installed package.</summary>
internal abstract class InstalledPackage
{
    private readonly Lazy<IReadOnlyList<PackageFile>> files;
    private readonly Lazy<string> digest;

    private protected InstalledPackage()
    {
        files = new Lazy<IReadOnlyList<PackageFile>>(ReadFiles);
        digest = new Lazy<string>(ReadDigest);
    }

    /// <summary>Its name, without version and architecture.</summary>
    internal required string Name { get; init; }

    /// <summary>Its version, with epoch and release as the distribution writes them.</summary>
    internal required string Version { get; init; }

    /// <summary>Its architecture, in the distribution's words.</summary>
    internal required string Architecture { get; init; }

    /// <summary>What it needs to work.</summary>
    internal required IReadOnlyList<PackageDependency> Depends { get; init; }

    /// <summary>What it stands for besides its own name.</summary>
    internal required IReadOnlyList<PackageRelation> Provides { get; init; }

    /// <summary>What it owns, in the order of the database; read when first asked for.</summary>
    /// <exception cref="ApplianceException">The database's record cannot be read or is damaged.</exception>
    internal IReadOnlyList<PackageFile> Files => files.Value;

    /// <summary>
    /// SHA-256, in hexadecimal, of what the database records of the package's contents; another build of the same
    /// version has another one. It says nothing of files that were changed after installation.
    /// </summary>
    /// <exception cref="ApplianceException">The database's record cannot be read.</exception>
    internal string Digest => digest.Value;

    /// <summary>Whether the package owns that path.</summary>
    internal virtual bool Owns(string path) => Files.Any(file => file.Path == path);

    /// <summary>Reads <see cref="Files"/>.</summary>
    private protected abstract IReadOnlyList<PackageFile> ReadFiles();

    /// <summary>Reads <see cref="Digest"/>.</summary>
    private protected abstract string ReadDigest();

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Version} {Architecture}";
}

/// <summary>A file, directory or link that a package owns.</summary>
/// <param name="Path">Its absolute path under the root, without a slash at the end.</param>
/// <param name="HostPath">Where it lies under the root: another path than its own if it is diverted.</param>
/// <param name="IsConfiguration">Whether the package declares it as configuration, which the administrator may change.</param>
/// <param name="IsGhost">Whether the package only owns the name and does not contain the file (rpm).</param>
internal readonly record struct PackageFile(string Path, string HostPath, bool IsConfiguration = false, bool IsGhost = false);
