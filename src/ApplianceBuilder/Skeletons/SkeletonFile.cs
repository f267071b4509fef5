using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Skeletons;

/// <summary>A file of a skeleton, on the host or in a package's archive.</summary>
/// <param name="Name">Its path or name, for messages and the manifest.</param>
/// <param name="Open">Opens it, as often as it is read.</param>
internal sealed record SkeletonFile(string Name, Func<Stream> Open)
{
    /// <summary>The members of the file as a tar archive.</summary>
    internal IEnumerable<PlanEntry> ReadTar(Spool spool, CancellationToken cancellationToken)
    {
        using Stream stream = Open();
        foreach (PlanEntry entry in TarArchive.Read(stream, Name, spool, new TarOptions { AllowDevices = true }, cancellationToken))
        {
            yield return entry;
        }
    }
}
