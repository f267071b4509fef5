using System.Diagnostics.CodeAnalysis;

namespace Guestfs;

/// <summary>A call on the worker thread, its progress, its cancellation and its task.</summary>
internal sealed class WorkerCall<T>(
    GuestfsHandle handle, CancelMethod method, Func<CancellationToken, T> function, IProgress<GuestfsProgress>? progress,
    CancellationToken cancellationToken)
    : IWorkerCall
{
    private const int Waiting = 0, Started = 1, Abandoned = 2;

    // What flows with the caller, such as the span that the call belongs to.
    private readonly ExecutionContext? context = ExecutionContext.Capture();
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellableCall? cancellable;
    private CancellationTokenRegistration registration;
    private int phase;

    /// <summary>Ends when the call does, or when it is cancelled or refused before it could begin.</summary>
    internal Task<T> Task => completion.Task;

    /// <summary>Hands the call to the worker.</summary>
    internal void Start(HandleWorker worker)
    {
        cancellable = cancellationToken.CanBeCanceled ? new CancellableCall(handle, method) : null;
        registration = cancellationToken.UnsafeRegister(static call => ((WorkerCall<T>)call!).Cancel(), this);
        worker.Add(this);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is the task's.")]
    public void Run()
    {
        if (Interlocked.CompareExchange(ref phase, Started, Waiting) != Waiting)
        {
            return;
        }

        T result = default!;
        Exception? failure = null;
        try
        {
            cancellable?.Begin();
            result = InContext();
        }
        catch (Exception e)
        {
            failure = e;
        }

        bool closed = EndCancellation(ref failure);
        registration.Dispose();
        End(result, failure, closed);
    }

    public void Refuse()
    {
        if (Interlocked.CompareExchange(ref phase, Abandoned, Waiting) == Waiting)
        {
            registration.Dispose();
            _ = cancellable?.End();
            completion.SetException(handle.Calls.ClosedException());
        }
    }

    // From here on no cancellation reaches the handle: it would hit the next call.
    [SuppressMessage(
        "Design",
        "CA1031:Do not catch general exception types",
        Justification = "What a handler of the event throws is the task's, and must not end the thread.")]
    private bool EndCancellation(ref Exception? failure)
    {
        try
        {
            bool closed = cancellable?.EndAndClose() ?? false;
            failure ??= closed ? new OperationCanceledException() : null;
            return closed;
        }
        catch (Exception e)
        {
            failure ??= e;
            return true;
        }
    }

    private void Cancel()
    {
        if (Interlocked.CompareExchange(ref phase, Abandoned, Waiting) == Waiting)
        {
            completion.SetCanceled(cancellationToken);
        }
        else
        {
            cancellable!.Cancel();
        }
    }

    private T InContext()
    {
        if (context is null)
        {
            return WithProgress();
        }

        T result = default!;
        ExecutionContext.Run(context, _ => result = WithProgress(), null);
        return result;
    }

    private T WithProgress()
    {
        if (progress is null)
        {
            return function(cancellationToken);
        }

        // Another thread's call may come between those of this one; its progress is not ours.
        int thread = Environment.CurrentManagedThreadId;
        EventHandler<GuestfsProgress> report = (_, e) =>
        {
            if (Environment.CurrentManagedThreadId == thread)
            {
                progress.Report(e);
            }
        };
        handle.ProgressChanged += report;
        try
        {
            return function(cancellationToken);
        }
        finally
        {
            handle.ProgressChanged -= report;
        }
    }

    private void End(T result, Exception? failure, bool closed)
    {
        if (failure is null)
        {
            completion.SetResult(result);
        }
        else if (cancellationToken.IsCancellationRequested && CancellableCall.IsCancellation(failure))
        {
            string message = closed
                ? "The call was cancelled. To stop it, its appliance was ended and the handle closed. Create a new one."
                : "The call was cancelled.";
            completion.SetFromTask(Canceled(new OperationCanceledException(message, failure, cancellationToken)));
        }
        else
        {
            completion.SetException(failure);
        }
    }

    // A task that is canceled and keeps its exception can be made in this way alone.
#pragma warning disable CS1998 // nothing to await
    private static async Task<T> Canceled(OperationCanceledException exception) => throw exception;
#pragma warning restore CS1998
}
