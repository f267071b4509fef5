namespace Guestfs.Appliances.Packages;

/// <summary>From the names in lists to all packages that must be in the appliance with them.</summary>
internal sealed class PackageClosure
{
    private readonly PackageSet set;
    private readonly ClosurePolicy policy;
    private readonly HashSet<InstalledPackage> chosen = [];
    private readonly Queue<InstalledPackage> open = new();
    private readonly HashSet<MissingPackage> missing = [];

    private PackageClosure(PackageSet set, ClosurePolicy policy)
    {
        this.set = set;
        this.policy = policy;
    }

    /// <summary>The packages, in the order of <see cref="PackageSet.Packages"/>.</summary>
    internal IReadOnlyList<InstalledPackage> Packages { get; private set; } = [];

    /// <summary>What was asked for and is not there, by name and then by who asks. Whether that matters is the caller's decision.</summary>
    internal IReadOnlyList<MissingPackage> Missing { get; private set; } = [];

    /// <summary>Follows dependencies to their end.</summary>
    /// <param name="set">The installed packages.</param>
    /// <param name="wanted">The names, and the list that each is from.</param>
    /// <param name="policy">How dependencies are followed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static PackageClosure Resolve(
        PackageSet set, IEnumerable<(string Name, string List)> wanted, ClosurePolicy policy, CancellationToken cancellationToken)
    {
        PackageClosure closure = new(set, policy);
        foreach ((string name, string list) in wanted)
        {
            InstalledPackage? package = policy == ClosurePolicy.Supermin
                ? set.Rules.FindAsSupermin(set, name)
                : set.Find(name) ?? set.FindServing(new PackageRelation(name), null);
            closure.Choose(package, name, list);
        }

        while (closure.open.TryDequeue(out InstalledPackage? package))
        {
            cancellationToken.ThrowIfCancellationRequested();
            closure.Follow(package);
        }

        closure.Packages = [.. set.Packages.Where(closure.chosen.Contains)];
        closure.Missing =
        [
            .. closure.missing.OrderBy(gap => gap.Name, StringComparer.Ordinal).ThenBy(gap => gap.AskedBy, StringComparer.Ordinal),
        ];
        return closure;
    }

    private void Choose(InstalledPackage? package, string name, string asker)
    {
        if (package is null)
        {
            missing.Add(new MissingPackage(name, asker));
        }
        else if (chosen.Add(package))
        {
            open.Enqueue(package);
        }
    }

    private void Follow(InstalledPackage package)
    {
        foreach (PackageDependency dependency in package.Depends)
        {
            if (policy == ClosurePolicy.Supermin)
            {
                Choose(set.Rules.ServeAsSupermin(set, dependency), dependency.ToString(), package.Name);
                continue;
            }

            List<InstalledPackage> serving = [];
            if (!Serve(dependency, package, serving))
            {
                missing.Add(new MissingPackage(dependency.ToString(), package.Name));
            }

            foreach (InstalledPackage server in serving)
            {
                Choose(server, server.Name, package.Name);
            }
        }
    }

    // Conditions are judged by what the host has, not by what is chosen so far: the result then does not depend on the
    // order in which packages are looked at.
    private bool Serve(PackageDependency dependency, InstalledPackage asker, List<InstalledPackage> serving)
    {
        IReadOnlyList<PackageDependency> parts = dependency.Parts;
        switch (dependency.Operator)
        {
            case DependencyOperator.Any:
                return parts.Any(part => Serve(part, asker, serving));
            case DependencyOperator.All:
                return ServeAll(parts, asker, serving);
            case DependencyOperator.If:
                return Serve(parts[1], asker, []) ? Serve(parts[0], asker, serving) : parts.Count < 3 || Serve(parts[2], asker, serving);
            default:
                List<InstalledPackage> candidates = Candidates(dependency, asker);
                if (candidates.Count == 0)
                {
                    return false;
                }

                // What a package itself meets needs no other one.
                if (!candidates.Contains(asker))
                {
                    serving.Add(candidates[0]);
                }

                return true;
        }
    }

    // All or nothing, so that half of an alternative that fails is not taken.
    private bool ServeAll(IReadOnlyList<PackageDependency> parts, InstalledPackage asker, List<InstalledPackage> serving)
    {
        int before = serving.Count;
        foreach (PackageDependency part in parts)
        {
            if (!Serve(part, asker, serving))
            {
                serving.RemoveRange(before, serving.Count - before);
                return false;
            }
        }

        return true;
    }

    // The packages of which each alone meets the dependency.
    private List<InstalledPackage> Candidates(PackageDependency dependency, InstalledPackage asker)
    {
        if (dependency.Relation is { } relation)
        {
            return [.. set.Serving(relation, asker)];
        }

        List<InstalledPackage> result = Candidates(dependency.Parts[0], asker);
        foreach (PackageDependency part in dependency.Parts.Skip(1))
        {
            List<InstalledPackage> others = Candidates(part, asker);
            if (dependency.Operator == DependencyOperator.Any)
            {
                result.AddRange(others.Except(result));
            }
            else
            {
                result.RemoveAll(package => others.Contains(package) == (dependency.Operator == DependencyOperator.Without));
            }
        }

        return result;
    }
}

/// <summary>Something that was asked for and is not installed.</summary>
/// <param name="Name">The package or dependency.</param>
/// <param name="AskedBy">The list or the package that asks for it.</param>
internal readonly record struct MissingPackage(string Name, string AskedBy);

/// <summary>How dependencies are followed.</summary>
internal enum ClosurePolicy
{
    /// <summary>
    /// As supermin does, for the same packages in the appliance: dpkg's first alternative only, neither provided names
    /// nor versions nor qualified names; rpm's rich dependencies left out and versions not compared.
    /// </summary>
    Supermin,

    /// <summary>By the package system's own rules: alternatives, provided names, versions, architectures, rich dependencies.</summary>
    Complete,
}
