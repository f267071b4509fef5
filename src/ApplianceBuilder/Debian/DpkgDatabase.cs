using Guestfs.Appliances.Host;
using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Debian;

/// <summary>Debian's package database: /var/lib/dpkg/status and the journal of an interrupted dpkg beside it.</summary>
internal sealed class DpkgDatabase : IPackageDatabase
{
    private static readonly string[] Fields =
    [
        "Package", "Version", "Architecture", "Status", "Multi-Arch", "Depends", "Pre-Depends", "Provides", "Conffiles",
    ];

    private readonly string root;
    private readonly string folder;

    private DpkgDatabase(string root)
    {
        this.root = root;
        folder = HostRoot.Join(root, "/var/lib/dpkg");
    }

    /// <inheritdoc/>
    public string Kind => "dpkg";

    /// <inheritdoc/>
    public IReadOnlyList<string> DatabaseFiles => [folder + "/status", folder + "/diversions", HostRoot.Join(root, "/etc/alternatives")];

    /// <summary>The database under a root directory, or null if it has none with packages in it.</summary>
    internal static DpkgDatabase? Find(string root) =>
        DatabaseFile.HasContent(HostRoot.Join(root, "/var/lib/dpkg/status")) ? new(root) : null;

    /// <inheritdoc/>
    public PackageSet Load(CancellationToken cancellationToken)
    {
        DpkgInfo info = new(folder + "/info", new DpkgDiversions(folder + "/diversions"));
        Dictionary<string, DpkgPackage?> packages = new(StringComparer.Ordinal);
        ReadStatus(folder + "/status", info, packages, cancellationToken);

        // A dpkg that was interrupted has left newer entries here, to be applied in the order of their numbers.
        if (Directory.Exists(folder + "/updates"))
        {
            foreach (string update in Directory.GetFiles(folder + "/updates").Where(IsUpdate).Order(StringComparer.Ordinal))
            {
                ReadStatus(update, info, packages, cancellationToken);
            }
        }

        return new PackageSet(DpkgRules.Instance, packages.Values.OfType<DpkgPackage>(), DpkgAlternatives.Read(root, cancellationToken));
    }

    private static bool IsUpdate(string path) => Path.GetFileName(path).All(char.IsAsciiDigit);

    private static void ReadStatus(
        string path, DpkgInfo info, Dictionary<string, DpkgPackage?> packages, CancellationToken cancellationToken)
    {
        using FileStream file = DatabaseFile.Open(path);
        foreach (Stanza stanza in StanzaReader.Read(file, path, Fields, DatabaseFile.Damaged))
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadEntry(stanza, path, info, packages);
        }
    }

    private static void ReadEntry(Stanza stanza, string path, DpkgInfo info, Dictionary<string, DpkgPackage?> packages)
    {
        string name = stanza["Package"] ?? "", version = stanza["Version"] ?? "", architecture = stanza["Architecture"] ?? "";
        bool present = IsPresent(stanza["Status"] ?? "");
        if (!IsName(name) || (present && (version.Length == 0 || !IsName(architecture))))
        {
            throw DatabaseFile.Damaged(path, $"the entry of package '{name}' lacks its name, version or architecture");
        }

        MultiArch multiArch = ParseMultiArch(stanza["Multi-Arch"]);
        packages[multiArch == MultiArch.Same ? $"{name}:{architecture}" : name] = !present ? null : new DpkgPackage(info)
        {
            Name = name,
            Version = version,
            Architecture = architecture,
            Depends = [.. Parse(stanza["Depends"], path).Concat(Parse(stanza["Pre-Depends"], path))
                .Select(group => PackageDependency.Of(DependencyOperator.Any, [.. group.Select(PackageDependency.On)]))],
            Provides = [.. Parse(stanza["Provides"], path).SelectMany(group => group)],
            MultiArch = multiArch,
            Conffiles = stanza["Conffiles"] ?? "",
        };
    }

    private static List<List<PackageRelation>> Parse(string? field, string path) =>
        DebianRelations.Parse(field ?? "", what => DatabaseFile.Damaged(path, what));

    // Names become parts of paths.
    private static bool IsName(string name) => name.Length > 0 && !name.AsSpan().ContainsAny('/', '\0');

    // What should be done, whether something is broken, and what is: the last says whether the files are all there.
    private static bool IsPresent(string status) =>
        status[(status.LastIndexOf(' ') + 1)..] is "installed" or "triggers-awaited" or "triggers-pending";

    private static MultiArch ParseMultiArch(string? value) => value switch
    {
        "same" => MultiArch.Same,
        "foreign" => MultiArch.Foreign,
        "allowed" => MultiArch.Allowed,
        _ => MultiArch.No,
    };
}
