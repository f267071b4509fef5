using System.Diagnostics.CodeAnalysis;

using Guestfs.Interop;

namespace Guestfs.Exports;

/// <summary>A call that gfs_cancel can stop, from its beginning to its end on one thread.</summary>
internal sealed class RunningCall : IDisposable
{
    private readonly HandleEntry entry;
    private readonly CancellableCall cancellable;
    private readonly CancellationTokenSource? source;
    private bool isOwner;
    private volatile bool cancelled;

    private RunningCall(HandleEntry entry, CancelMethod method, CancellationTokenSource? source)
    {
        this.entry = entry;
        this.source = source;
        cancellable = new CancellableCall(entry.Handle, method);
        cancellable.Begin();
        entry.Begin(this);
    }

    /// <summary>Cancelled with the call, if it is made by <see cref="Run"/>.</summary>
    internal CancellationToken Token => source?.Token ?? default;

    /// <summary>Begins a call; the handle stays open until <see cref="Leave"/>. Does not throw.</summary>
    /// <returns>The call, or null: <see cref="LastError.Status"/> says why.</returns>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "None may reach C.")]
    internal static unsafe RunningCall? Enter(nint value, string operation, CancelMethod method, out guestfs_h* handle)
    {
        if (HandleTable.Enter(value, operation, out handle, out bool owner) is not { } entry)
        {
            return null;
        }

        try
        {
            return new RunningCall(entry, method, null) { isOwner = owner };
        }
        catch (Exception e)
        {
            entry.Leave(owner, false, operation, CallState.Any, null);
            CallError.FromException(operation, e);
            return null;
        }
    }

    /// <summary>After a mount: whether it can be written to, if that was wanted. Does not throw.</summary>
    internal unsafe gfs_status CheckWritable(string operation, byte* mountable, byte* mountpoint, byte* options = null) =>
        ArgumentCheck.Run(
            operation,
            () => WritableMount.Check(
                entry.Handle, operation, NativeString.Read(mountable), NativeString.Read(mountpoint),
                NativeString.ReadOptional(options) ?? ""));

    /// <summary>Before a flush: see <see cref="LaunchSession.AwaitDelayedFaults"/>. Does not throw.</summary>
    internal void AwaitDelayedFaults() => entry.Handle.Session.AwaitDelayedFaults();

    /// <summary>After a flush: whether what was written is on the disks. Does not throw.</summary>
    internal gfs_status CheckWritten(string operation) =>
        ArgumentCheck.Run(operation, () => entry.Handle.Session.CheckWritten(operation));

    /// <summary>Warns of attributes that copies lose. Do not throw; a copy does not fail for it.</summary>
    internal unsafe void WarnBeforeCopyIn(byte* localpath, byte* remotedir) =>
        ArgumentCheck.Run(
            "copy_in", () => LostAttributes.BeforeCopyIn(entry.Handle, NativeString.Read(localpath), NativeString.Read(remotedir)));

    /// <inheritdoc cref="WarnBeforeCopyIn"/>
    internal unsafe void WarnAfterCopyOut(byte* remotepath) =>
        ArgumentCheck.Run("copy_out", () => LostAttributes.AfterCopyOut(entry.Handle, NativeString.Read(remotepath)));

    /// <summary>Ends a call that <see cref="Enter"/> began. Does not throw.</summary>
    /// <inheritdoc cref="HandleEntry.Leave"/>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "None may reach C.")]
    internal gfs_status Leave(bool failed, string operation, CallState state, string? feature)
    {
        gfs_status status = gfs_status.GFS_OK;
        try
        {
            if (failed)
            {
                status = Fail(operation, entry.Failure(operation, state, feature));
            }

            // While the handle is open: then another call may begin, or it may close.
            Dispose();
        }
        catch (Exception e)
        {
            status = CallError.FromException(operation, e);
        }

        gfs_status left = entry.Leave(isOwner, false, operation, state, feature);
        return status == gfs_status.GFS_OK ? left : status;
    }

    /// <summary>Makes a call of several parts, some of which look at <see cref="Token"/>.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It becomes a status.")]
    internal static gfs_status Run(string operation, HandleEntry entry, CancelMethod method, Func<RunningCall, gfs_status> parts)
    {
        using RunningCall running = new(entry, method, new CancellationTokenSource());
        try
        {
            return parts(running);
        }
        catch (Exception e)
        {
            return running.Fail(operation, e);
        }
    }

    /// <summary>Asks it to stop. Does not wait.</summary>
    internal void Cancel()
    {
        cancelled = true;
        source?.Cancel();
        cancellable.Cancel();
    }

    // The status of the call, which has failed.
    private gfs_status Fail(string operation, Exception failure) => CallError.FromException(
        operation,
        cancelled && CancellableCall.IsCancellation(failure)
            ? new OperationCanceledException($"{operation}: cancelled. ({failure.Message})", failure)
            : failure);

    public void Dispose()
    {
        entry.End(this);
        source?.Dispose();
        _ = cancellable.EndAndClose();
    }
}
