// What a handle of the C ABI is: the managed handle, and what C callers have asked of it.
namespace Guestfs.Exports;

/// <summary>One handle.</summary>
internal sealed class HandleEntry(GuestfsHandle handle, nint value)
{
    private readonly Lock gate = new();
    private readonly List<RunningCall> running = [];

    internal GuestfsHandle Handle { get; } = handle;

    /// <summary>The value that callers have.</summary>
    internal nint Value { get; } = value;

    internal EventCallbacks Events { get; } = new(handle, value);

    /// <summary>What gfs_inspect found last.</summary>
    internal IReadOnlyList<GuestOperatingSystem> Systems { get; set; } = [];

    internal void Begin(RunningCall call)
    {
        lock (gate)
        {
            running.Add(call);
        }
    }

    internal void End(RunningCall call)
    {
        lock (gate)
        {
            running.Remove(call);
        }
    }

    /// <summary>Asks the calls that run to stop.</summary>
    internal void Cancel()
    {
        RunningCall[] calls;
        lock (gate)
        {
            calls = [.. running];
        }

        foreach (RunningCall call in calls)
        {
            call.Cancel();
        }
    }
}
