// What stops a running call. It is not generated: it must not wait for the call that it stops.
using Guestfs.Interop;

namespace Guestfs;

public sealed unsafe partial class GuestfsHandle
{
    /// <summary>Asks the upload or download that runs in another thread to stop; that call then fails. Returns at once.</summary>
    /// <remarks>
    /// <para>The request is lost when it comes before the transfer starts: repeat it until the call returns.</para>
    /// <para>guestfs(3): <c>guestfs_user_cancel</c>. Since 1.11.18.</para>
    /// </remarks>
    public void UserCancel()
    {
        if (IsDisposed || !RequestCancel())
        {
            throw ClosedException();
        }
    }

    /// <summary>Asks the transfer that runs to stop, from any thread, without waiting for anything.</summary>
    /// <returns>Whether the handle is still open; one that closes has nothing to stop.</returns>
    internal bool RequestCancel() => WhileOpen(static handle =>
    {
        _ = LibGuestfs.guestfs_user_cancel(handle.pointer);
        return true;
    });

    /// <summary>Ends this handle's qemu, from any thread.</summary>
    /// <returns>Whether that was possible: with libvirt it is not known which process that is.</returns>
    internal bool EndAppliance() => WhileOpen(static handle =>
    {
        handle.applianceProcess?.Kill();
        return handle.applianceProcess is not null;
    });

    // Not as a call: that would wait for the one to be stopped, and might leave the closing of the handle to this thread.
    private bool WhileOpen(Func<GuestfsHandle, bool> stop)
    {
        lock (closeGate)
        {
            return !closed && stop(this);
        }
    }
}
