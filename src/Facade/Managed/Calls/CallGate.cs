// docs/design/call-gate.md says why it is made like this: the thread that made the handle counts its calls with plain writes,
// every other one with interlocked ones, and closing pays for the ordering.
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>Keeps a C handle open while calls run, at almost no cost to the thread that made it,
/// and closes it when the last one is done.</summary>
internal sealed unsafe class CallGate
{
    private const int Closing = 1;
    private const int HandlerThrew = 2;
    private const int Traced = 4;

    private readonly guestfs_h* pointer;
    private readonly object ownerThread = ThreadToken.Current;
    private int ownerCalls;
    private int otherCalls;
    private int attention;

    private readonly GuestfsSafeHandle safeHandle;
    private readonly Action onClosed;
    private readonly Lock closeGate = new();
    private bool closed;
    private volatile bool closedByCancellation;

    private readonly Lock thrownGate = new();
    private Dictionary<object, ExceptionDispatchInfo>? thrown;

    /// <summary>Opens the gate to a C handle. The thread that does so is the one whose calls are quickest.</summary>
    /// <param name="safeHandle">The owner of the C handle, which the gate disposes.</param>
    /// <param name="onClosed">Called once, after the C handle was closed.</param>
    internal CallGate(GuestfsSafeHandle safeHandle, Action onClosed)
    {
        this.safeHandle = safeHandle;
        this.onClosed = onClosed;
        pointer = (guestfs_h*)safeHandle.DangerousGetHandle();
        Silence();
    }

    /// <summary>The C handle, for use between <see cref="Enter"/> and <see cref="Leave"/>.</summary>
    internal guestfs_h* Pointer => pointer;

    internal bool IsClosing => (Volatile.Read(ref attention) & Closing) != 0;

    /// <summary>Whether calls have spans, or are measured.</summary>
    // The hot path of a call knows nothing of it: a traced handle takes the way of those that need attention.
    internal bool IsTraced => (GuestfsTelemetry.IsSupported || GuestfsMetrics.IsSupported) && (Volatile.Read(ref attention) & Traced) != 0;

    /// <summary>Begins a call: the handle stays open until <see cref="Leave"/>.</summary>
    /// <param name="owner">Whether this is the thread that made the handle: for <see cref="Leave"/>, which need not ask again.</param>
    /// <exception cref="ObjectDisposedException">The handle is closed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal guestfs_h* Enter(out bool owner)
    {
        owner = ThreadToken.IsCurrent(ownerThread);
        if (owner)
        {
            Volatile.Write(ref ownerCalls, ownerCalls + 1);
            if (Volatile.Read(ref attention) == 0)
            {
                return pointer;
            }
        }
        else
        {
            EnterFromOtherThread();
        }

        return EnterWithAttention();
    }

    /// <summary>Begins a call if this is the thread that made the handle, and nothing needs attention. Does not throw.</summary>
    /// <returns>The C handle; null where it takes <see cref="Enter"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal guestfs_h* TryEnter()
    {
        if (!ThreadToken.IsCurrent(ownerThread))
        {
            return null;
        }

        Volatile.Write(ref ownerCalls, ownerCalls + 1);
        if (Volatile.Read(ref attention) == 0)
        {
            return pointer;
        }

        Volatile.Write(ref ownerCalls, ownerCalls - 1);
        return null;
    }

    /// <summary>Ends a call.</summary>
    /// <param name="owner">What <see cref="Enter"/> told.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Leave(bool owner)
    {
        if (!CountOut(owner))
        {
            LeaveWithAttention();
        }
    }

    /// <summary>Ends a call unless something needs attention; then <see cref="LeaveWithAttention"/> must follow.</summary>
    /// <returns>Whether nothing does.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool CountOut(bool owner)
    {
        if (owner)
        {
            Volatile.Write(ref ownerCalls, ownerCalls - 1);
        }
        else
        {
            Interlocked.Decrement(ref otherCalls);
        }

        return Volatile.Read(ref attention) == 0;
    }

    /// <summary>The rest of the end of a call: closes the handle if that was asked for, throws what an event handler threw.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void LeaveWithAttention()
    {
        if (IsTraced)
        {
            CallSpan.End();
        }

        if (IsClosing)
        {
            CloseWhenIdle();
        }

        RethrowFromHandler();
    }

