using System.Diagnostics;

namespace Guestfs.Extensions.Hosting;

/// <summary>Lets so many in at a time; the others wait in a queue, first come, first served.</summary>
/// <param name="capacity">How many.</param>
/// <param name="maxQueueLength">How many may wait.</param>
/// <param name="timeout">How long one waits; null for ever.</param>
/// <param name="time">The clock.</param>
/// <param name="onForgotten">Called when nobody has given a slot back; it must not throw.</param>
internal sealed class Admission(int capacity, int maxQueueLength, TimeSpan? timeout, TimeProvider time, Action onForgotten)
{
    private readonly Lock gate = new();
    private readonly LinkedList<TaskCompletionSource<Slot>> waiting = new();
    private int running;

    /// <summary>How many may be in.</summary>
    internal int Capacity => capacity;

    /// <summary>How many are in.</summary>
    internal int Running
    {
        get
        {
            lock (gate)
            {
                return running;
            }
        }
    }

    /// <summary>How many wait.</summary>
    internal int QueueLength
    {
        get
        {
            lock (gate)
            {
                return waiting.Count;
            }
        }
    }

    /// <summary>Enters if there is room and nobody waits.</summary>
    /// <returns>The slot; null where one would have to wait.</returns>
    internal Slot? TryEnter()
    {
        lock (gate)
        {
            return TryTake();
        }
    }

    /// <summary>Enters, when it is one's turn.</summary>
    /// <exception cref="GuestfsBusyException">Too many wait, or it took too long.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal async Task<Slot> EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource<Slot>> place;
        lock (gate)
        {
            if (TryTake() is { } slot)
            {
                return slot;
            }

            if (waiting.Count >= maxQueueLength)
            {
                throw new GuestfsBusyException(
                    $"All {capacity} appliances are in use, and {waiting.Count} requests wait already "
                    + $"({nameof(GuestfsOptions.MaxQueueLength)}).");
            }

            place = waiting.AddLast(new TaskCompletionSource<Slot>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        using CancellationTokenSource? limit = timeout is { } wait ? new CancellationTokenSource(wait, time) : null;
        using CancellationTokenRegistration expired = limit is null ? default : limit.Token.UnsafeRegister(
            _ => Leave(place, new GuestfsBusyException(
                $"All {capacity} appliances have been in use for {timeout} ({nameof(GuestfsOptions.QueueTimeout)}).")), null);
        using CancellationTokenRegistration cancelled = cancellationToken.UnsafeRegister(
            _ => Leave(place, new OperationCanceledException(cancellationToken)), null);
        return await place.Value.Task.ConfigureAwait(false);
    }

    /// <summary>One has gone: the one that waits longest enters.</summary>
    internal void Release(bool wasForgotten)
    {
        TaskCompletionSource<Slot>? next = null;
        lock (gate)
        {
            Debug.Assert(running > 0, "More have gone than were in.");
            if (waiting.First is { } first)
            {
                waiting.RemoveFirst();
                next = first.Value;
            }
            else
            {
                running--;
            }
        }

        next?.SetResult(new Slot(this));
        if (wasForgotten)
        {
            onForgotten();
        }
    }

    private Slot? TryTake()
    {
        if (running >= capacity)
        {
            return null;
        }

        running++;
        return new Slot(this);
    }

    // Whoever takes the place out of the queue ends the wait, so that a slot never goes to one that has left.
    private void Leave(LinkedListNode<TaskCompletionSource<Slot>> place, Exception reason)
    {
        lock (gate)
        {
            if (place.List is null)
            {
                return;
            }

            waiting.Remove(place);
        }

        if (reason is OperationCanceledException cancelled)
        {
            place.Value.SetCanceled(cancelled.CancellationToken);
        }
        else
        {
            place.Value.SetException(reason);
        }
    }
}
