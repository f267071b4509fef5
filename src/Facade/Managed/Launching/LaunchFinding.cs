namespace Guestfs;

/// <summary>The cause of a failed launch.</summary>
/// <param name="Failure">Which of the known ones.</param>
/// <param name="Cause">In words; null where nothing is known beyond libguestfs' own.</param>
/// <param name="Remedy">What to do; null where nothing is known to help.</param>
internal sealed record LaunchFinding(LaunchFailure Failure, string? Cause, string? Remedy)
{
    /// <summary>The disk that is at fault, if one is.</summary>
    internal DiskFinding? Disk { get; init; }

    /// <summary>Whether qemu was killed, or its disks' files failed: nothing in it is to blame.</summary>
    internal bool IsFromOutside { get; init; }

    /// <summary>Whether the same launch may succeed without KVM: all that is not known to have another reason.</summary>
    internal bool MayBeOfKvm => Failure is not (LaunchFailure.ApplianceMissing or LaunchFailure.ApplianceUnreadable
        or LaunchFailure.ApplianceUnavailable or LaunchFailure.HypervisorMissing or LaunchFailure.DiskLocked or LaunchFailure.DiskUnusable
        or LaunchFailure.DirectoryUnusable or LaunchFailure.NetworkUnavailable or LaunchFailure.OutOfMemory);

    /// <summary>The exception that tells it.</summary>
    /// <param name="errno">libguestfs' error number.</param>
    /// <param name="message">libguestfs' own message.</param>
    /// <param name="console">The console's last lines.</param>
    internal GuestfsLaunchException ToException(int errno, string message, IReadOnlyList<string> console) => new(
        errno,
        string.Join('\n', ((string?[])[message, Cause, Remedy]).Where(part => part is not null)),
        Failure,
        Remedy,
        console,
        Disk?.ToException("launch", errno, message));
}
