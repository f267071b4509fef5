using Guestfs.Appliances.Debian;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Bundles;

/// <summary>The licences of packages, where distributions have them: <c>doc/NAME/copyright</c> or <c>licenses/NAME</c>.</summary>
internal sealed class BundleLicences
{
    private const string CommonDirectory = "/usr/share/common-licenses/";
    private readonly SortedDictionary<string, BundleFile> files = new(StringComparer.Ordinal);
    private readonly List<string> missing = [];

    /// <summary>Finds them.</summary>
    /// <param name="plan">The files of the packages of the library and qemu.</param>
    /// <param name="options">Where packages of the appliance alone have theirs, on a host.</param>
    /// <param name="packages">The packages.</param>
    /// <param name="kernel">The version of the kernel, which need not be among them.</param>
    /// <param name="archives">The archives of the appliance's packages, where it was made of such.</param>
    /// <param name="cancellationToken">Stops between archives.</param>
    internal BundleLicences(
        FilePlan plan, ApplianceBuildOptions options, IEnumerable<ManifestPackage> packages, string kernel, IReadOnlyList<string> archives,
        CancellationToken cancellationToken)
    {
        string? root = options.Packages is HostPackageSource host ? HostFileNames.FullPath(host.Root) : null;
        foreach (string name in packages.Select(package => package.Name).Append($"linux-image-{kernel}").Distinct(StringComparer.Ordinal))
        {
            bool hasAny = Add(plan, root, $"/usr/share/doc/{name}/copyright", $"{name}/copyright");
            foreach (string path in FilesIn(plan, root, $"/usr/share/licenses/{name}"))
            {
                hasAny |= Add(plan, root, path, $"{name}/{FilePlanBuilder.NameOf(path)}");
            }

            if (!hasAny)
            {
                missing.Add(name);
            }
        }

        AddFromArchives(archives, cancellationToken);
        foreach (string path in FilesIn(plan, root, CommonDirectory.TrimEnd('/')))
        {
            Add(plan, root, path, $"common-licenses/{FilePlanBuilder.NameOf(path)}");
        }

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
        foreach (DebPackage package in missing.Count > 0 ? archives.Select(DebPackage.Open) : [])
        {
            string path = $"/usr/share/doc/{package.Name}/copyright";
            if (missing.Contains(package.Name)
                && package.ReadMembers(name => name == path, MaxLength, cancellationToken).GetValueOrDefault(path) is { Length: > 0 } text)
            {
                files[$"{package.Name}/copyright"] = new BundleFile(new BytesContent(text), Permissions.Octal0644, 0);
                missing.Remove(package.Name);
            }
        }
    }

    private bool Add(FilePlan plan, string? root, string path, string name)
    {
        if (plan.Resolve(path) is { } real && plan.Find(real) is { Content: { } content, ModificationTime: var time })
        {
            files[name] = new BundleFile(content, Permissions.Octal0644, time);
            return true;
        }

        if (root is not null && HostRoot.Join(root, path) is var onHost
            && Posix.Status(onHost) is { Kind: EntryKind.File } status && Posix.CanRead(onHost))
        {
            files[name] = new BundleFile(
                new HostFileContent(onHost, 0, status.Size), Permissions.Octal0644, status.ModificationTimeNs / 1_000_000_000);
            return true;
        }

        return false;
    }
}
