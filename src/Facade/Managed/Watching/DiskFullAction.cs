namespace Guestfs;

/// <summary>What to do when the host has no room for what the appliance writes.</summary>
public enum DiskFullAction
{
    /// <summary>End the appliance: the call that runs fails with <see cref="ApplianceDeath.HostDiskFull"/>.</summary>
    Abort,

    /// <summary>Let it write again: room has been made. Nothing is lost; if there is none after all, the handler is asked again.</summary>
    Retry,
}
