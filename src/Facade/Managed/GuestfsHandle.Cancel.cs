// Cancelling is not generated: it must not wait for the call that it cancels.
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
        // Not through EnterWithAttention: turning errors off in this thread would wait for the call to be cancelled.
        if (!ThreadToken.IsCurrent(ownerThread))
        {
            EnterFromOtherThread();
            try
            {
                ObjectDisposedException.ThrowIf(IsDisposed, this);
                _ = LibGuestfs.guestfs_user_cancel(pointer);
            }
            finally
            {
                LeaveCall(owner: false);
            }

            return;
        }

        using Call call = new(this);
        _ = LibGuestfs.guestfs_user_cancel(call.Handle);
    }
}
