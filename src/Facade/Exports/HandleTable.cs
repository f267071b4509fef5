using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

using Guestfs.Interop;

namespace Guestfs.Exports;

/// <summary>
/// All handles. What a caller has is a number: a place in the table, and above it a serial number that no other handle ever
/// gets. So a value that was freed, or never was a handle, is found out without reading any memory that it might point to.
/// </summary>
internal static class HandleTable
{
    private const int IndexBits = 20;
    private const int MaxHandles = 1 << IndexBits;

    // Nothing here needs code to begin with: every call would ask whether that has run.
    private static HandleEntry?[] entries = [];
    private static long serial;

    /// <summary>The handle of a value, or null: it is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static HandleEntry? Find(nint value)
    {
        HandleEntry?[] table = entries;
        nuint index = (nuint)value & (MaxHandles - 1);
        return index < (nuint)table.Length && table[index] is { } entry && entry.Value == value ? entry : null;
    }

    /// <summary>Begins a call: the handle stays open until <see cref="HandleEntry.Leave"/>. Does not throw.</summary>
    /// <returns>The handle, or null: <see cref="LastError.Status"/> says why.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe HandleEntry? Enter(nint value, string operation, out guestfs_h* handle, out bool owner)
    {
        HandleEntry? entry = Find(value);
        if (entry is not null)
        {
            handle = entry.Calls.TryEnter();
            if (handle != null)
            {
                owner = true;
                return entry;
            }
        }

        // Into variables of their own, so that the caller's can be in registers.
        entry = EnterSlowly(entry, operation, out guestfs_h* slowHandle, out bool slowOwner);
        handle = slowHandle;
        owner = slowOwner;
        return entry;
    }

    /// <summary>Makes a handle known.</summary>
    /// <exception cref="InsufficientMemoryException">There are a million of them.</exception>
    internal static HandleEntry Add(GuestfsHandle handle)
    {
        lock (Places.Gate)
        {
            if (!Places.Vacant.TryPop(out int index))
            {
                index = Grow();
            }

            HandleEntry entry = new(handle, (nint)((++serial << IndexBits) | (uint)index));
            Volatile.Write(ref entries[index], entry);
            return entry;
        }
    }

    /// <summary>Forgets a handle.</summary>
    /// <returns>What it was, for the one caller who frees it; null for every other.</returns>
    internal static HandleEntry? Remove(nint value)
    {
        lock (Places.Gate)
        {
            if (Find(value) is not { } entry)
            {
                return null;
            }

            int index = (int)(value & (MaxHandles - 1));
            entries[index] = null;
            Places.Vacant.Push(index);
            return entry;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "None may reach C.")]
    private static unsafe HandleEntry? EnterSlowly(HandleEntry? entry, string operation, out guestfs_h* handle, out bool owner)
    {
        handle = null;
        owner = false;
        if (entry is null)
        {
            CallError.InvalidHandle(operation);
            return null;
        }

        try
        {
            handle = entry.Calls.Enter(out owner);
            return entry;
        }
        catch (Exception e)
        {
            CallError.FromException(operation, e);
            return null;
        }
    }

    private static int Grow()
    {
        int length = entries.Length;
        if (length == MaxHandles)
        {
            throw new InsufficientMemoryException("There are a million handles: free those that are not needed any more.");
        }

        HandleEntry?[] larger = new HandleEntry?[Math.Max(16, 2 * length)];
        entries.CopyTo(larger, 0);
        for (int i = larger.Length - 1; i > length; i--)
        {
            Places.Vacant.Push(i);
        }

        Volatile.Write(ref entries, larger);
        return length;
    }

    private static class Places
    {
        internal static readonly Lock Gate = new();
        internal static readonly Stack<int> Vacant = new();
    }
}
