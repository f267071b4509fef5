using Guestfs.Interop;

namespace Guestfs;

public sealed unsafe partial class GuestfsHandle
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

    /// <summary>
    /// Whether the launch has resumed a saved appliance, and why not; null before <see cref="Launch"/>.
    /// A subscriber of <see cref="LibraryMessageReceived"/> is told too.
    /// </summary>
    public ResumeChoice? ResumeChoice => Session.ResumeChoice;

    /// <summary>
    /// Waits until the appliance is saved that the launch has begun to save in the background, some seconds of the processor's
    /// time; returns at once where none is being saved. A process that ends before has saved nothing, and later ones boot again: a
    /// short program waits at its end. The handle may be disposed of meanwhile.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting, not the saving.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task WaitUntilSavedAsync(CancellationToken cancellationToken = default) =>
        Session.Saving?.WaitAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Gets the hypervisor binary that runs the appliance.</summary>
    /// <returns>File name set with <see cref="SetHv(string)"/>, or else the default one.</returns>
    /// <remarks>
    /// <para>If no binary was set, this can fail before <c>launch</c>, when the default is not yet known.</para>
    /// <para>guestfs(3): <c>guestfs_get_hv</c>. Since 1.23.17.</para>
    /// </remarks>
    public string GetHv()
    {
        using Call call = new(this);
        byte* result = LibGuestfs.guestfs_get_hv(call.Handle);
        return result == null ? throw call.Failure("get_hv") : Session.RealHypervisor(NativeResult.TakeString(result));
    }

    /// <summary>Starts the appliance with the disks added so far; most functions need it. Takes seconds. Launch a handle once.</summary>
    /// <exception cref="GuestfsLaunchException">It did not start; <see cref="GuestfsLaunchException.Failure"/> says why,
    /// the message what to do.</exception>
    /// <remarks>guestfs(3): <c>guestfs_launch</c>. Since 0.0.3.</remarks>
    /// <example>
    /// <code>
    /// g.AddDrive("disk.img", new() { Format = "raw" });
    /// try
    /// {
    ///     g.Launch();
    /// }
    /// catch (GuestfsLaunchException e)
    /// {
    ///     Console.Error.WriteLine($"{e.Failure}: {e.Message}");
    /// }
    /// </code>
    /// </example>
    public void Launch() => Session.Launch(CancellationToken.None);

    /// <inheritdoc cref="Launch()"/>
    /// <param name="progress">Told how far the launch is, if it takes more than 5 seconds; called on the handle's worker thread.</param>
    /// <param name="cancellationToken">Cancels it: what was started is ended, and the handle is closed.</param>
    /// <returns>A task that ends when the appliance is ready.</returns>
    public Task LaunchAsync(IProgress<GuestfsProgress>? progress = null, CancellationToken cancellationToken = default) =>
        RunOnWorker(CancelMethod.EndLaunch, (Action<CancellationToken>)Session.Launch, progress, cancellationToken);
}
