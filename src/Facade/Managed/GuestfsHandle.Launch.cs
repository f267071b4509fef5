// The two functions that are not generated: launching, whose failures need explaining, and cancelling, which must not wait.
using Guestfs.Interop;

namespace Guestfs;

public sealed unsafe partial class GuestfsHandle
{
    private readonly ApplianceSource? applianceSource;
    private bool hasLaunched;

    /// <summary>Starts the appliance with the disks added so far; most functions need it. Takes seconds. Launch a handle once.</summary>
    /// <exception cref="GuestfsLaunchException">It did not start; <see cref="GuestfsLaunchException.Failure"/> says why, the message what to do.</exception>
    /// <exception cref="Appliances.ApplianceException">The appliance of <see cref="GuestfsHandleOptions.Appliance"/> cannot be built, or is damaged.</exception>
    /// <remarks>guestfs(3): <c>guestfs_launch</c>. Since 0.0.3.</remarks>
    public void Launch() => StartAppliance(CancellationToken.None);

    /// <inheritdoc cref="Launch()"/>
    /// <param name="progress">Told how far the launch is, if it takes more than 5 seconds; called on the handle's worker thread.</param>
    /// <param name="cancellationToken">Cancels it: what was started is ended, and the handle is closed.</param>
    /// <returns>A task that ends when the appliance is ready.</returns>
    public Task LaunchAsync(IProgress<GuestfsProgress>? progress = null, CancellationToken cancellationToken = default) =>
        RunLong(Stop.EndLaunch, (Action<CancellationToken>)StartAppliance, progress, cancellationToken);

    private void StartAppliance(CancellationToken cancellation)
    {
        // Held until qemu has its files open.
        using Appliances.Appliance? appliance = State == GuestfsState.Config ? applianceSource?.Acquire(cancellation) : null;
        if (appliance is not null)
        {
            SetPath(appliance.Directory);
        }

        using Call call = new(this);
        if (LibGuestfs.guestfs_launch(call.Handle) == -1)
        {
            throw LaunchFailure(call.Handle);
        }

        hasLaunched = true;
        RememberAppliance(call.Handle);
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

    private GuestfsException LaunchFailure(guestfs_h* handle)
    {
        GuestfsException plain = Failure(handle, "launch", CallState.Any, null);
        if (hasLaunched)
        {
            return new GuestfsStateException("launch", plain.Errno, $"launch: this handle has been launched before. Create a new handle. (libguestfs: {plain.Message})", ReadState(handle));
        }

        (LaunchFailure failure, string? advice) = LaunchDiagnosis.Explain(
            ReadOwned(LibGuestfs.guestfs_get_hv(handle)),
            ReadShared(LibGuestfs.guestfs_get_path(handle)),
            ReadOwned(LibGuestfs.guestfs_get_backend(handle)),
            IsEmulated(handle));
        return new GuestfsLaunchException(plain.Errno, advice is null ? plain.Message : $"{plain.Message}\n{advice}", failure);

        static string ReadOwned(byte* text) => text == null ? "" : NativeResult.TakeString(text);
        static string ReadShared(byte* text) => text == null ? "" : NativeResult.ReadString(text);
    }

    private static bool IsEmulated(guestfs_h* handle)
    {
        fixed (byte* name = "force_tcg\0"u8)
        {
            byte* value = LibGuestfs.guestfs_get_backend_setting(handle, name);
            return value != null && NativeResult.TakeString(value) == "1";
        }
    }
}
