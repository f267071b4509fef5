namespace Guestfs.Extensions.Hosting;

/// <summary>Opens handles, no more at a time than there is memory and there are processors for. Requests are served in their
/// order.</summary>
/// <example>
/// <code>
/// app.MapGet("/os", async (string disk, IGuestfsFactory guestfs, CancellationToken cancellation) =&gt;
/// {
///     await using GuestfsLease lease = await guestfs.LaunchAsync(
///         g =&gt; g.AddDrive(disk, new() { ReadOnly = true, Format = "qcow2" }), cancellation);
///     GuestInspection found = await lease.Handle.InspectAsync(cancellationToken: cancellation);
///     return found.Select(os =&gt; os.ProductName);
/// });
/// </code>
/// </example>
public interface IGuestfsFactory
{
    /// <summary>Waits for a slot, creates a handle, has disks added to it, and launches it.</summary>
    /// <param name="configure">Adds disks. What it throws, the task fails with, and the slot is free again.</param>
    /// <param name="cancellationToken">Ends the wait or the launch.</param>
    /// <returns>A handle that is ready, and the slot, which is free again when the lease is disposed.</returns>
    /// <exception cref="GuestfsBusyException">Too many requests wait, or it has waited longer than
    /// <see cref="GuestfsOptions.QueueTimeout"/>.</exception>
    /// <exception cref="GuestfsLaunchException">The appliance did not start.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    Task<GuestfsLease> LaunchAsync(Action<GuestfsHandle> configure, CancellationToken cancellationToken = default);

    /// <summary>Waits for a slot and creates a handle, which is not launched.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A handle to add disks to and to launch, and the slot, which is free again when the lease is disposed.</returns>
    /// <exception cref="GuestfsBusyException">Too many requests wait, or it has waited longer than
    /// <see cref="GuestfsOptions.QueueTimeout"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    Task<GuestfsLease> OpenAsync(CancellationToken cancellationToken = default);
}
