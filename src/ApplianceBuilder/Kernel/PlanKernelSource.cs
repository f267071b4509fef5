// A kernel that is not installed: the files of an unpacked kernel package.
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Kernel;

/// <summary>Kernel files of a plan, whose own symbolic links are followed.</summary>
/// <param name="plan">The files of one or more packages.</param>
internal sealed class PlanKernelSource(FilePlan plan) : IKernelSource
{
    private readonly ILookup<string, string> namesByDirectory = plan.Entries
        .Where(entry => entry.Path != "/")
        .ToLookup(entry => FilePlanBuilder.ParentOf(entry.Path), entry => FilePlanBuilder.NameOf(entry.Path), StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory) =>
        plan.Resolve(directory) is { } resolved ? [.. namesByDirectory[resolved]] : [];

    /// <inheritdoc/>
    public FileContent? Find(string path)
    {
        PlanEntry? entry = plan.Resolve(path) is { } resolved ? plan.Find(resolved) : null;
        return entry?.Kind switch
        {
            EntryKind.File => entry.Content,
            EntryKind.HardLink => plan.Find(entry.LinkTarget!)!.Content,
            _ => null,
        };
    }
}
