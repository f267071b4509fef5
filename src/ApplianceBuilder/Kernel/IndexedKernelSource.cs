// A kernel without the indexes of its modules, as if depmod had run for it.
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Kernel;

/// <summary>Kernel files, with indexes that were made in place of what is missing or old.</summary>
/// <param name="source">The files.</param>
/// <param name="indexes">The indexes, by their paths in the source.</param>
internal sealed class IndexedKernelSource(IKernelSource source, IReadOnlyList<PlanEntry> indexes) : IKernelSource
{
    private readonly Dictionary<string, FileContent> contents = indexes.ToDictionary(index => index.Path, index => index.Content!, StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory) => source.List(directory);

    /// <inheritdoc/>
    public FileContent? Find(string path) => contents.GetValueOrDefault(path) ?? source.Find(path);
}
