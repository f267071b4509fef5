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
    /// <exception cref="ApplianceException">Something needed is missing, or excludes something else; the message has the whole chain.</exception>
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
