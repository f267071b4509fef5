// All packages that may be chosen: of each name one candidate, as apt has it.
using Guestfs.Appliances.Debian;
using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Repositories;

/// <summary>What the loaded repositories offer. Immutable once loading is over.</summary>
internal sealed class PackageUniverse
{
    private readonly Dictionary<string, PackageRecord> candidates = new(StringComparer.Ordinal);
    private Dictionary<string, List<PackageRecord>>? providers;

    /// <summary>How many packages there are.</summary>
    internal int Count => candidates.Count;

    /// <summary>All candidates by name.</summary>
    internal IEnumerable<PackageRecord> All => candidates.Values.OrderBy(package => package.Name, StringComparer.Ordinal);

    /// <summary>Adds a package. Of several with a name the repository's rank decides, then the version, then who came first.</summary>
    internal void Add(PackageRecord package)
    {
        providers = null;
        if (!candidates.TryGetValue(package.Name, out PackageRecord? old)
            || (package.Pin, package.Version).CompareTo((old.Pin, old.Version)) > 0)
        {
            candidates[package.Name] = package;
        }
    }

    /// <summary>The package of that name, or null.</summary>
    internal PackageRecord? Find(string name) => candidates.GetValueOrDefault(name);

    /// <summary>
    /// All packages that satisfy a demand, the best first: the package of that name, then those that provide it, in the
    /// order of their importance and then of their names.
    /// </summary>
    internal IEnumerable<PackageRecord> Satisfying(PackageRelation demand)
    {
        if (candidates.TryGetValue(demand.Name, out PackageRecord? package) && Satisfies(package, demand))
        {
            yield return package;
        }

        providers ??= IndexProviders();
        foreach (PackageRecord provider in providers.GetValueOrDefault(demand.Name) ?? [])
        {
            if (provider.Name != demand.Name && Satisfies(provider, demand))
            {
                yield return provider;
            }
        }
    }

    /// <summary>Whether a package is, or provides, what is demanded.</summary>
    internal static bool Satisfies(PackageRecord package, PackageRelation demand) =>
        (demand.Architecture is null or "any" or "native" || demand.Architecture == package.Architecture)
        && demand.IsMetBy(package.Name, package.Version, package.Provides);

    private static int Rank(string priority) => priority switch
    {
        "required" => 0,
        "important" => 1,
        "standard" => 2,
        "optional" => 3,
        _ => 4,
    };

    private Dictionary<string, List<PackageRecord>> IndexProviders()
    {
        Dictionary<string, List<PackageRecord>> index = new(StringComparer.Ordinal);
        foreach (PackageRecord package in All.OrderBy(package => Rank(package.Priority)))
        {
            foreach (string name in package.Provides.Select(provided => provided.Name).Distinct(StringComparer.Ordinal))
            {
                if (!index.TryGetValue(name, out List<PackageRecord>? list))
                {
                    index.Add(name, list = []);
                }

                list.Add(package);
            }
        }

        return index;
    }
}
