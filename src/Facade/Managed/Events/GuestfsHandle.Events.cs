// The ten events of libguestfs as .NET events.
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using Guestfs.Interop;

namespace Guestfs;

// A callback is registered with C while an event has subscribers: libguestfs prints what nobody subscribed to.
// Handlers run inside the call that raised the event, on its thread. What they throw is thrown by that call.
public sealed unsafe partial class GuestfsHandle
{
    private readonly Lock eventGate = new();
    private readonly Dictionary<ulong, Subscription> subscriptions = [];

    /// <summary>The handle is about to close. It can no longer be called.</summary>
    /// <remarks>guestfs(3): <c>GUESTFS_EVENT_CLOSE</c>.</remarks>
    public event EventHandler Closed { add => Subscribe(LibGuestfs.GUESTFS_EVENT_CLOSE, value); remove => Unsubscribe(LibGuestfs.GUESTFS_EVENT_CLOSE, value); }

    /// <summary>The appliance died; raised by the call that notices. <see cref="Shutdown"/> and <see cref="KillSubprocess"/> do not raise it.</summary>
    /// <remarks>guestfs(3): <c>GUESTFS_EVENT_SUBPROCESS_QUIT</c>.</remarks>
    public event EventHandler ApplianceExited { add => Subscribe(LibGuestfs.GUESTFS_EVENT_SUBPROCESS_QUIT, value); remove => Unsubscribe(LibGuestfs.GUESTFS_EVENT_SUBPROCESS_QUIT, value); }

    /// <summary>The appliance is ready for calls.</summary>
    /// <remarks>guestfs(3): <c>GUESTFS_EVENT_LAUNCH_DONE</c>.</remarks>
    public event EventHandler Launched { add => Subscribe(LibGuestfs.GUESTFS_EVENT_LAUNCH_DONE, value); remove => Unsubscribe(LibGuestfs.GUESTFS_EVENT_LAUNCH_DONE, value); }

    /// <summary>A long operation has come further. Sent at most a few times a second, and not at all for quick operations.</summary>
    /// <remarks>guestfs(3): <c>GUESTFS_EVENT_PROGRESS</c>.</remarks>
    [SuppressMessage("Design", "CA1003:Use generic event handler instances", Justification = "The same type goes to IProgress<T>; a class would be garbage a few times a second.")]
    public event EventHandler<GuestfsProgress> ProgressChanged { add => Subscribe(LibGuestfs.GUESTFS_EVENT_PROGRESS, value); remove => Unsubscribe(LibGuestfs.GUESTFS_EVENT_PROGRESS, value); }

    /// <summary>The appliance's console: kernel and daemon messages, in pieces as they arrive. Little of it unless verbose.</summary>
    /// <remarks>guestfs(3): <c>GUESTFS_EVENT_APPLIANCE</c>.</remarks>
    public event EventHandler<GuestfsMessageEventArgs> ConsoleOutputReceived { add => Subscribe(LibGuestfs.GUESTFS_EVENT_APPLIANCE, value); remove => Unsubscribe(LibGuestfs.GUESTFS_EVENT_APPLIANCE, value); }

    /// <summary>Debug messages of the library; only when verbose (<see cref="SetVerbose"/>).</summary>
    /// <remarks>guestfs(3): <c>GUESTFS_EVENT_LIBRARY</c>.</remarks>
    public event EventHandler<GuestfsMessageEventArgs> LibraryMessageReceived { add => Subscribe(LibGuestfs.GUESTFS_EVENT_LIBRARY, value); remove => Unsubscribe(LibGuestfs.GUESTFS_EVENT_LIBRARY, value); }

    /// <summary>Every call and its result; only when tracing (<see cref="SetTrace"/>).</summary>
    /// <remarks>guestfs(3): <c>GUESTFS_EVENT_TRACE</c>.</remarks>
    public event EventHandler<GuestfsMessageEventArgs> TraceMessageReceived { add => Subscribe(LibGuestfs.GUESTFS_EVENT_TRACE, value); remove => Unsubscribe(LibGuestfs.GUESTFS_EVENT_TRACE, value); }

    /// <summary>A function is entered; the text is its C name.</summary>
    /// <remarks>guestfs(3): <c>GUESTFS_EVENT_ENTER</c>.</remarks>
    public event EventHandler<GuestfsMessageEventArgs> FunctionEntered { add => Subscribe(LibGuestfs.GUESTFS_EVENT_ENTER, value); remove => Unsubscribe(LibGuestfs.GUESTFS_EVENT_ENTER, value); }

