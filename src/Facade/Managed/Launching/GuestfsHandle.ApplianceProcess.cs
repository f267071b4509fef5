// The qemu of a launched handle, so that a call that libguestfs cannot stop can be ended with it.
using Guestfs.Interop;

namespace Guestfs;

public sealed unsafe partial class GuestfsHandle
{
    private ProcessReference? applianceProcess;

    /// <summary>Ends this handle's qemu, from any thread.</summary>
    /// <returns>Whether it is known which process that is: not with libvirt.</returns>
    internal bool EndAppliance()
    {
        if (applianceProcess is not { } process)
        {
            return false;
        }

        process.Kill();
        return true;
    }

    // Now, because asking for its number waits for the call that is to be ended.
    private void RememberAppliance(guestfs_h* handle)
    {
        int id = LibGuestfs.guestfs_get_pid(handle);
        applianceProcess = id > 0 ? ProcessReference.TryOpen(id) : null;
    }
}
