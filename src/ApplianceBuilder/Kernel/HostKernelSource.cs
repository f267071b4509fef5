using Guestfs.Appliances.Host;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Kernel;

/// <summary>Kernel files of a directory tree of the host. Symbolic links mean what they mean on the host.</summary>
/// <param name="root">The tree's top: <c>/</c> for the machine's own kernels.</param>
internal sealed class HostKernelSource(string root) : IKernelSource
{
    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory)
    {
        string path = HostRoot.Join(root, directory);
        try
        {
            string[] names = [.. Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry))];
            Array.Sort(names, StringComparer.Ordinal);
            return names;
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ApplianceException(ApplianceProblem.UnreadableFile, $"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public FileContent? Find(string path)
    {
        string hostPath = HostRoot.Join(root, path);
        return Posix.Status(hostPath) is { Kind: EntryKind.File } status ? new HostFileContent(hostPath, 0, status.Size) : null;
    }
}
