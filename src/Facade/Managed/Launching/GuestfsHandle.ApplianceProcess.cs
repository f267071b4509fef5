// The qemu of a launched handle, so that a call that libguestfs cannot stop can be ended with it.
using Guestfs.Interop;

namespace Guestfs;

public sealed unsafe partial class GuestfsHandle
{
    private ProcessReference? applianceProcess;

    // Now, because asking for its number waits for the call that is to be ended.
    private void RememberAppliance(guestfs_h* handle)
    {
        int id = LibGuestfs.guestfs_get_pid(handle);
        applianceProcess = id > 0 ? ProcessReference.TryOpen(id) : null;
    }
}
