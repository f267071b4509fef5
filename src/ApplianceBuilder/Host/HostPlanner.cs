using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Host;

/// <summary>Puts files of the host into a plan: what lstat(2) says of them becomes their entries.</summary>
/// <param name="root">The directory that paths are below; <c>/</c> for this system.</param>
/// <param name="builder">Takes the entries.</param>
/// <param name="timestamp">The time of what has no time of its own: directories, links and files that no package brought.</param>
/// <param name="log">Takes a line for each file that is left out.</param>
internal sealed class HostPlanner(string root, FilePlanBuilder builder, long timestamp, Action<string>? log)
{
    private readonly Dictionary<(DeviceNumber, ulong), string> firstNames = [];

    private string HostPath(string path) => HostRoot.Join(root, path);

    /// <summary>Adds a file as the host has it. One that does not exist, or that this user may not read, is left out.</summary>
    /// <param name="path">Its path in the appliance.</param>
    /// <param name="source">Its path below the root on the host, which differs where a package's file is diverted.</param>
    /// <param name="keepTime">Whether its time came with a package, and so is the same on every machine.</param>
    internal void Add(string path, string source, bool keepTime) => Add(path, source, HostFile.Read(HostPath(source)), keepTime);

    /// <summary>The same, for a file that has been asked for already.</summary>
    internal void Add(string path, string source, in HostFile file, bool keepTime)
    {
        string hostPath = HostPath(source);
        if (file.Status is not { } status)
        {
            log?.Invoke($"files: {source} is not on the host, or not visible to this user: left out");
        }
        else if (status.Kind is EntryKind.File && (status.Mode & Libc.S_IROTH) == 0 && !Posix.CanRead(hostPath))
        {
            log?.Invoke($"files: {source} may not be read by this user: left out");
        }
        else if (status.Kind is { } kind)
        {
            PlanEntry entry = ToEntry(path, hostPath, kind, status, file, keepTime);
            builder.Add(entry);
            AddTarget(entry);
        }
    }

    /// <summary>Adds a directory with all that is in it.</summary>
    internal void AddTree(string path, string source, CancellationToken cancellationToken) =>
        AddTree(path, source, HostFile.Read(HostPath(source)), cancellationToken);

    private void AddTree(string path, string source, in HostFile directory, CancellationToken cancellationToken)
    {
        Add(path, source, directory, keepTime: false);
        foreach (string child in Directory.EnumerateFileSystemEntries(HostPath(source)).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = Path.GetFileName(child);
            HostFile file = HostFile.Read(child);
            if (file.Status?.Kind == EntryKind.Directory)
            {
                AddTree(FilePlanBuilder.Join(path, name), source + "/" + name, file, cancellationToken);
            }
            else
            {
                Add(FilePlanBuilder.Join(path, name), source + "/" + name, file, keepTime: false);
            }
        }
    }

    // The directory that a link leads to, which often no package has: /var/lock is a link to /run/lock.
    private void AddTarget(PlanEntry entry)
    {
        if (entry.Kind == EntryKind.SymbolicLink && FilePlanBuilder.Follow(entry.Path, entry.LinkTarget!) is { Length: > 1 } target
            && !builder.Contains(target) && Posix.LinkStatus(HostPath(target))?.Kind == EntryKind.Directory)
        {
            Add(target, target, keepTime: false);
        }
    }

    private PlanEntry ToEntry(string path, string hostPath, EntryKind kind, in FileStatus status, in HostFile file, bool keepTime)
    {
        if (kind != EntryKind.Directory && status.Links > 1 && !firstNames.TryAdd((status.FileSystem, status.Inode), path)
            && firstNames[(status.FileSystem, status.Inode)] is string first && first != path)
        {
            return new PlanEntry { Path = path, Kind = EntryKind.HardLink, Mode = status.Permissions, LinkTarget = first };
        }

        return new PlanEntry
        {
            Path = path,
            Kind = kind,
            Mode = status.Permissions,
            Uid = status.Uid,
            Gid = status.Gid,
            ModificationTime = keepTime && kind == EntryKind.File
                ? Math.DivRem(status.ModificationTimeNs, 1_000_000_000).Quotient
                : timestamp,
            ExtendedAttributes = file.ExtendedAttributes,
            Content = kind == EntryKind.File
                ? new HostFileContent(hostPath, 0, status.Size, maybeSparse: status.Blocks * 512 < status.Size)
                : null,
            LinkTarget = file.LinkTarget,
            Device = status.Device,
        };
    }
}
