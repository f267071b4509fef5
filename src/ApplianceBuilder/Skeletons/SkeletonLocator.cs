using Guestfs.Appliances.Host;

namespace Guestfs.Appliances.Skeletons;

/// <summary>Where distributions put the skeleton of libguestfs.</summary>
internal static class SkeletonLocator
{
    // Debian's multiarch directory, Fedora's, Arch's.
    private static readonly string[] Places =
    [
        "/usr/lib/*/guestfs/supermin.d", "/usr/lib64/guestfs/supermin.d", "/usr/lib/guestfs/supermin.d",
    ];

    /// <summary>Whether a package's file is one of a skeleton.</summary>
    internal static bool IsSkeletonFile(string path) => Array.Exists(Places, place => GlobPatterns.MatchesFile(place + "/*", path));

    /// <summary>The skeleton under a root directory.</summary>
    /// <param name="root">The directory.</param>
    /// <param name="cpu">The processor that the appliance is for. Debian can have the packages of several installed.</param>
    /// <exception cref="ApplianceException">There is none.</exception>
    internal static string Find(string root, string cpu)
    {
        string[] found = [.. Places.SelectMany(place => GlobPatterns.Expand(root, place))];
        string ofProcessor = $"/usr/lib/{cpu}-linux-gnu/";
        if (Array.Find(found, path => path.StartsWith(ofProcessor, StringComparison.Ordinal) || !IsOfOneProcessor(path)) is { } chosen)
        {
            return HostRoot.Join(root, chosen);
        }

        string others = found.Length > 0
            ? $"{string.Join(" and ", found)} there {(found.Length > 1 ? "are" : "is")} for other processors than {cpu}. "
            : "";
        throw new ApplianceException(
            ApplianceProblem.InvalidInput,
            $"There is no skeleton of the appliance (guestfs/supermin.d) for {cpu} below {root}. {others}"
            + "The package of libguestfs brings it: libguestfs0t64 or libguestfs0 (Debian, Ubuntu), libguestfs-appliance (Fedora), "
            + "libguestfs (Arch). Without them, build from a Debian repository (--suite).");
    }

    private static bool IsOfOneProcessor(string path) => GlobPatterns.MatchesFile(Places[0], path);
}
