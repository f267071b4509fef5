namespace Guestfs.Appliances.Packages;

/// <summary>All installed packages, found by name and by what they provide, in an order that does not depend on the database's.</summary>
internal sealed class PackageSet
{
    private readonly Dictionary<string, List<InstalledPackage>> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(InstalledPackage Package, PackageRelation Relation)>> provided = new(StringComparer.Ordinal);

    internal PackageSet(PackageRules rules, IEnumerable<InstalledPackage> packages, IReadOnlyList<AlternativeLink> alternatives)
    {
        Rules = rules;
        Alternatives = alternatives;
        InstalledPackage[] all = [.. packages];
        NativeArchitecture = all.FirstOrDefault(package => package.Name == rules.OwnPackage)?.Architecture
            ?? MostFrequent(all, rules.AnyArchitecture);
        Array.Sort(all, Compare);
        Packages = all;
        foreach (InstalledPackage package in all)
        {
            Add(byName, package.Name, package);
            Add(provided, package.Name, (package, new PackageRelation(package.Name, VersionRange.Equal, package.Version)));
            foreach (PackageRelation relation in package.Provides)
            {
                Add(provided, relation.Name, (package, relation));
            }
        }
    }

    /// <summary>The rules by which dependencies are matched.</summary>
    internal PackageRules Rules { get; }

    /// <summary>The architecture of the host's own packages.</summary>
    internal string NativeArchitecture { get; }

    /// <summary>All packages by name; of one name, those for this host's architecture first, newer ones first.</summary>
    internal IReadOnlyList<InstalledPackage> Packages { get; }

    /// <summary>The links of update-alternatives, sorted by path (Debian only).</summary>
    internal IReadOnlyList<AlternativeLink> Alternatives { get; }

    /// <summary>The packages of that name, the best first.</summary>
    internal IReadOnlyList<InstalledPackage> Named(string name) => byName.TryGetValue(name, out List<InstalledPackage>? found) ? found : [];

    /// <summary>The best package of that name, or null.</summary>
    internal InstalledPackage? Find(string name) => Named(name) is [InstalledPackage best, ..] ? best : null;

    /// <summary>The best package that meets a relation, or null.</summary>
    internal InstalledPackage? FindServing(PackageRelation needed, InstalledPackage? asker) =>
        Serving(needed, asker) is [InstalledPackage best, ..] ? best : null;

    /// <summary>The packages that meet a relation, the best first: those of that name, then the shortest names.</summary>
    /// <param name="needed">What is needed.</param>
    /// <param name="asker">Who needs it, or null for a list.</param>
    internal IReadOnlyList<InstalledPackage> Serving(PackageRelation needed, InstalledPackage? asker)
    {
        List<InstalledPackage> found = [];
        foreach ((InstalledPackage package, PackageRelation relation) in provided.GetValueOrDefault(needed.Name) ?? [])
        {
            if (!found.Contains(package) && Rules.Meets(relation, needed) && Rules.MayServe(needed, package, asker, NativeArchitecture))
            {
                found.Add(package);
            }
        }

        if (found.Count == 0 && needed.Name.StartsWith('/'))
        {
            string[] paths = [needed.Name, .. Rules.OwnedPaths(needed.Name)];
            found.AddRange(Packages.Where(package => paths.Any(package.Owns)));
        }

        return [.. found.OrderBy(package => package.Name == needed.Name ? 0 : 1)
            .ThenBy(package => package.Name.Length)
            .ThenBy(package => package.Name, StringComparer.Ordinal)];
    }

    /// <summary>The names of the packages that provide something of that name in whatever version, or own that file.</summary>
    internal IEnumerable<string> ProviderNames(string name) =>
        (provided.TryGetValue(name, out var found)
            ? found.Select(entry => entry.Package.Name)
            : Serving(new PackageRelation(name), null).Select(package => package.Name)).Distinct(StringComparer.Ordinal);

    private static string MostFrequent(InstalledPackage[] packages, string anyArchitecture) =>
        packages.Where(package => package.Architecture != anyArchitecture)
            .CountBy(package => package.Architecture, StringComparer.Ordinal)
            .OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal)
            .Select(count => count.Key)
            .FirstOrDefault(anyArchitecture);

    private static void Add<T>(Dictionary<string, List<T>> index, string name, T item)
    {
        if (!index.TryGetValue(name, out List<T>? list))
        {
            index.Add(name, list = new List<T>(1));
        }

        list.Add(item);
    }

    private int Compare(InstalledPackage a, InstalledPackage b)
    {
        int order = string.CompareOrdinal(a.Name, b.Name);
        order = order != 0 ? order : Foreign(a).CompareTo(Foreign(b));
        order = order != 0 ? order : Rules.CompareVersions(b.Version, a.Version);
        order = order != 0 ? order : string.CompareOrdinal(a.Architecture, b.Architecture);
        return order != 0 ? order : string.CompareOrdinal(a.Version, b.Version);

        int Foreign(InstalledPackage package) =>
            package.Architecture == NativeArchitecture || package.Architecture == Rules.AnyArchitecture ? 0 : 1;
    }
}

/// <summary>A link that update-alternatives keeps, and that no package owns.</summary>
/// <param name="Link">The path that programs use, such as <c>/usr/bin/awk</c>: a link to <see cref="Middle"/>.</param>
/// <param name="Middle">The link in the directory of alternatives, such as <c>/etc/alternatives/awk</c>.</param>
/// <param name="Target">Where that leads on this host, such as <c>/usr/bin/gawk</c>.</param>
internal sealed record AlternativeLink(string Link, string Middle, string Target);
