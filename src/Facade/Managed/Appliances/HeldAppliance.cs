// An appliance that is ready to be booted.
namespace Guestfs;

/// <summary>Where it is, and what keeps it there.</summary>
/// <param name="directory">For libguestfs' path.</param>
/// <param name="lease">Disposed when qemu has the appliance's files open.</param>
internal sealed class HeldAppliance(string directory, IDisposable lease) : IDisposable
{
    internal string Directory { get; } = directory;

    /// <summary>Whether its source has one of the profile stock for the case that it does not boot.</summary>
    internal bool MayBeReplaced { get; init; }

    /// <summary>Called when it has launched.</summary>
    internal Action? Launched { get; set; }

    public void Dispose() => lease.Dispose();
}
