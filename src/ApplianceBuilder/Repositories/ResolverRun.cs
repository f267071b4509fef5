using Guestfs.Appliances.Debian;
using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Repositories;

/// <summary>One run of the resolver: takes packages until nothing is missing, or until it fails.</summary>
/// <param name="universe">What there is.</param>
/// <param name="ruledOut">Names that are not taken where there is another choice.</param>
internal sealed class ResolverRun(PackageUniverse universe, IReadOnlySet<string> ruledOut)
{
    private readonly Dictionary<string, Taken> taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<PackageRecord>> takenByAnyName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(PackageRecord Owner, PackageRelation Excluded)>> exclusions = new(StringComparer.Ordinal);
    private readonly Queue<Demand> open = new();
    private readonly LinkedList<Demand> choices = new();
    private readonly List<string> notFound = [];

    /// <summary>What was taken.</summary>
    internal IEnumerable<PackageRecord> Packages => taken.Values.Select(entry => entry.Package);

    /// <summary>Wanted names that nothing has.</summary>
    internal IReadOnlyList<string> NotFound => [.. notFound.Order(StringComparer.Ordinal)];

    /// <summary>Runs to the end. Null means success.</summary>
    internal ResolverFailure? Try(PackageRequest request, CancellationToken cancellationToken)
    {
        foreach (string name in request.Required.Order(StringComparer.Ordinal))
        {
            open.Enqueue(new Demand([AnyVersionOf(name)], null));
        }

        foreach (string name in request.Wanted.Order(StringComparer.Ordinal))
        {
            Demand demand = new([AnyVersionOf(name)], null);
            if (universe.Satisfying(demand.Alternatives[0]).Any())
            {
                open.Enqueue(demand);
            }
            else
            {
                notFound.Add(name);
            }
        }

        foreach (PackageRecord package in request.IncludeEssential ? universe.All.Where(package => package.Essential) : [])
        {
            open.Enqueue(new Demand([AnyVersionOf(package.Name)], null));
        }

        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ResolverFailure? failure;
            if (open.TryDequeue(out Demand? demand))
            {
                failure = Consider(demand, mayChoose: false);
            }
            else if (choices.First is { } first)
            {
                choices.RemoveFirst();
                failure = Consider(first.Value, mayChoose: true);
            }
            else
            {
                return null;
            }

            if (failure is not null)
            {
                return failure;
            }
        }
    }

    private static PackageRelation AnyVersionOf(string name) => new(name);

    private ResolverFailure? Consider(Demand demand, bool mayChoose)
    {
        if (demand.Alternatives.Any(alternative =>
            takenByAnyName.GetValueOrDefault(alternative.Name)?.Exists(package => PackageUniverse.Satisfies(package, alternative)) == true))
        {
            return null;
        }

        PackageRecord[] all = [.. demand.Alternatives.SelectMany(universe.Satisfying).Distinct()];
        if (all.Length == 0)
        {
            return new ResolverFailure(
                "No repository has the package "
                + $"{string.Join(" | ", demand.Alternatives.Select(alternative => alternative.DebianText))}{Chain(demand.For)}. Add a "
                + "source that has it, or take what needs it off the list.",
                ChoiceBehind(demand.For));
        }

        // What was ruled out is still taken where nothing else would do.
        PackageRecord[] possible = [.. all.Where(package => !ruledOut.Contains(package.Name))];
        possible = possible.Length == 0 ? all : possible;
        if (possible.Length > 1 && !mayChoose)
        {
            choices.AddLast(demand);
            return null;
        }

        PackageRecord chosen = Array.Find(possible, package => ConflictOf(package) is null) ?? possible[0];
        Taken entry = new(chosen, demand.For, WasChoice: all.Length > 1);
        if (ConflictOf(chosen) is { } other)
        {
            return new ResolverFailure(
                $"{chosen}{Chain(demand.For)} and {other}{Chain(taken[other.Name].For)} exclude each other. Take one of them off the list.",
                ChoiceBehind(other) ?? (entry.WasChoice ? chosen.Name : ChoiceBehind(demand.For)));
        }

        Take(entry);
        return null;
    }

    private void Take(Taken entry)
    {
        PackageRecord package = entry.Package;
        taken.Add(package.Name, entry);
        foreach (string name in package.Provides.Select(provided => provided.Name).Append(package.Name).Distinct(StringComparer.Ordinal))
        {
            ListOf(takenByAnyName, name).Add(package);
        }

        foreach (PackageRelation excluded in package.Excludes)
        {
            ListOf(exclusions, excluded.Name).Add((package, excluded));
        }

        foreach (IReadOnlyList<PackageRelation> need in package.Needs)
        {
            open.Enqueue(new Demand(need, package));
        }
    }

    // A package may exclude a virtual package that it provides itself: that means all others.
    private PackageRecord? ConflictOf(PackageRecord package)
    {
        foreach (string name in package.Provides.Select(provided => provided.Name).Append(package.Name))
        {
            foreach ((PackageRecord owner, PackageRelation excluded) in exclusions.GetValueOrDefault(name) ?? [])
            {
                if (owner != package && PackageUniverse.Satisfies(package, excluded))
                {
                    return owner;
                }
            }
        }

        return package.Excludes
            .SelectMany(excluded => (takenByAnyName.GetValueOrDefault(excluded.Name) ?? [])
                .Where(other => other != package && PackageUniverse.Satisfies(other, excluded)))
            .FirstOrDefault();
    }

    private string? ChoiceBehind(PackageRecord? package)
    {
        while (package is not null)
        {
            Taken entry = taken[package.Name];
            if (entry.WasChoice)
            {
                return package.Name;
            }

            package = entry.For;
        }

        return null;
    }

    private string Chain(PackageRecord? package)
    {
        List<string> names = [];
        for (; package is not null; package = taken[package.Name].For)
        {
            names.Add(package.Name);
        }

        return names.Count == 0 ? "" : $" (needed by {string.Join(", which is needed by ", names)})";
    }

    private static List<T> ListOf<T>(Dictionary<string, List<T>> lists, string name)
    {
        if (!lists.TryGetValue(name, out List<T>? list))
        {
            lists.Add(name, list = []);
        }

        return list;
    }

    private sealed record Demand(IReadOnlyList<PackageRelation> Alternatives, PackageRecord? For);

    private sealed record Taken(PackageRecord Package, PackageRecord? For, bool WasChoice);
}

/// <summary>Why a run of the resolver failed.</summary>
/// <param name="Message">What is missing, or in conflict, and who needs it.</param>
/// <param name="Choice">The chosen package that led there, or null when there was no choice.</param>
internal sealed record ResolverFailure(string Message, string? Choice);
