// Keeps the handle open while calls run, at almost no cost to the thread that made it, and closes it when the last one is done.
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

using Guestfs.Interop;

namespace Guestfs;

// docs/design/call-gate.md says why: the thread that made the handle counts its calls with plain writes, every other one with
// interlocked ones, and Dispose pays for the ordering.
public sealed unsafe partial class GuestfsHandle
{
    private const int Closing = 1;
    private const int HandlerThrew = 2;

    private readonly object ownerThread;
    private readonly Lock thrownGate = new();
    private Dictionary<object, ExceptionDispatchInfo>? thrown;
    private int ownerCalls;
    private int otherCalls;
    private int attention;
    private readonly Lock closeGate = new();
    private bool closed;

    /// <summary>The C handle, for use between <see cref="EnterCall"/> and <see cref="LeaveCall"/>.</summary>
    internal guestfs_h* Pointer => pointer;

    internal bool IsDisposed => (Volatile.Read(ref attention) & Closing) != 0;

    /// <summary>Begins a call: the handle stays open until <see cref="LeaveCall"/>.</summary>
    /// <param name="owner">Whether this is the thread that made the handle: for <see cref="LeaveCall"/>, which need not ask again.</param>
    /// <exception cref="ObjectDisposedException">The handle is closed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal guestfs_h* EnterCall(out bool owner)
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
    /// <returns>The C handle; null where it takes <see cref="EnterCall"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal guestfs_h* TryEnterCall()
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void LeaveCall(bool owner)
    {
        if (!CountOut(owner))
        {
            LeaveWithAttention();
        }
    }

    /// <summary>Ends a call unless something needs attention; then <see cref="LeaveWithAttention"/> must follow.</summary>
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

        if (IsDisposed)
        {
            LeaveCall(ThreadToken.IsCurrent(ownerThread));
            throw ClosedException();
        }

        if (!ThreadToken.IsCurrent(ownerThread))
        {
            SilenceOtherThread();
        }

        return pointer;
    }

    /// <summary>The rest of the end of a call: closes the handle if that was asked for, throws what an event handler threw.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void LeaveWithAttention()
    {
        if (IsTraced)
        {
            CallSpan.End();
        }

        if (IsDisposed)
        {
            CloseWhenIdle();
        }

        RethrowFromHandler();
    }

    // Whether this was the first request to close.
    private bool BeginClosing() => (Interlocked.Or(ref attention, Closing) & Closing) == 0;

    // Either this thread sees that calls are running, and the last of them comes here too, or they see that we are closing.
    private void CloseWhenIdle()
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
            log?.Closed();
            applianceProcess?.Dispose();
            RethrowFromHandler();
        }
    }

    // From here on nothing that stops calls reaches the C handle: see GuestfsHandle.Cancel.cs.
    private bool FirstToClose()
    {
        lock (closeGate)
        {
            return !closed && (closed = true);
        }
    }

    // An exception must not pass through C: it waits here until the call that raised the event is over.
    internal void KeepForCaller(Exception exception)
    {
        TraceFailure(exception);
        lock (thrownGate)
        {
            (thrown ??= []).TryAdd(ThreadToken.Current, ExceptionDispatchInfo.Capture(exception));
            Interlocked.Or(ref attention, HandlerThrew);
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

    // Identifies a thread for as long as it lives; managed thread ids are used again.
    private sealed class ThreadToken
    {
        [ThreadStatic]
        private static ThreadToken? current;

        [ThreadStatic]
        private static WeakReference<GuestfsHandle>? lastSilenced;

        internal static ThreadToken Current => current ??= new ThreadToken();

        /// <summary>The handle in which this thread last turned error printing off.</summary>
        internal static GuestfsHandle? LastSilenced
        {
            get => lastSilenced is { } reference && reference.TryGetTarget(out GuestfsHandle? handle) ? handle : null;
            set => lastSilenced = new WeakReference<GuestfsHandle>(value!);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static bool IsCurrent(object token) => ReferenceEquals(token, current);
    }
}
