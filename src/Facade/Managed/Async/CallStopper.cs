// Makes a running call return after it was cancelled, and never touches the one after it.
namespace Guestfs;

/// <summary>
/// Repeats the request to stop until the call has ended: libguestfs forgets one that comes before a transfer begins, and a
/// launch starts one program after another.
/// </summary>
internal sealed class CallStopper(GuestfsHandle handle, Stop stop) : IDisposable
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
    internal void Request()
    {
        lock (gate)
        {
            if (timer is null && !ended)
            {
                requested = Environment.TickCount64;
                timer = new Timer(static stopper => ((CallStopper)stopper!).Tick(), this, TimeSpan.Zero, Period);
            }
        }
    }

    /// <summary>The call has returned: nothing is done from here on.</summary>
    /// <returns>Whether its appliance was ended, so that the handle is of no use any more.</returns>
    internal bool CallEnded()
    {
        lock (gate)
        {
            running = false;
            ended = true;
            return applianceEnded;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => timer?.Dispose();

    private void Tick()
    {
        lock (gate)
        {
            if (!running)
            {
                return;
            }

            switch (stop)
            {
                case Stop.EndLaunch:
                    _ = launched!.Kill();
                    applianceEnded = true;
                    break;
                case Stop.UserCancel when handle.CancellationTimeout is var limit && (limit == Timeout.InfiniteTimeSpan || Environment.TickCount64 - requested < limit.TotalMilliseconds):
                    handle.RequestCancel();
                    break;
                default:
                    applianceEnded |= handle.EndAppliance();
                    break;
            }
        }
    }
}