    /// <summary>libvirt wants credentials; the text is the URI. Answer with <see cref="SetLibvirtRequestedCredential"/>.</summary>
    /// <remarks>guestfs(3): <c>GUESTFS_EVENT_LIBVIRT_AUTH</c>.</remarks>
    public event EventHandler<GuestfsMessageEventArgs> CredentialsRequested { add => Subscribe(LibGuestfs.GUESTFS_EVENT_LIBVIRT_AUTH, value); remove => Unsubscribe(LibGuestfs.GUESTFS_EVENT_LIBVIRT_AUTH, value); }

    /// <summary>Something went wrong that did not make a call fail.</summary>
    /// <remarks>guestfs(3): <c>GUESTFS_EVENT_WARNING</c>.</remarks>
    public event EventHandler<GuestfsMessageEventArgs> WarningReceived { add => Subscribe(LibGuestfs.GUESTFS_EVENT_WARNING, value); remove => Unsubscribe(LibGuestfs.GUESTFS_EVENT_WARNING, value); }

    // No lock of ours is held while C is called: a handler runs under libguestfs' own lock and may come here too.
    private void Subscribe(ulong kind, Delegate? handler)
    {
        if (handler is null)
        {
            return;
        }

        using Call call = new(this);
        bool first;
        lock (eventGate)
        {
            ref Subscription? subscription = ref CollectionsMarshal.GetValueRefOrAddDefault(subscriptions, kind, out _);
            subscription ??= new Subscription();
            first = subscription.Handlers is null;
            subscription.Handlers = Delegate.Combine(subscription.Handlers, handler);
        }

        if (first)
        {
            Register(call, kind, handler);
        }
    }

    private void Register(Call call, ulong kind, Delegate handler)
    {
        nint target;
        lock (eventGate)
        {
            target = safeHandle.EventTarget(this);
        }

        int id = LibGuestfs.guestfs_set_event_callback(call.Handle, &OnEvent, kind, 0, (void*)target);
        Exception? failure = id == -1 ? call.Failure("set_event_callback") : null;
        lock (eventGate)
        {
            Subscription subscription = subscriptions[kind];
            if (failure is not null)
            {
                subscription.Handlers = Delegate.Remove(subscription.Handlers, handler);
            }
            else if (subscription.Handlers is not null && subscription.Id == Subscription.None)
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

    private void Unsubscribe(ulong kind, Delegate? handler)
    {
        // Nothing is raised after closing.
        if (handler is null || IsDisposed)
        {
            return;
        }

        using Call call = new(this);
        int id = Subscription.None;
        lock (eventGate)
        {
            if (subscriptions.TryGetValue(kind, out Subscription? subscription))
            {
                subscription.Handlers = Delegate.Remove(subscription.Handlers, handler);
                if (subscription.Handlers is null)
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
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "No exception may pass through C; it is thrown again when the call is over.")]
    private static void OnEvent(guestfs_h* handle, void* opaque, ulong kind, int id, int flags, byte* text, nuint textLength, ulong* numbers, nuint numberCount)
    {
        // No target: the handle was not disposed, and the garbage collector is closing it.
        if (GCHandle.FromIntPtr((nint)opaque).Target is not GuestfsHandle target)
        {
            return;
        }

        try
        {
            target.Raise(kind, new ReadOnlySpan<byte>(text, (int)textLength), new ReadOnlySpan<ulong>(numbers, (int)numberCount));
        }
        catch (Exception e)
        {
            target.KeepForCaller(e);
        }
    }

    private void Raise(ulong kind, ReadOnlySpan<byte> text, ReadOnlySpan<ulong> numbers)
    {
        Delegate? handlers;
        lock (eventGate)
        {
            handlers = subscriptions.GetValueOrDefault(kind)?.Handlers;
        }

        switch (handlers)
        {
            case EventHandler handler:
                handler(this, EventArgs.Empty);
                break;
            case EventHandler<GuestfsMessageEventArgs> handler:
                handler(this, new GuestfsMessageEventArgs(text));
                break;
            case EventHandler<GuestfsProgress> handler when numbers.Length >= 4:
                handler(this, new GuestfsProgress(numbers[0], numbers[1], numbers[2], numbers[3]));
                break;
        }
    }

    // The handlers of one event, and the C callback that is there while there are any.
    private sealed class Subscription
    {
        internal const int None = -1;

        internal Delegate? Handlers { get; set; }

        internal int Id { get; set; } = None;
    }
}
