using Guestfs.Appliances.Debian;
using Guestfs.Appliances.Skeletons;

namespace Guestfs.Appliances.Repositories;

/// <summary>Takes the skeleton out of the package that brings it.</summary>
internal static class SkeletonArchives
{
    private const long MaxSkeletonSize = 512L << 20;

    /// <summary>The skeleton's files in archives of libguestfs, by name.</summary>
    internal static IEnumerable<SkeletonFile> Find(IEnumerable<string> archives, CancellationToken cancellationToken)
    {
        List<SkeletonFile> files = [];
        foreach (string path in archives)
        {
            foreach ((string name, ReadOnlyMemory<byte> bytes) in DebPackage.Open(path)
                .ReadMembers(SkeletonLocator.IsSkeletonFile, MaxSkeletonSize, cancellationToken))
            {
                files.Add(new SkeletonFile(name, () => new MemoryStream(bytes.ToArray(), writable: false)));
            }
        }

        return files.Count > 0
            ? files.OrderBy(file => file.Name, StringComparer.Ordinal)
            : throw new ApplianceException(
                ApplianceProblem.InvalidInput,
                "There is no skeleton of the appliance (guestfs/supermin.d) in the archives. Give the archive of libguestfs0 or "
                + "libguestfs0t64 as a skeleton archive, or a skeleton.");
    }
}
