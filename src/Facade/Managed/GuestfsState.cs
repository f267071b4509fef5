namespace Guestfs;

/// <summary>Where a handle is in its life.</summary>
public enum GuestfsState
{
    /// <summary>Being configured: disks and settings are added. Also after the appliance has ended.</summary>
    Config,

    /// <summary>The appliance is starting.</summary>
    Launching,

    /// <summary>The appliance runs and takes calls.</summary>
    Ready,

    /// <summary>Disposed.</summary>
    Closed,
}
