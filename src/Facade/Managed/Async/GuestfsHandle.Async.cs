// Calls on the handle's own worker thread, and what cancelling them needs of the handle.
namespace Guestfs;

public sealed partial class GuestfsHandle : IAsyncDisposable
{
    /// <summary>Runs code that uses the handle on the handle's worker thread: any calls, one or many.</summary>
    /// <typeparam name="T">What the code returns.</typeparam>
    /// <param name="function">The code. It must not be asynchronous itself.</param>
    /// <param name="progress">Told how far each long call is; called on the worker thread.</param>
    /// <param name="cancellationToken">
    /// Cancels it. Before its turn it is not run. A transfer that runs is stopped; any other call, or one that does not stop
    /// within <see cref="GuestfsHandleOptions.CancellationTimeout"/>, only by ending the appliance, after which the handle is
    /// closed. With libvirt, whose qemu is not a child of this process, such a call runs to its end.
    /// </param>
    /// <returns>A task with the result. It fails with what the code throws.</returns>
    /// <remarks>
    /// The thread is started with the first asynchronous call and ends with the handle. Do not wait for the task inside an
    /// event handler or another function that runs there.
    /// </remarks>
    /// <exception cref="ArgumentException">The function returns a task.</exception>
    /// <exception cref="ObjectDisposedException">The handle is closed.</exception>
    /// <example>
    /// <code>
    /// string checksum = await g.RunAsync(handle =&gt; handle.Checksum("sha256", "/etc/passwd"));
    /// </code>
    /// </example>
    public Task<T> RunAsync<T>(
        Func<GuestfsHandle, T> function, IProgress<GuestfsProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (typeof(T).IsAssignableTo(typeof(Task)))
        {
            throw new ArgumentException(
                "The function returns a task, so it would go on after its turn, on another thread. Use the synchronous methods inside it.",
                nameof(function));
        }

        return RunOnWorker(CancelMethod.UserCancel, () => function(this), progress, cancellationToken);
    }

    /// <summary>The same as <see cref="RunAsync{T}(Func{GuestfsHandle, T}, IProgress{GuestfsProgress}?, CancellationToken)"/> for code
    /// without a result.</summary>
    /// <param name="action">The code. It must not be asynchronous itself.</param>
    /// <param name="progress">Told how far each long call is; called on the worker thread.</param>
    /// <param name="cancellationToken">Cancels it, as there.</param>
    /// <returns>A task that ends with the code. It fails with what the code throws.</returns>
    /// <exception cref="ObjectDisposedException">The handle is closed.</exception>
    public Task RunAsync(
        Action<GuestfsHandle> action, IProgress<GuestfsProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(action);
        return RunOnWorker(CancelMethod.UserCancel, () => action(this), progress, cancellationToken);
    }

    /// <summary>Lets the asynchronous calls that were begun end, then closes the handle, all without blocking this thread.</summary>
    /// <returns>A task that ends when the handle is closed, its appliance too.</returns>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await RunAsync(static handle => handle.Dispose()).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // Closed already, or by a call before this one.
        }
    }

    /// <summary>Runs a long call on the worker thread.</summary>
    internal Task<T> RunOnWorker<T>(
        CancelMethod method, Func<CancellationToken, T> call, IProgress<GuestfsProgress>? progress, CancellationToken cancellationToken)
    {
        WorkerCall<T> queued = new(this, method, call, progress, cancellationToken);
        queued.Start(Worker());
        return queued.Task;
    }

    private Task<T> RunOnWorker<T>(
        CancelMethod method, Func<T> call, IProgress<GuestfsProgress>? progress, CancellationToken cancellationToken) =>
        RunOnWorker(method, _ => call(), progress, cancellationToken);

    private Task<bool> RunOnWorker(
        CancelMethod method, Action call, IProgress<GuestfsProgress>? progress, CancellationToken cancellationToken) =>
        RunOnWorker(method, _ => call(), progress, cancellationToken);

    private Task<bool> RunOnWorker(
        CancelMethod method, Action<CancellationToken> call, IProgress<GuestfsProgress>? progress, CancellationToken cancellationToken) =>
        RunOnWorker(method, token => { call(token); return true; }, progress, cancellationToken);

    private HandleWorker Worker()
    {
        lock (workerGate)
        {
            return Calls.IsClosing ? throw Calls.ClosedException() : worker ??= new HandleWorker();
        }
    }

    private void EndWorker()
    {
        lock (workerGate)
        {
            worker?.Dispose();
        }
    }
}
