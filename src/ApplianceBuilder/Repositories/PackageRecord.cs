// What is kept of a stanza of a package index: tens of thousands of these are in memory at once.
using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Debian;
using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Repositories;

/// <summary>A package that a repository offers.</summary>
internal sealed class PackageRecord
{
    /// <summary>The fields that are kept; all others are not even decoded.</summary>
    internal static IReadOnlyList<string> Fields { get; } =
    [
        "Package", "Version", "Architecture", "Essential", "Priority", "Depends", "Pre-Depends", "Provides", "Conflicts", "Breaks",
        "Filename", "Size", "SHA256",
    ];

    private readonly string? depends, preDepends, provides, conflicts, breaks;

    /// <summary>Takes what is needed from a stanza.</summary>
    /// <exception cref="ApplianceException">A field is missing or damaged.</exception>
    internal PackageRecord(Stanza stanza, DebianRepository repository, int pin, string source)
    {
        Name = stanza.Require("Package", source);
        Version = DebianVersion.Parse(stanza.Require("Version", source));
        Architecture = string.Intern(stanza.Require("Architecture", source));
        Essential = stanza.Says("Essential");
        Priority = string.Intern(stanza["Priority"] ?? "optional");
        FileName = stanza.Require("Filename", source);
        Sha256 = Digest.TryParse(stanza.Require("SHA256", source)) ?? throw ArchiveFault.In(source, $"the digest of {Name} is damaged.");
        Size = long.TryParse(stanza.Require("Size", source), System.Globalization.CultureInfo.InvariantCulture, out long size) && size > 0
            ? size
            : throw ArchiveFault.In(source, $"the size of {Name} is damaged.");
        (depends, preDepends, provides, conflicts, breaks) =
            (stanza["Depends"], stanza["Pre-Depends"], stanza["Provides"], stanza["Conflicts"], stanza["Breaks"]);
        Repository = repository;
        Pin = pin;
    }

    /// <summary>Name.</summary>
    internal string Name { get; }

    /// <summary>Version.</summary>
    internal DebianVersion Version { get; }

    /// <summary>Architecture, or <c>all</c>.</summary>
    internal string Architecture { get; }

    /// <summary>Whether every system must have it.</summary>
    internal bool Essential { get; }

    /// <summary>How important its maintainers find it, from <c>required</c> to <c>extra</c>.</summary>
    internal string Priority { get; }

    /// <summary>Where it is, relative to the repository.</summary>
    internal string FileName { get; }

    /// <summary>Size of the .deb in bytes.</summary>
    internal long Size { get; }

    /// <summary>SHA-256 of the .deb.</summary>
    internal Digest Sha256 { get; }

    /// <summary>Who offers it.</summary>
    internal DebianRepository Repository { get; }

    /// <summary>The repository's precedence: less for one that is not to be used unless needed, such as backports.</summary>
    internal int Pin { get; }

    /// <summary>Everything that it needs: what it pre-depends on, then what it depends on.</summary>
    internal IEnumerable<IReadOnlyList<PackageRelation>> Needs =>
        DebianRelations.Parse(preDepends, Name).Concat(DebianRelations.Parse(depends, Name));

    /// <summary>The virtual packages that it stands for.</summary>
    internal IEnumerable<PackageRelation> Provides => DebianRelations.Parse(provides, Name).SelectMany(group => group);

    /// <summary>What it cannot be together with.</summary>
    internal IEnumerable<PackageRelation> Excludes =>
        DebianRelations.Parse(conflicts, Name).Concat(DebianRelations.Parse(breaks, Name)).SelectMany(group => group);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Version}";
}
