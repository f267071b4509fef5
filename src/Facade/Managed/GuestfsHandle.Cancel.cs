namespace Guestfs;

public sealed partial class GuestfsHandle
{
    // Not generated: it must not wait for the call that it stops.

    /// <summary>Asks the upload or download that runs in another thread to stop; that call then fails. Returns at once.</summary>
    /// <remarks>
    /// <para>The request is lost when it comes before the transfer starts: repeat it until the call returns.</para>
    /// <para>guestfs(3): <c>guestfs_user_cancel</c>. Since 1.11.18.</para>
    /// </remarks>
    public void UserCancel()
    {
        if (Calls.IsClosing || !Calls.RequestCancel())
        {
            throw Calls.ClosedException();
        }
    }
}
