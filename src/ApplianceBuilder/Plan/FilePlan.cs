// Between readers of packages and writers of images: docs/design/plan.md.
namespace Guestfs.Appliances.Plan;

/// <summary>
/// An immutable, complete list of the files of a root filesystem: sorted by path, every parent a directory of the same
/// list, and every hard link's target a file of it. Made by <see cref="FilePlanBuilder"/>.
/// </summary>
internal sealed class FilePlan
{
    private const int MaxLinks = 40;
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

    /// <summary>The path without symbolic links; null when they go in circles. There need be nothing of that path.</summary>
    internal string? Resolve(string path) => Resolve(path, MaxLinks);

    private string? Resolve(string path, int linksLeft)
    {
        if (path == "/")
        {
            return path;
        }

        if (Resolve(FilePlanBuilder.ParentOf(path), linksLeft) is not { } directory)
        {
            return null;
        }

        string here = FilePlanBuilder.Join(directory, FilePlanBuilder.NameOf(path));
        return Find(here) switch
        {
            { Kind: EntryKind.SymbolicLink } when linksLeft == 0 => null,
            { Kind: EntryKind.SymbolicLink, LinkTarget: { } target } => Resolve(FilePlanBuilder.Follow(here, target), linksLeft - 1),
            _ => here,
        };
    }
}
