// A busy host is slow, and a launch on it is not hung. So no clock is asked: what counts is the processor time that was used without
// anything having come of it, and time in which nothing even used the processor.
namespace Guestfs;

/// <summary>Looks at a launch every second or so, and ends it when it stands still.</summary>
internal sealed class StallWatch : IDisposable
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2), Period = TimeSpan.FromSeconds(1);

    // A wait that uses less of a processor than this is one. qemu's own timers take a little.
    private const double IdleShare = 0.1;

    private readonly ApplianceWatch appliance;
    private readonly OwnProcesses launched;
    private readonly StallLimits limits;
    private readonly CancellationTokenSource ended = new();
    private readonly Lock gate = new();
    private readonly TimeSpan[] stalled = new TimeSpan[Enum.GetValues<StallKind>().Length];
    private TimeSpan longest;
    private object? progress;
    private TimeSpan processor;
    private Task<MachineState?> asked = Task.FromResult<MachineState?>(null);
    private MachineState? machine;
    private bool isOver;
    private Stall? found;

    /// <summary>Begins.</summary>
    /// <param name="appliance">What watches the appliance.</param>
    /// <param name="launched">The processes of the launch.</param>
    /// <param name="limits">After how much it is ended.</param>
    internal StallWatch(ApplianceWatch appliance, OwnProcesses launched, StallLimits limits)
    {
        this.appliance = appliance;
        this.launched = launched;
        this.limits = limits;
        _ = RunAsync(ended.Token);
    }

    /// <summary>The launch has returned: from now on nothing is ended.</summary>
    /// <returns>What it was ended for; null if it was not.</returns>
    internal Stall? Finish()
    {
        lock (gate)
        {
            isOver = true;
            return found;
        }
    }

    public void Dispose()
    {
        Finish();
        ended.Cancel();
        ended.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(First, cancellationToken).ConfigureAwait(false);
            for (long before = Environment.TickCount64; ; await Task.Delay(Period, cancellationToken).ConfigureAwait(false))
            {
                await AskAsync(cancellationToken).ConfigureAwait(false);
                long now = Environment.TickCount64;
                Look(TimeSpan.FromMilliseconds(now - before));
                before = now;
            }
        }
        catch (OperationCanceledException)
        {
            // The launch is over.
        }
    }

    // A qemu that is stopped does not answer; it is asked again when it has.
    private async Task AskAsync(CancellationToken cancellationToken)
    {
        if (asked.IsCompleted)
        {
            asked = appliance.AskAsync();
        }

        await Task.WhenAny(asked, Task.Delay(Period, cancellationToken)).ConfigureAwait(false);
        if (asked.IsCompletedSuccessfully)
        {
            machine = await asked.ConfigureAwait(false) ?? machine;
        }
    }

    private void Look(TimeSpan elapsed)
    {
        ProcessUsage usage = launched.Usage();
        TimeSpan used = usage.Processor - processor;
        processor = usage.Processor;

        // What qemu itself reads and writes, to answer us for one, says nothing about the machine in it.
        object seen = machine is null
            ? (string.Join(' ', usage.Ids), usage.Transferred, appliance.ConsoleBytes)
            : (machine.Requests, machine.HasDaemon, appliance.ConsoleBytes);
        if (!seen.Equals(progress))
        {
            progress = seen;
            longest = stalled.Append(longest).Max();
            Array.Clear(stalled);
            return;
        }

        // After this program was stopped itself, with all that it had started, everything goes on.
        TimeSpan passed = elapsed < 2 * Period ? elapsed : 2 * Period;
        StallKind kind = usage.IsStopped ? StallKind.Stopped
            : machine is { IsRunning: false } ? StallKind.Paused
            : used < passed * IdleShare ? StallKind.Idle
            : StallKind.Busy;
        TimeSpan sum = stalled[(int)kind] += kind == StallKind.Busy ? used : passed;
        TimeSpan limit = kind switch
        {
            StallKind.Busy => limits.Processor,
            StallKind.Idle => limits.Idle,
            _ => limits.Stopped,
        };
        if (sum >= limit && (kind is StallKind.Stopped or StallKind.Paused || sum >= limits.Patience * longest))
        {
            End(new Stall(Stage(), kind, sum));
        }
    }

    private LaunchStage Stage() => machine switch
    {
        null => LaunchStage.Qemu,
        { HasDaemon: true } => LaunchStage.Daemon,
        { Requests: > 0 } => LaunchStage.Init,
        _ => LaunchStage.Kernel,
    };

    private void End(Stall stall)
    {
        lock (gate)
        {
            if (isOver)
            {
                return;
            }

            // Once more at the next look, if something was started meanwhile.
            found ??= stall;
            launched.Kill();
        }
    }
}
