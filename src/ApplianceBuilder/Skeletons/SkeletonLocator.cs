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
    /// <exception cref="ApplianceException">There is none.</exception>
    internal static string Find(string root)
    {
        foreach (string pattern in Places)
        {
            if (GlobPatterns.Expand(root, pattern) is [string found, ..])
            {
                return HostRoot.Join(root, found);
            }
        }

        throw new ApplianceException(
            ApplianceProblem.InvalidInput,
            $"There is no skeleton of the appliance (guestfs/supermin.d) below {root}. The package of libguestfs brings it: libguestfs0 "
            + "(Debian, Ubuntu), libguestfs-appliance (Fedora), libguestfs (Arch). Without them, build from a Debian repository.");
    }
}