    /// <summary>No call begins any more.</summary>
    /// <returns>Whether this was the first request to close: its caller goes on with <see cref="CloseWhenIdle"/>.</returns>
    internal bool BeginClosing(bool byCancellation)
    {
        closedByCancellation |= byCancellation;
        return (Interlocked.Or(ref attention, Closing) & Closing) == 0;
    }

    /// <summary>Closes the handle if no call runs; else the last of them does.</summary>
    // Either this thread sees that calls are running, and the last of them comes here too, or they see that we are closing.
    internal void CloseWhenIdle()
    {
        // The owner sees its own writes, and all others count with full fences.
        if (!ThreadToken.IsCurrent(ownerThread))
        {
            Interlocked.MemoryBarrierProcessWide();
        }

        if (Volatile.Read(ref ownerCalls) == 0 && Volatile.Read(ref otherCalls) == 0 && FirstToClose())
        {
            using System.Diagnostics.Activity? span = IsTraced ? CallSpan.Start("close") : null;
            safeHandle.Dispose();
            onClosed();
            RethrowFromHandler();
        }
    }

    /// <summary>What a call on a closed handle throws.</summary>
    internal ObjectDisposedException ClosedException() => new(
        nameof(GuestfsHandle),
        "The libguestfs handle is "
        + $"closed{(closedByCancellation ? ": a call was cancelled, and ending its appliance was the only way to stop it" : "")}. "
        + "Create a new handle.");

    /// <summary>Does something that stops a call, from any thread, without waiting for that call;
    /// not once the handle has begun to close.</summary>
    /// <returns>Whether it was done.</returns>
    // Not as a call: that would wait for the one to be stopped, and might leave the closing of the handle to this thread.
    internal bool WhileOpen<T>(T argument, Func<T, bool> action)
    {
        lock (closeGate)
        {
            return !closed && action(argument);
        }
    }

    /// <summary>Asks the transfer that runs to stop: guestfs_user_cancel(3).</summary>
    /// <returns>Whether the handle is still open; one that closes has nothing to stop.</returns>
    internal bool RequestCancel() => WhileOpen(this, static gate =>
    {
        _ = LibGuestfs.guestfs_user_cancel(gate.pointer);
        return true;
    });

    /// <summary>From now on calls have spans, and are measured.</summary>
    internal void Trace() => Interlocked.Or(ref attention, Traced);

    /// <summary>Notes in the span of the call that it has failed.</summary>
    internal void TraceFailure(Exception exception)
    {
        if (IsTraced)
        {
            CallSpan.Fail(exception);
        }
    }

    /// <summary>Keeps what an event handler threw, which must not pass through C, until the call that raised the event is over.</summary>
    internal void KeepForCaller(Exception exception)
    {
        TraceFailure(exception);
        lock (thrownGate)
        {
            (thrown ??= []).TryAdd(ThreadToken.Current, ExceptionDispatchInfo.Capture(exception));
            Interlocked.Or(ref attention, HandlerThrew);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EnterFromOtherThread()
    {
        Interlocked.Increment(ref otherCalls);
        if (IsTraced)
        {
            CallSpan.Begin(this);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private guestfs_h* EnterWithAttention()
    {
        // In other threads it has begun already.
        if (IsTraced && ThreadToken.IsCurrent(ownerThread))
        {
            CallSpan.Begin(this);
        }

        if (IsClosing)
        {
            Leave(ThreadToken.IsCurrent(ownerThread));
            throw ClosedException();
        }

        if (!ThreadToken.IsCurrent(ownerThread))
        {
            SilenceOtherThread();
        }

        return pointer;
    }

    // From here on nothing that stops calls reaches the C handle.
    private bool FirstToClose()
    {
        lock (closeGate)
        {
            return !closed && (closed = true);
        }
    }

    private void RethrowFromHandler()
    {
        ExceptionDispatchInfo? exception;
        lock (thrownGate)
        {
            if (thrown is null || !thrown.Remove(ThreadToken.Current, out exception))
            {
                return;
            }

            if (thrown.Count == 0)
            {
                Interlocked.And(ref attention, ~HandlerThrew);
            }
        }

        exception.Throw();
    }

    // libguestfs prints errors on standard error unless told otherwise, and must be told so in every thread.
    private void Silence() => LibGuestfs.guestfs_set_error_handler(pointer, null, null);

    private void SilenceOtherThread()
    {
        if (!ReferenceEquals(ThreadToken.LastSilenced, this))
        {
            Silence();
            ThreadToken.LastSilenced = this;
        }
    }
}
