// A call that gfs_cancel can stop.
using System.Diagnostics.CodeAnalysis;

namespace Guestfs.Exports;

/// <summary>From its beginning to its end, on one thread.</summary>
internal sealed class RunningCall : IDisposable
{
    private readonly HandleEntry entry;
    private readonly CallStopper stopper;
    private readonly CancellationTokenSource? source;
    private volatile bool cancelled;

    /// <param name="entry">The handle.</param>
    /// <param name="stop">How to stop it.</param>
    internal RunningCall(HandleEntry entry, Stop stop)
        : this(entry, stop, null)
    {
    }

    private RunningCall(HandleEntry entry, Stop stop, CancellationTokenSource? source)
    {
        this.entry = entry;
        this.source = source;
        stopper = new CallStopper(entry.Handle, stop);
        stopper.CallBegins();
        entry.Begin(this);
    }

    /// <summary>Cancelled with the call, if it is made by <see cref="Run"/>.</summary>
    internal CancellationToken Token => source?.Token ?? default;

    /// <summary>Makes a call of several parts, some of which look at <see cref="Token"/>.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It becomes a status.")]
    internal static gfs_status Run(string operation, HandleEntry entry, Stop stop, Func<RunningCall, gfs_status> parts)
    {
        using RunningCall running = new(entry, stop, new CancellationTokenSource());
        try
        {
            return parts(running);
        }
        catch (Exception e)
        {
            return running.Failed(operation, e);
        }
    }

    /// <summary>Asks it to stop. Does not wait.</summary>
    internal void Cancel()
    {
        cancelled = true;
        source?.Cancel();
        stopper.Request();
    }

    /// <summary>The status of the call, which has failed.</summary>
    internal gfs_status Failed(string operation, Exception failure) => Exports.Failed.Because(
        operation,
        cancelled && failure is GuestfsException or OperationCanceledException ? new OperationCanceledException($"{operation}: cancelled. ({failure.Message})", failure) : failure);

    public void Dispose()
    {
        // From here on no cancellation reaches the handle: it would hit the next call.
        entry.End(this);
        bool closed = stopper.CallEnded();
        stopper.Dispose();
        source?.Dispose();
        if (closed)
        {
            entry.Handle.CloseAfterCancellation();
        }
    }
}
