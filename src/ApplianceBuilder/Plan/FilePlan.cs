// The waist of the builder: what the root filesystem holds. Readers of packages end here, writers of images begin here.
namespace Guestfs.Appliances;

/// <summary>
/// An immutable, complete list of the files of a root filesystem: sorted by path, every parent a directory of the same
/// list, and every hard link's target a file of it. Made by <see cref="FilePlanBuilder"/>.
/// </summary>
public sealed class FilePlan
{
    private readonly Dictionary<string, PlanEntry> byPath;

    internal FilePlan(IReadOnlyList<PlanEntry> entries)
    {
        Entries = entries;
        byPath = entries.ToDictionary(entry => entry.Path, StringComparer.Ordinal);
    }

    /// <summary>All entries by ordinal order of their paths: the root first, a directory before what is in it.</summary>
    public IReadOnlyList<PlanEntry> Entries { get; }

    /// <summary>The entry of that path, or null.</summary>
    public PlanEntry? Find(string path) => byPath.GetValueOrDefault(path);
}
