using Guestfs.Appliances.Debian;
using Guestfs.Appliances.Packages;
using Guestfs.Appliances.Pacman;
using Guestfs.Appliances.Rpm;

namespace Guestfs.Appliances.Build;

/// <summary>The package database of a host, a container or a chroot.</summary>
internal static class HostPackages
{
    /// <summary>Finds the package database under a root directory, or null if there is none with packages in it.</summary>
    /// <param name="root">The absolute path of the root directory; <c>/</c> for this machine.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ApplianceException">There are several, and one cannot be read.</exception>
    internal static IPackageDatabase? Detect(string root, CancellationToken cancellationToken)
    {
        IPackageDatabase?[] possible = [DpkgDatabase.Find(root), RpmDatabase.Find(root), PacmanDatabase.Find(root)];
        IPackageDatabase[] found = [.. possible.OfType<IPackageDatabase>()];

        // The tools of another distribution may be installed, with a database of their own. What the system is made of
        // is the one with the most packages.
        return found.Length < 2 ? found.FirstOrDefault() : found.MaxBy(database => database.Load(cancellationToken).Packages.Count);
    }
}
