// A kernel that is not installed: the files of an unpacked kernel package.
namespace Guestfs.Appliances;

/// <summary>Kernel files of a plan, whose own symbolic links are followed.</summary>
/// <param name="plan">The files of one or more packages.</param>
internal sealed class PlanKernelSource(FilePlan plan) : IKernelSource
{
    private const int MostLinks = 40;

    private readonly ILookup<string, string> namesByDirectory = plan.Entries
        .Where(entry => entry.Path != "/")
        .ToLookup(entry => FilePlanBuilder.ParentOf(entry.Path), entry => FilePlanBuilder.NameOf(entry.Path), StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory) =>
        Resolve(directory, MostLinks) is { } resolved ? [.. namesByDirectory[resolved]] : [];

    /// <inheritdoc/>
    public FileContent? Find(string path)
    {
        PlanEntry? entry = Resolve(path, MostLinks) is { } resolved ? plan.Find(resolved) : null;
        return entry?.Kind switch
        {
            EntryKind.File => entry.Content,
            EntryKind.HardLink => plan.Find(entry.LinkTarget!)!.Content,
            _ => null,
        };
    }

    // The path without symbolic links; null when they go in circles.
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
        return plan.Find(here) switch
        {
            { Kind: EntryKind.SymbolicLink } when linksLeft == 0 => null,
            { Kind: EntryKind.SymbolicLink, LinkTarget: { } target } => Resolve(FilePlanBuilder.Follow(here, target), linksLeft - 1),
            _ => here,
        };
    }
}
