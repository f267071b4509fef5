// Debian's package database: /var/lib/dpkg/status and the journal of an interrupted dpkg beside it.
using System.Text;

using Guestfs.Appliances.Host;
using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Debian;

/// <summary>The database of dpkg.</summary>
internal sealed class DpkgDatabase : IPackageDatabase
{
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
    internal static DpkgDatabase? Find(string root) => DatabaseFile.HasContent(HostRoot.Join(root, "/var/lib/dpkg/status")) ? new(root) : null;

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

    private static void ReadStatus(string path, DpkgInfo info, Dictionary<string, DpkgPackage?> packages, CancellationToken cancellationToken)
    {
        using FileStream file = DatabaseFile.Open(path);
        DpkgStanzaReader reader = new(file, path);
        while (reader.Read(out ReadOnlySpan<byte> stanza))
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadEntry(stanza, path, info, packages);
        }
    }

    private static void ReadEntry(ReadOnlySpan<byte> stanza, string path, DpkgInfo info, Dictionary<string, DpkgPackage?> packages)
    {
        string name = "", version = "", architecture = "", conffiles = "", provides = "";
        MultiArch multiArch = MultiArch.No;
        bool present = false;
        List<PackageDependency> depends = [];
        DpkgFields fields = new(stanza, path);
        while (fields.MoveNext())
        {
            if (Is(fields.Name, "Package"u8))
            {
                name = LosslessUtf8.GetString(fields.Value);
            }
            else if (Is(fields.Name, "Version"u8))
            {
                version = LosslessUtf8.GetString(fields.Value);
            }
            else if (Is(fields.Name, "Architecture"u8))
            {
                architecture = LosslessUtf8.GetString(fields.Value);
            }
            else if (Is(fields.Name, "Status"u8))
            {
                present = IsPresent(fields.Value);
            }
            else if (Is(fields.Name, "Multi-Arch"u8))
            {
                multiArch = ParseMultiArch(fields.Value);
            }
            else if (Is(fields.Name, "Depends"u8) || Is(fields.Name, "Pre-Depends"u8))
            {
                depends.AddRange(Parse(LosslessUtf8.GetString(fields.Value), path)
                    .Select(group => PackageDependency.Of(DependencyOperator.Any, [.. group.Select(PackageDependency.On)])));
            }
            else if (Is(fields.Name, "Provides"u8))
            {
                provides = LosslessUtf8.GetString(fields.Value);
            }
            else if (Is(fields.Name, "Conffiles"u8))
            {
                conffiles = LosslessUtf8.GetString(fields.Value);
            }
        }

        if (!IsName(name) || (present && (version.Length == 0 || !IsName(architecture))))
        {
            throw DatabaseFile.Damaged(path, $"the entry of package '{name}' lacks its name, version or architecture");
        }

        packages[multiArch == MultiArch.Same ? $"{name}:{architecture}" : name] = !present ? null : new DpkgPackage(info)
        {
            Name = name,
            Version = version,
            Architecture = architecture,
            Depends = depends,
            Provides = [.. Parse(provides, path).SelectMany(group => group)],
            MultiArch = multiArch,
            Conffiles = conffiles,
        };
    }

    private static List<List<PackageRelation>> Parse(string field, string path) => DpkgRelations.Parse(field, what => DatabaseFile.Damaged(path, what));

    // Names become parts of paths.
    private static bool IsName(string name) => name.Length > 0 && !name.AsSpan().ContainsAny('/', '\0');

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> field) => Ascii.EqualsIgnoreCase(name, field);

    // What should be done, whether something is broken, and what is: the last says whether the files are all there.
    private static bool IsPresent(ReadOnlySpan<byte> status)
    {
        ReadOnlySpan<byte> state = status[(status.LastIndexOf((byte)' ') + 1)..];
        return state.SequenceEqual("installed"u8) || state.SequenceEqual("triggers-awaited"u8) || state.SequenceEqual("triggers-pending"u8);
    }

    private static MultiArch ParseMultiArch(ReadOnlySpan<byte> value) =>
        value.SequenceEqual("same"u8) ? MultiArch.Same
        : value.SequenceEqual("foreign"u8) ? MultiArch.Foreign
        : value.SequenceEqual("allowed"u8) ? MultiArch.Allowed
        : MultiArch.No;
}
