namespace Guestfs;

/// <summary>What <see cref="GuestfsHandle.MountAll"/> mounted, and what it could not.</summary>
/// <param name="Mounted">The filesystems that are mounted now, in the order in which they were; the root is the first.</param>
/// <param name="Failed">Those that are not, without those that the guest starts without or does not mount by itself.</param>
public sealed record GuestMountReport(IReadOnlyList<GuestMountpoint> Mounted, IReadOnlyList<GuestMountFailure> Failed)
{
    /// <summary>What became of each of <see cref="GuestOperatingSystem.MountEntries"/>, in their order.</summary>
    public IReadOnlyList<GuestMountResult> Results { get; init; } = [];

    /// <summary>Whether everything is mounted that the guest needs to start.</summary>
    public bool IsComplete => Failed.Count == 0;
}
