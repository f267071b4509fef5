using Guestfs.Appliances.Debian;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Bundles;

/// <summary>
/// The licences of packages, where distributions have them: <c>doc/NAME/copyright</c> or <c>licenses/NAME</c>. Packages that were made of
/// the same source have the same text, which is half of all of it: each text is here once, and a list names the texts of each package.
/// </summary>
internal sealed class BundleLicences
{
    /// <summary>The list: lines of a package's name, a colon, and names of files.</summary>
    internal const string ListName = "INDEX";

    private const string CommonDirectory = "/usr/share/common-licenses/";
    private readonly SortedDictionary<string, BundleFile> files = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SortedSet<string>> ofPackages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);
    private readonly List<string> missing = [];

    /// <summary>Finds them.</summary>
    /// <param name="plan">The files of the packages of the library and qemu.</param>
    /// <param name="options">Where packages of the appliance alone have theirs, on a host.</param>
    /// <param name="packages">The packages.</param>
    /// <param name="kernel">The version of the kernel, which need not be among them.</param>
    /// <param name="archives">The archives of the appliance's packages, where it was made of such.</param>
    /// <param name="time">Of the list.</param>
    /// <param name="cancellationToken">Stops between archives.</param>
    internal BundleLicences(
        FilePlan plan, ApplianceBuildOptions options, IEnumerable<ManifestPackage> packages, string kernel, IReadOnlyList<string> archives,
        long time, CancellationToken cancellationToken)
    {
        string? root = options.Packages is HostPackageSource host ? HostFileNames.FullPath(host.Root) : null;

        // On a host the kernel need not be of a package that is known; one out of archives is of one of these.
        IEnumerable<string> names = packages.Select(package => package.Name);
        foreach (string name in archives.Count > 0 ? names : names.Append($"linux-image-{kernel}").Distinct(StringComparer.Ordinal))
        {
            bool hasAny = Add(plan, root, $"/usr/share/doc/{name}/copyright", name, $"{name}.copyright");
            foreach (string path in FilesIn(plan, root, $"/usr/share/licenses/{name}"))
            {
                hasAny |= Add(plan, root, path, name, $"{name}/{FilePlanBuilder.NameOf(path)}");
            }

            if (!hasAny)
            {
                missing.Add(name);
            }
        }

        AddFromArchives(archives, cancellationToken);
        foreach (string path in FilesIn(plan, root, CommonDirectory.TrimEnd('/')))
        {
            if (Find(plan, root, path) is { } text)
            {
                files.Add($"common-licenses/{FilePlanBuilder.NameOf(path)}", text);
            }
        }

        string list = string.Concat(ofPackages.Select(package => $"{package.Key}: {string.Join(' ', package.Value)}\n"));
        files.Add(ListName, new BundleFile(new BytesContent(LosslessUtf8.GetBytes(list)), Permissions.Octal0644, time));

        if (missing.Count > 0)
        {
            options.Warn?.Invoke(
                $"no licence was found of {missing.Count} packages (is the documentation left out on this system?): "
                + string.Join(", ", missing));
        }
    }

    /// <summary>The files, by their names below the directory for them.</summary>
    internal IReadOnlyDictionary<string, BundleFile> Files => files;

    /// <summary>The packages without.</summary>
    internal IReadOnlyList<string> Missing => missing;

    private static IEnumerable<string> FilesIn(FilePlan plan, string? root, string directory)
    {
        IEnumerable<string> planned = plan.Entries.Select(entry => entry.Path)
            .Where(path => FilePlanBuilder.ParentOf(path) == directory);
        return root is not null && Directory.Exists(HostRoot.Join(root, directory))
            ? planned.Concat(Directory.EnumerateFiles(HostRoot.Join(root, directory)).Select(
                path => $"{directory}/{Path.GetFileName(path)}")).Distinct(StringComparer.Ordinal)
            : planned;
    }

    // The packages that the appliance alone has.
    private void AddFromArchives(IReadOnlyList<string> archives, CancellationToken cancellationToken)
    {
        const int MaxLength = 8 << 20;
        DebPackage[] packages = missing.Count > 0 ? [.. archives.Select(DebPackage.Open)] : [];
        foreach (DebPackage package in packages)
        {
            string path = $"/usr/share/doc/{package.Name}/copyright";
            if (missing.Contains(package.Name)
                && package.ReadMembers(name => name == path, MaxLength, cancellationToken).GetValueOrDefault(path) is { Length: > 0 } text)
            {
                Add(package.Name, $"{package.Name}.copyright", new BundleFile(new BytesContent(text), Permissions.Octal0644, 0));
                missing.Remove(package.Name);
            }
        }

        // Others have a link to the directory of a package that was made of the same source.
        foreach (DebPackage package in packages.Where(package => missing.Contains(package.Name)))
        {
            if (Array.Find(packages, other => other.Source == package.Source && ofPackages.ContainsKey(other.Name)) is { } same)
            {
                ofPackages.Add(package.Name, ofPackages[same.Name]);
                missing.Remove(package.Name);
            }
        }
    }

    private bool Add(FilePlan plan, string? root, string path, string package, string name)
    {
        if (Find(plan, root, path) is { } text)
        {
            Add(package, name, text);
            return true;
        }

        return false;
    }

    private void Add(string package, string name, BundleFile text)
    {
        string digest = Sha256Hash.HexOf(text.Content.ReadAll());
        if (texts.TryAdd(digest, name))
        {
            files.Add(name, text);
        }

        if (!ofPackages.TryGetValue(package, out SortedSet<string>? names))
        {
            ofPackages.Add(package, names = new(StringComparer.Ordinal));
        }

        names.Add(texts[digest]);
    }

    private static BundleFile? Find(FilePlan plan, string? root, string path)
    {
        if (plan.Resolve(path) is { } real && plan.Find(real) is { Content: { } content, ModificationTime: var time })
        {
            return new BundleFile(content, Permissions.Octal0644, time);
        }

        if (root is not null && HostRoot.Join(root, path) is var onHost
            && Posix.Status(onHost) is { Kind: EntryKind.File } status && Posix.CanRead(onHost))
        {
            return new BundleFile(
                new HostFileContent(onHost, 0, status.Size), Permissions.Octal0644, status.ModificationTimeNs / 1_000_000_000);
        }

        return null;
    }
}
