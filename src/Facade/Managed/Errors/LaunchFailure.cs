// The ways a launch can fail.
namespace Guestfs;

/// <summary>Why the appliance did not start.</summary>
public enum LaunchFailure
{
    /// <summary>Not one of the others: the message is libguestfs' own.</summary>
    Other,

    /// <summary>There is no appliance in the directories of the path.</summary>
    ApplianceMissing,

    /// <summary>The hypervisor (qemu) is not installed, or not where it was looked for.</summary>
    HypervisorMissing,
}
