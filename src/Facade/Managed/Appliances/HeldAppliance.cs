// An appliance that is ready to be booted.
namespace Guestfs;

/// <summary>Where it is, and what keeps it there.</summary>
/// <param name="directory">For libguestfs' path.</param>
/// <param name="lease">Disposed when qemu has the appliance's files open.</param>
internal sealed class HeldAppliance(string directory, IDisposable lease) : IDisposable
{
    internal string Directory { get; } = directory;

    public void Dispose() => lease.Dispose();
}
