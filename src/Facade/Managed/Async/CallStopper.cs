// Makes a running call return after it was cancelled, and never touches the one after it: for asynchronous calls, for those
// of the C ABI, and for launches that take too long.
using System.Diagnostics.CodeAnalysis;

namespace Guestfs;

/// <summary>
/// Repeats the request to stop until the call has ended: libguestfs forgets one that comes before a transfer begins, and a
/// launch starts one program after another.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "It is used until CallEnded, which ends the timer.")]
internal sealed class CallStopper(GuestfsHandle handle, Stop stop)
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
    internal void CallBegins()
    {
        lock (gate)
        {
            launched = stop == Stop.EndLaunch ? OwnProcesses.OfThisThread() : null;
            running = true;
        }
    }

    /// <summary>Begins to stop the call.</summary>
    /// <param name="after">How much later.</param>
    internal void Request(TimeSpan after = default)
    {
        lock (gate)
        {
            if (timer is null && !ended)
            {
                requested = Environment.TickCount64;
                timer = new Timer(static stopper => ((CallStopper)stopper!).Tick(), this, after, Period);
            }
        }
    }

    /// <summary>The call has returned, or will never be made: from here on nothing is done that could hit the next one.</summary>
    /// <returns>Whether its appliance was ended to stop it; then the handle is of no use any more.</returns>
    internal bool CallEnded()
    {
        lock (gate)
        {
            running = false;
            ended = true;
            timer?.Dispose();
            return applianceEnded;
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It would end the process, and the next tick tries again.")]
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
        switch (stop)
        {
            case Stop.EndLaunch:
                _ = launched!.Kill();
                applianceEnded = true;
                break;
            case Stop.UserCancel when handle.CancellationTimeout is var limit && (limit == Timeout.InfiniteTimeSpan || Environment.TickCount64 - requested < limit.TotalMilliseconds):
                _ = handle.RequestCancel();
                break;
            default:
                applianceEnded |= handle.EndAppliance();
                break;
        }
    }
}
