using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Guestfs.Exports;

/// <summary>A handle of the C ABI: the managed handle, and what C callers have asked of it.</summary>
internal sealed class HandleEntry(GuestfsHandle handle, nint value)
{
    private readonly Lock gate = new();
    private readonly List<RunningCall> running = [];

    internal GuestfsHandle Handle { get; } = handle;

    /// <summary>Keeps the C handle open while calls run.</summary>
    internal CallGate Calls { get; } = handle.Calls;

    /// <summary>The value that callers have.</summary>
    internal nint Value { get; } = value;

    internal EventCallbacks Events { get; } = new(handle, value);

    /// <summary>What gfs_inspect found last.</summary>
    internal IReadOnlyList<GuestOperatingSystem> Systems { get; set; } = [];

    /// <summary>What it could not look into.</summary>
    internal IReadOnlyList<GuestfsException> Problems { get; set; } = [];

    /// <summary>What gfs_guest_os_mount did with each line the last time.</summary>
    internal IReadOnlyList<GuestMountResult> MountResults { get; set; } = [];

    /// <summary>Ends a call that <see cref="HandleTable.Enter"/> began. Does not throw.</summary>
    /// <param name="owner">What <see cref="HandleTable.Enter"/> told.</param>
    /// <param name="failed">Whether the function gave its error value.</param>
    /// <param name="operation">Its name.</param>
    /// <param name="state">The state that it needs.</param>
    /// <param name="feature">The feature group that it belongs to.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal gfs_status Leave(bool owner, bool failed, string operation, CallState state, string? feature)
    {
        if (failed)
        {
            return LeaveFailed(owner, operation, state, feature);
        }

        return Calls.CountOut(owner) ? gfs_status.GFS_OK : LeaveWithAttention(gfs_status.GFS_OK, operation);
    }

    /// <summary>Why the function that has just been called in this thread has failed.</summary>
    internal unsafe GuestfsException Failure(string operation, CallState state, string? feature) =>
        CallFailure.Explain(Handle, Calls.Pointer, operation, state, feature);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private gfs_status LeaveFailed(bool owner, string operation, CallState state, string? feature)
    {
        // Before anything else: the next call overwrites the reason.
        gfs_status status = Explain(operation, state, feature);
        return Calls.CountOut(owner) ? status : LeaveWithAttention(status, operation);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "None may reach C.")]
    private gfs_status Explain(string operation, CallState state, string? feature)
    {
        try
        {
            return CallError.FromException(operation, Failure(operation, state, feature));
        }
        catch (Exception e)
        {
            return CallError.FromException(operation, e);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "None may reach C.")]
    private gfs_status LeaveWithAttention(gfs_status status, string operation)
    {
        try
        {
            Calls.LeaveWithAttention();
            return status;
        }
        catch (Exception e)
        {
            return CallError.FromException(operation, e);
        }
    }

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
