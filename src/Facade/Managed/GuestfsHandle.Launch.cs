// The two functions that are not generated: launching, whose failures need explaining, and cancelling, which must not wait.
using Guestfs.Interop;

namespace Guestfs;

public sealed unsafe partial class GuestfsHandle
{
    private bool hasLaunched;

    /// <summary>Starts the appliance with the disks added so far; most functions need it. Takes seconds. Launch a handle once.</summary>
    /// <exception cref="GuestfsLaunchException">It did not start; <see cref="GuestfsLaunchException.Failure"/> says why, the message what to do.</exception>
    /// <remarks>guestfs(3): <c>guestfs_launch</c>. Since 0.0.3.</remarks>
    public void Launch()
    {
        using Call call = new(this);
        if (LibGuestfs.guestfs_launch(call.Handle) == -1)
        {
            throw call.Failure("launch", CallState.Config);
        }

        hasLaunched = true;
    }

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
                LeaveCall();
            }

            return;
        }

        using Call call = new(this);
        _ = LibGuestfs.guestfs_user_cancel(call.Handle);
    }
}
