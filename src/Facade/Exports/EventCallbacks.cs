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
    internal int Add(
        ulong events, delegate* unmanaged[Cdecl]<nint, void*, ulong, int, byte*, nuint, ulong*, nuint, void> callback, void* opaque)
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
        GuestfsHandle handle, nint value, ulong kind, int id,
        delegate* unmanaged[Cdecl]<nint, void*, ulong, int, byte*, nuint, ulong*, nuint, void> callback, void* opaque)
    {
        /// <summary>Begins to listen.</summary>
        /// <returns>What ends it.</returns>
        internal Action Subscribe()
        {
            RawEventHandler handler = Call;
            handle.Events.Subscribe(kind, handler);
            return () => handle.Events.Unsubscribe(kind, handler);
        }

        private void Call(ulong raised, ReadOnlySpan<byte> text, ReadOnlySpan<ulong> numbers)
        {
            fixed (byte* first = text)
            fixed (ulong* firstNumber = numbers)
            {
                callback(value, opaque, raised, id, first == null ? NativeString.Empty : first, (nuint)text.Length, firstNumber,
                    (nuint)numbers.Length);
            }
        }
    }
}
