using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Kernel;

/// <summary>Files among which a kernel and its modules are: a host's, or those of unpacked packages.</summary>
internal interface IKernelSource
{
    /// <summary>The names in a directory by ordinal order; none when there is no such directory.</summary>
    /// <exception cref="ApplianceException">The directory cannot be read.</exception>
    IReadOnlyList<string> List(string directory);

    /// <summary>The regular file that an absolute path leads to, or null when there is none.</summary>
    /// <exception cref="ApplianceException">That cannot be found out.</exception>
    FileContent? Find(string path);
}

/// <summary>Kernel files, with indexes that were made in place of what is missing or old.</summary>
/// <param name="source">The files.</param>
/// <param name="indexes">The indexes, by their paths in the source.</param>
internal sealed class IndexedKernelSource(IKernelSource source, IReadOnlyList<PlanEntry> indexes) : IKernelSource
{
    private readonly Dictionary<string, FileContent> contents =
        indexes.ToDictionary(index => index.Path, index => index.Content!, StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory) => source.List(directory);

    /// <inheritdoc/>
    public FileContent? Find(string path) => contents.GetValueOrDefault(path) ?? source.Find(path);
}
