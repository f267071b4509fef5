// The C callbacks of one handle.
using System.Globalization;

using Guestfs.Interop;

namespace Guestfs.Exports;

/// <summary>Subscribes C callbacks to the events of the managed handle.</summary>
internal sealed unsafe class EventCallbacks(GuestfsHandle handle, nint value)
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, Action> removals = [];
    private Action? progress;
    private int last;

    /// <summary>Adds a callback for some events.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="ArgumentException">There is no such event.</exception>
    internal int Add(ulong events, delegate* unmanaged[Cdecl]<nint, void*, ulong, int, byte*, nuint, ulong*, nuint, void> callback, void* opaque)
    {
        const ulong all = LibGuestfs.GUESTFS_EVENT_ALL;
        if (events == 0 || (events & ~all) != 0)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"0x{events:x} is not one or more of GFS_EVENT_*."));
        }

        int id;
        lock (gate)
        {
            id = ++last;
        }

        Action? remove = null;
        for (ulong kind = 1; kind <= all; kind <<= 1)
        {
            if ((events & kind) != 0)
            {
                remove += new Listener(handle, value, kind, id, callback, opaque).Subscribe();
            }
        }

        lock (gate)
        {
            removals.Add(id, remove!);
        }

        return id;
    }

    /// <summary>Removes a callback.</summary>
    /// <returns>Whether there was one.</returns>
    internal bool Remove(int id)
    {
        Action? remove;
        lock (gate)
        {
            if (!removals.Remove(id, out remove))
            {
                return false;
            }
        }

        remove();
        return true;
    }

    /// <summary>Sets the one callback for progress; null for none.</summary>
    internal void SetProgress(delegate* unmanaged[Cdecl]<nint, void*, ulong, ulong, void> callback, void* opaque)
    {
        Action? added = null;
        if (callback != null)
        {
            EventHandler<GuestfsProgress> listener = (_, e) => callback(value, opaque, e.Position, e.Total);
            handle.ProgressChanged += listener;
            added = () => handle.ProgressChanged -= listener;
        }

        Action? before;
        lock (gate)
        {
            (before, progress) = (progress, added);
        }

        before?.Invoke();
    }

    private sealed class Listener(
        GuestfsHandle handle, nint value, ulong kind, int id, delegate* unmanaged[Cdecl]<nint, void*, ulong, int, byte*, nuint, ulong*, nuint, void> callback, void* opaque)
    {
        /// <summary>Begins to listen.</summary>
        /// <returns>What ends it.</returns>
        internal Action Subscribe()
        {
            EventHandler plain = OnEvent;
            EventHandler<GuestfsMessageEventArgs> text = OnText;
            EventHandler<GuestfsProgress> numbers = OnProgress;
            switch (kind)
            {
                case LibGuestfs.GUESTFS_EVENT_CLOSE:
                    handle.Closed += plain;
                    return () => handle.Closed -= plain;
                case LibGuestfs.GUESTFS_EVENT_SUBPROCESS_QUIT:
                    handle.ApplianceExited += plain;
                    return () => handle.ApplianceExited -= plain;
                case LibGuestfs.GUESTFS_EVENT_LAUNCH_DONE:
                    handle.Launched += plain;
                    return () => handle.Launched -= plain;
                case LibGuestfs.GUESTFS_EVENT_PROGRESS:
                    handle.ProgressChanged += numbers;
                    return () => handle.ProgressChanged -= numbers;
                case LibGuestfs.GUESTFS_EVENT_APPLIANCE:
                    handle.ConsoleOutputReceived += text;
                    return () => handle.ConsoleOutputReceived -= text;
                case LibGuestfs.GUESTFS_EVENT_LIBRARY:
                    handle.LibraryMessageReceived += text;
                    return () => handle.LibraryMessageReceived -= text;
                case LibGuestfs.GUESTFS_EVENT_TRACE:
                    handle.TraceMessageReceived += text;
                    return () => handle.TraceMessageReceived -= text;
                case LibGuestfs.GUESTFS_EVENT_ENTER:
                    handle.FunctionEntered += text;
                    return () => handle.FunctionEntered -= text;
                case LibGuestfs.GUESTFS_EVENT_LIBVIRT_AUTH:
                    handle.CredentialsRequested += text;
                    return () => handle.CredentialsRequested -= text;
                default:
                    handle.WarningReceived += text;
                    return () => handle.WarningReceived -= text;
            }
        }

        private void OnEvent(object? sender, EventArgs e) => Call(default, default);

        private void OnText(object? sender, GuestfsMessageEventArgs e) => Call(e.Bytes.Span, default);

        private void OnProgress(object? sender, GuestfsProgress e) => Call(default, [e.ProcedureNumber, e.Serial, e.Position, e.Total]);

        private void Call(ReadOnlySpan<byte> text, ReadOnlySpan<ulong> numbers)
        {
            fixed (byte* first = text)
            fixed (ulong* firstNumber = numbers)
            {
                callback(value, opaque, kind, id, first == null ? NativeText.Empty : first, (nuint)text.Length, firstNumber, (nuint)numbers.Length);
            }
        }
    }
}
