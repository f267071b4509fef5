// Chooses packages so that everything that they need is among them: only by Depends and Pre-Depends, always in the same way.
namespace Guestfs.Appliances.Repositories;

/// <summary>
/// Resolves dependencies. What leaves no choice is taken first; then, one by one, choices that nothing taken satisfies
/// yet: the first alternative that exists and excludes nothing taken. Where that leads to a conflict or to a missing
/// package, the choice that led there is ruled out and everything begins anew.
/// </summary>
internal static class DependencyResolver
{
    private const int MaxAttempts = 200;

    /// <summary>Chooses packages.</summary>
    /// <exception cref="ApplianceException">Something needed is missing, or excludes something else;
    /// the message has the whole chain.</exception>
    internal static PackageSelection Resolve(PackageUniverse universe, PackageRequest request, CancellationToken cancellationToken)
    {
        HashSet<string> ruledOut = new(StringComparer.Ordinal);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ResolverRun run = new(universe, ruledOut);
            if (run.Try(request, cancellationToken) is not { } failure)
            {
                return new PackageSelection([.. run.Packages.OrderBy(package => package.Name, StringComparer.Ordinal)], run.NotFound);
            }

            if (failure.Choice is null || ruledOut.Count == MaxAttempts || !ruledOut.Add(failure.Choice))
            {
                throw new ApplianceException(ApplianceProblem.MissingPackage, failure.Message);
            }
        }
    }
}

/// <summary>Which packages are asked for.</summary>
internal sealed record PackageRequest
{
    /// <summary>Packages that must be there.</summary>
    internal IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Packages that are taken where they exist, as in supermin's package lists.</summary>
    internal IReadOnlyList<string> Wanted { get; init; } = [];

    /// <summary>Whether all packages that are marked as essential are taken: others need them without saying so.</summary>
    internal bool IncludeEssential { get; init; } = true;
}

/// <summary>A complete choice of packages.</summary>
/// <param name="Packages">All packages, sorted by name.</param>
/// <param name="NotFound">Wanted names that nothing has or provides, sorted.</param>
internal sealed record PackageSelection(IReadOnlyList<PackageRecord> Packages, IReadOnlyList<string> NotFound);
