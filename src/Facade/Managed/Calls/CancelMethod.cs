namespace Guestfs;

/// <summary>How a call that is cancelled is made to return.</summary>
internal enum CancelMethod
{
    /// <summary>Ask libguestfs to stop the transfer; when that does not help in time, end the appliance.</summary>
    UserCancel,

    /// <summary>End the appliance: libguestfs cannot stop the call itself.</summary>
    EndAppliance,

    /// <summary>End all that the launching thread has started.</summary>
    EndLaunch,
}
