using System.Diagnostics.CodeAnalysis;

namespace Guestfs;

/// <summary>
/// A call that can be made to return, and never the one after it: an asynchronous one, one of the C ABI, a launch that takes too
/// long. The request is repeated until the call has ended: libguestfs forgets one that comes before a transfer begins, and a
/// launch starts one program after another.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "It is used until End, which ends the timer.")]
internal sealed class CancellableCall(GuestfsHandle handle, CancelMethod method)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);

    private readonly Lock gate = new();
    private Timer? timer;
    private long requested;
    private OwnProcesses? launched;
    private bool running;
    private bool ended;
    private bool applianceEnded;

    /// <summary>The call begins on this thread.</summary>
    internal void Begin()
    {
        lock (gate)
        {
            launched = method == CancelMethod.EndLaunch ? OwnProcesses.OfThisThread() : null;
            running = true;
        }
    }

    /// <summary>Begins to stop the call, now or when it begins. Does not wait.</summary>
    /// <param name="after">How much later.</param>
    internal void Cancel(TimeSpan after = default)
    {
        lock (gate)
        {
            if (timer is null && !ended)
            {
                requested = Environment.TickCount64;
                timer = new Timer(static call => ((CancellableCall)call!).Tick(), this, after, Period);
            }
        }
    }

    /// <summary>The call has returned, or will never be made: from here on nothing is done that could hit the next one.</summary>
    /// <returns>Whether its appliance was ended to stop it; then the handle is of no use any more.</returns>
    internal bool End()
    {
        lock (gate)
        {
            running = false;
            ended = true;
            timer?.Dispose();
            return applianceEnded;
        }
    }

    /// <summary>The same, and closes the handle if its appliance was ended.</summary>
    /// <returns>Whether it was closed.</returns>
    internal bool EndAndClose()
    {
        bool close = End();
        if (close)
        {
            handle.Close(byCancellation: true);
        }

        return close;
    }

    /// <summary>Whether a call that was cancelled failed because of that. What failed for another reason says so.</summary>
    internal static bool IsCancellation(Exception failure) => failure is OperationCanceledException or GuestfsException;

    [SuppressMessage(
        "Design",
        "CA1031:Do not catch general exception types",
        Justification = "It would end the process, and the next tick tries again.")]
    private void Tick()
    {
        lock (gate)
        {
            if (!running)
            {
                return;
            }

            try
            {
                StopOnce();
            }
            catch (Exception)
            {
            }
        }
    }

    private void StopOnce()
    {
        switch (method)
        {
            case CancelMethod.EndLaunch:
                _ = launched!.Kill();
                applianceEnded = true;
                break;
            case CancelMethod.UserCancel when handle.CancellationTimeout is var limit
                && (limit == Timeout.InfiniteTimeSpan || Environment.TickCount64 - requested < limit.TotalMilliseconds):
                _ = handle.Calls.RequestCancel();
                break;
            default:
                applianceEnded |= handle.Session.EndAppliance();
                break;
        }
    }
}
