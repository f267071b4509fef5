namespace Guestfs;

/// <summary>What <see cref="GuestfsHandle.MountAll"/> mounted, and what it could not.</summary>
/// <param name="Mounted">The filesystems that are mounted now, in the order in which they were; the root is the first.</param>
/// <param name="Failed">Those that are not.</param>
public sealed record GuestMountReport(IReadOnlyList<GuestMountpoint> Mounted, IReadOnlyList<GuestMountFailure> Failed)
{
    /// <summary>Whether everything is mounted.</summary>
    public bool IsComplete => Failed.Count == 0;
}
