using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Host;

/// <summary>All that the host's kernel says of a file, asked for once.</summary>
/// <param name="Status">Its status; null when there is none that this user may know of.</param>
/// <param name="ExtendedAttributes">Its extended attributes, sorted by name.</param>
/// <param name="LinkTarget">Where a symbolic link leads.</param>
internal readonly record struct HostFile(FileStatus? Status, IReadOnlyList<ExtendedAttribute> ExtendedAttributes, string? LinkTarget)
{
    /// <summary>Asks for a file.</summary>
    /// <exception cref="ApplianceException">It is there and cannot be read.</exception>
    internal static HostFile Read(string hostPath)
    {
        FileStatus? status = Posix.LinkStatus(hostPath);
        return status?.Kind is { } kind
            ? new HostFile(status, Posix.ReadXattrs(hostPath), kind == EntryKind.SymbolicLink ? Posix.ReadLink(hostPath) : null)
            : new HostFile(status, [], null);
    }
}
