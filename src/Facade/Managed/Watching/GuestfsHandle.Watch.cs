namespace Guestfs;

public sealed partial class GuestfsHandle
{
    /// <summary>
    /// Asked when the host has no room for what the appliance writes, while its machine is stopped and the call that runs waits. It may
    /// take as long as it likes, to delete something or to ask somebody. Null, the default, is <see cref="DiskFullAction.Abort"/>, and so
    /// is what it throws.
    /// </summary>
    /// <remarks>It runs on a thread of its own, and must not call the handle, which waits for it; if it refers to the handle, dispose of
    /// that. Cancelling the call works meanwhile. Only the backend <c>direct</c> has it. It has no counterpart in guestfs(3).</remarks>
    public Func<HostDiskFull, DiskFullAction>? DiskFullHandler
    {
        get => Session.DiskFull.Handler;
        set => Session.DiskFull.Handler = value;
    }
}
