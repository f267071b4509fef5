namespace Guestfs;

public sealed partial class GuestfsHandle
{
    /// <summary>
    /// What the launch decided about KVM, and why; null before <see cref="Launch"/>.
    /// A subscriber of <see cref="LibraryMessageReceived"/> is told too.
    /// </summary>
    /// <remarks>guestfs(3), BACKEND SETTINGS: <c>force_kvm</c> and <c>force_tcg</c>.</remarks>
    public AcceleratorChoice? AcceleratorChoice => Session.AcceleratorChoice;

    /// <summary>
    /// What the launch keeps qemu from, and why not from more; null before <see cref="Launch"/>.
    /// A subscriber of <see cref="LibraryMessageReceived"/> is told too.
    /// </summary>
    public ConfinementChoice? ConfinementChoice => Session.ConfinementChoice;

    /// <summary>Starts the appliance with the disks added so far; most functions need it. Takes seconds. Launch a handle once.</summary>
    /// <exception cref="GuestfsLaunchException">It did not start; <see cref="GuestfsLaunchException.Failure"/> says why,
    /// the message what to do.</exception>
    /// <remarks>guestfs(3): <c>guestfs_launch</c>. Since 0.0.3.</remarks>
    public void Launch() => Session.Launch(CancellationToken.None);

    /// <inheritdoc cref="Launch()"/>
    /// <param name="progress">Told how far the launch is, if it takes more than 5 seconds; called on the handle's worker thread.</param>
    /// <param name="cancellationToken">Cancels it: what was started is ended, and the handle is closed.</param>
    /// <returns>A task that ends when the appliance is ready.</returns>
    public Task LaunchAsync(IProgress<GuestfsProgress>? progress = null, CancellationToken cancellationToken = default) =>
        RunOnWorker(CancelMethod.EndLaunch, (Action<CancellationToken>)Session.Launch, progress, cancellationToken);
}
