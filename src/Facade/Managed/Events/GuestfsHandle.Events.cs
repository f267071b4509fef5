// The ten events of libguestfs as .NET events.
using System.Diagnostics.CodeAnalysis;

using Guestfs.Interop;

namespace Guestfs;

public sealed partial class GuestfsHandle
{
    /// <summary>The handle is about to close. It can no longer be called.</summary>
    /// <remarks>guestfs(3): <c>GUESTFS_EVENT_CLOSE</c>.</remarks>
    public event EventHandler Closed
    {
        add => Events.Subscribe(LibGuestfs.GUESTFS_EVENT_CLOSE, value);
        remove => Events.Unsubscribe(LibGuestfs.GUESTFS_EVENT_CLOSE, value);
    }

    /// <summary>The appliance died; raised by the call that notices.
    /// <see cref="Shutdown"/> and <see cref="KillSubprocess"/> do not raise it.</summary>
    /// <remarks>guestfs(3): <c>GUESTFS_EVENT_SUBPROCESS_QUIT</c>.</remarks>
    public event EventHandler ApplianceExited
    {
        add => Events.Subscribe(LibGuestfs.GUESTFS_EVENT_SUBPROCESS_QUIT, value);
        remove => Events.Unsubscribe(LibGuestfs.GUESTFS_EVENT_SUBPROCESS_QUIT, value);
    }

    /// <summary>The appliance is ready for calls.</summary>
    /// <remarks>guestfs(3): <c>GUESTFS_EVENT_LAUNCH_DONE</c>.</remarks>
    public event EventHandler Launched
    {
        add => Events.Subscribe(LibGuestfs.GUESTFS_EVENT_LAUNCH_DONE, value);
        remove => Events.Unsubscribe(LibGuestfs.GUESTFS_EVENT_LAUNCH_DONE, value);
    }

    /// <summary>A long operation has come further. Sent at most a few times a second, and not at all for quick operations.</summary>
    /// <remarks>guestfs(3): <c>GUESTFS_EVENT_PROGRESS</c>.</remarks>
    [SuppressMessage(
        "Design",
        "CA1003:Use generic event handler instances",
        Justification = "The same type goes to IProgress<T>; a class would be garbage a few times a second.")]
    public event EventHandler<GuestfsProgress> ProgressChanged
    {
        add => Events.Subscribe(LibGuestfs.GUESTFS_EVENT_PROGRESS, value);
        remove => Events.Unsubscribe(LibGuestfs.GUESTFS_EVENT_PROGRESS, value);
    }

    /// <summary>The appliance's console: kernel and daemon messages, in pieces as they arrive. Little of it unless verbose.</summary>
    /// <remarks>guestfs(3): <c>GUESTFS_EVENT_APPLIANCE</c>.</remarks>
    public event EventHandler<GuestfsMessageEventArgs> ConsoleOutputReceived
    {
        add => Events.Subscribe(LibGuestfs.GUESTFS_EVENT_APPLIANCE, value);
        remove => Events.Unsubscribe(LibGuestfs.GUESTFS_EVENT_APPLIANCE, value);
    }

    /// <summary>Debug messages of the library; only when verbose (<see cref="SetVerbose"/>).</summary>
    /// <remarks>guestfs(3): <c>GUESTFS_EVENT_LIBRARY</c>.</remarks>
    public event EventHandler<GuestfsMessageEventArgs> LibraryMessageReceived
    {
        add => Events.Subscribe(LibGuestfs.GUESTFS_EVENT_LIBRARY, value);
        remove => Events.Unsubscribe(LibGuestfs.GUESTFS_EVENT_LIBRARY, value);
    }

    /// <summary>Every call and its result; only when tracing (<see cref="SetTrace"/>).</summary>
    /// <remarks>guestfs(3): <c>GUESTFS_EVENT_TRACE</c>.</remarks>
    public event EventHandler<GuestfsMessageEventArgs> TraceMessageReceived
    {
        add => Events.Subscribe(LibGuestfs.GUESTFS_EVENT_TRACE, value);
        remove => Events.Unsubscribe(LibGuestfs.GUESTFS_EVENT_TRACE, value);
    }

    /// <summary>A function is entered; the text is its C name.</summary>
    /// <remarks>guestfs(3): <c>GUESTFS_EVENT_ENTER</c>.</remarks>
    public event EventHandler<GuestfsMessageEventArgs> FunctionEntered
    {
        add => Events.Subscribe(LibGuestfs.GUESTFS_EVENT_ENTER, value);
        remove => Events.Unsubscribe(LibGuestfs.GUESTFS_EVENT_ENTER, value);
    }

    /// <summary>libvirt wants credentials; the text is the URI. Answer with <see cref="SetLibvirtRequestedCredential"/>.</summary>
    /// <remarks>guestfs(3): <c>GUESTFS_EVENT_LIBVIRT_AUTH</c>.</remarks>
    public event EventHandler<GuestfsMessageEventArgs> CredentialsRequested
    {
        add => Events.Subscribe(LibGuestfs.GUESTFS_EVENT_LIBVIRT_AUTH, value);
        remove => Events.Unsubscribe(LibGuestfs.GUESTFS_EVENT_LIBVIRT_AUTH, value);
    }

    /// <summary>Something went wrong that did not make a call fail.</summary>
    /// <remarks>guestfs(3): <c>GUESTFS_EVENT_WARNING</c>.</remarks>
    public event EventHandler<GuestfsMessageEventArgs> WarningReceived
    {
        add => Events.Subscribe(LibGuestfs.GUESTFS_EVENT_WARNING, value);
        remove => Events.Unsubscribe(LibGuestfs.GUESTFS_EVENT_WARNING, value);
    }
}
