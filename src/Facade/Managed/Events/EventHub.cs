using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>An event as libguestfs raises it.</summary>
/// <param name="kind">Its bit: <c>GUESTFS_EVENT_*</c>.</param>
/// <param name="text">Its text; empty for an event without one.</param>
/// <param name="numbers">Its numbers; none for an event without them.</param>
internal delegate void RawEventHandler(ulong kind, ReadOnlySpan<byte> text, ReadOnlySpan<ulong> numbers);

/// <summary>
/// A callback is registered with C while an event has subscribers: libguestfs prints what nobody subscribed to. Handlers run inside
/// the call that raised the event, on its thread. What they throw is thrown by that call.
/// </summary>
/// <param name="handle">The handle that the events are of.</param>
internal sealed unsafe class EventHub(GuestfsHandle handle)
{
    private readonly Lock gate = new();
    private readonly Dictionary<ulong, Subscription> subscriptions = [];

    // No lock of ours is held while C is called: a handler runs under libguestfs' own lock and may come here too.
    internal void Subscribe(ulong kind, Delegate? handler)
    {
        if (handler is null)
        {
            return;
        }

        using Call call = new(handle);
        bool first;
        lock (gate)
        {
            ref Subscription? subscription = ref CollectionsMarshal.GetValueRefOrAddDefault(subscriptions, kind, out _);
            subscription ??= new Subscription();
            first = subscription.IsEmpty;
            subscription.Add(handler);
        }

        if (first)
        {
            Register(call, kind, handler);
        }
    }

    private void Register(Call call, ulong kind, Delegate handler)
    {
        nint target;
        lock (gate)
        {
            target = handle.NativeHandle.EventTarget(handle);
        }

        int id = LibGuestfs.guestfs_set_event_callback(call.Handle, &OnEvent, kind, 0, (void*)target);
        Exception? failure = id == -1 ? call.Failure("set_event_callback") : null;
        lock (gate)
        {
            Subscription subscription = subscriptions[kind];
            if (failure is not null)
            {
                subscription.Remove(handler);
            }
            else if (!subscription.IsEmpty && subscription.Id == Subscription.None)
            {
                subscription.Id = id;
                return;
            }
        }

        if (failure is not null)
        {
            throw failure;
        }

        // Another thread was quicker, or has unsubscribed meanwhile.
        LibGuestfs.guestfs_delete_event_callback(call.Handle, id);
    }

    internal void Unsubscribe(ulong kind, Delegate? handler)
    {
        // Nothing is raised after closing.
        if (handler is null || handle.Calls.IsClosing)
        {
            return;
        }

        using Call call = new(handle);
        int id = Subscription.None;
        lock (gate)
        {
            if (subscriptions.TryGetValue(kind, out Subscription? subscription))
            {
                subscription.Remove(handler);
                if (subscription.IsEmpty)
                {
                    (id, subscription.Id) = (subscription.Id, Subscription.None);
                }
            }
        }

        if (id != Subscription.None)
        {
            LibGuestfs.guestfs_delete_event_callback(call.Handle, id);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    [SuppressMessage(
        "Design",
        "CA1031:Do not catch general exception types",
        Justification = "No exception may pass through C; it is thrown again when the call is over.")]
    private static void OnEvent(
        guestfs_h* g, void* opaque, ulong kind, int id, int flags, byte* text, nuint textLength, ulong* numbers, nuint numberCount)
    {
        // No target: the handle was not disposed, and the garbage collector is closing it.
        if (GCHandle.FromIntPtr((nint)opaque).Target is not GuestfsHandle target)
        {
            return;
        }

        try
        {
            target.Events.Raise(kind, new ReadOnlySpan<byte>(text, (int)textLength), new ReadOnlySpan<ulong>(numbers, (int)numberCount));
        }
        catch (Exception e)
        {
            target.Calls.KeepForCaller(e);
        }
    }

    internal void Raise(ulong kind, ReadOnlySpan<byte> text, ReadOnlySpan<ulong> numbers)
    {
        if (kind == LibGuestfs.GUESTFS_EVENT_SUBPROCESS_QUIT && handle.Session.HoldEnd())
        {
            return;
        }

        Delegate? handlers = null;
        RawEventHandler? raw = null;
        lock (gate)
        {
            if (subscriptions.TryGetValue(kind, out Subscription? subscription))
            {
                (handlers, raw) = (subscription.Handlers, subscription.Raw);
            }
        }

        switch (handlers)
        {
            case EventHandler handler:
                handler(handle, EventArgs.Empty);
                break;
            case EventHandler<GuestfsMessageEventArgs> handler:
                handler(handle, new GuestfsMessageEventArgs(text));
                break;
            case EventHandler<GuestfsProgress> handler when numbers.Length >= 4:
                handler(handle, new GuestfsProgress(numbers[0], numbers[1], numbers[2], numbers[3]));
                break;
        }

        raw?.Invoke(kind, text, numbers);
    }

    /// <summary>A message for those who want to know how things go: libguestfs' own debug messages go the same way.</summary>
    internal void Note(string message)
    {
        if (!RaiseOwn(LibGuestfs.GUESTFS_EVENT_LIBRARY, message) && handle.GetVerbose())
        {
            StandardError.WriteLine("libguestfs: " + message);
        }
    }

    /// <summary>Something that is wrong, although no call has failed: to whoever listens to warnings, else to standard error.</summary>
    internal void Warn(string message)
    {
        if (!RaiseOwn(LibGuestfs.GUESTFS_EVENT_WARNING, message))
        {
            StandardError.WriteLine("libguestfs: warning: " + message);
        }
    }

    private bool RaiseOwn(ulong kind, string message)
    {
        bool heard = IsHeard(kind);
        if (heard)
        {
            Raise(kind, Encoding.UTF8.GetBytes(PrintableText.Of(message)), []);
        }

        return heard;
    }

    /// <summary>Whether anybody listens to an event.</summary>
    internal bool IsHeard(ulong kind)
    {
        lock (gate)
        {
            return subscriptions.TryGetValue(kind, out Subscription? subscription) && !subscription.IsEmpty;
        }
    }

    /// <summary>Whether more than one handler listens to an event.</summary>
    internal bool HasSeveral(ulong kind)
    {
        lock (gate)
        {
            return subscriptions.TryGetValue(kind, out Subscription? subscription)
                && (subscription.Handlers?.GetInvocationList().Length ?? 0) + (subscription.Raw?.GetInvocationList().Length ?? 0) > 1;
        }
    }

    // The handlers of one event, and the C callback that is there while there are any.
    private sealed class Subscription
    {
        internal const int None = -1;

        /// <summary>Those of .NET's type of the event.</summary>
        internal Delegate? Handlers { get; private set; }

        /// <summary>Those that take the event as it is.</summary>
        internal RawEventHandler? Raw { get; private set; }

        internal bool IsEmpty => Handlers is null && Raw is null;

        internal int Id { get; set; } = None;

        internal void Add(Delegate handler)
        {
            if (handler is RawEventHandler raw)
            {
                Raw += raw;
            }
            else
            {
                Handlers = Delegate.Combine(Handlers, handler);
            }
        }

        internal void Remove(Delegate handler)
        {
            if (handler is RawEventHandler raw)
            {
                Raw -= raw;
            }
            else
            {
                Handlers = Delegate.Remove(Handlers, handler);
            }
        }
    }
}
