// One thread waits for all connections to qemu. It ends when there has been none for a while.
using System.Runtime.InteropServices;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>Tells when there is something to read, without a thread for each that waits: poll(2).</summary>
internal static unsafe class ReadableFiles
{
    private const int Lingering = 1000;

    private static readonly Lock Gate = new();
    private static readonly List<Waiter> Waiters = [];

    // Written to, the one makes poll end, which waits for the other; -1 while there is no thread.
    private static int wakeUp = -1, awoken = -1;

    private static bool hasLingered;

    /// <summary>Waits until a file can be read without waiting, has ended, or failed.</summary>
    /// <param name="file">The file. It is closed at the earliest when the task has ended.</param>
    /// <returns>A task that ends then, with false after <see cref="Forget"/>. Its continuations do not run in the thread of this class.
    /// </returns>
    internal static Task<bool> WaitAsync(SafeHandle file)
    {
        Waiter waiter = new(file);
        lock (Gate)
        {
            if (wakeUp < 0)
            {
                Start();
            }

            bool counted = false;
            file.DangerousAddRef(ref counted);
            Waiters.Add(waiter);
            WakeUp();
        }

        return waiter.Source.Task;
    }

    /// <summary>Ends what waits for a file.</summary>
    internal static void Forget(SafeHandle file)
    {
        lock (Gate)
        {
            foreach (Waiter waiter in Waiters)
            {
                waiter.IsForgotten |= waiter.File == file;
            }

            WakeUp();
        }
    }

    private static void Start()
    {
        int* ends = stackalloc int[2];
        if (Libc.pipe2(ends, Libc.O_CLOEXEC | Libc.O_NONBLOCK) != 0)
        {
            throw HostCalls.LastError();
        }

        (awoken, wakeUp) = (ends[0], ends[1]);
        try
        {
            new Thread(Run) { IsBackground = true, Name = "guestfs poll" }.UnsafeStart();
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            Stop();
            throw new IOException("There can be no further thread.", e);
        }
    }

    private static void Stop()
    {
        _ = Libc.close(awoken);
        _ = Libc.close(wakeUp);
        awoken = wakeUp = -1;
    }

    // A full pipe has woken it already.
    private static void WakeUp()
    {
        byte any = 0;
        if (wakeUp >= 0)
        {
            _ = Libc.write(wakeUp, &any, 1);
        }
    }

    private static void Run()
    {
        byte* read = stackalloc byte[64];
        while (TakeOver() is { } waiters)
        {
            pollfd[] wanted = new pollfd[waiters.Length + 1];
            wanted[0] = new pollfd { fd = awoken, events = Libc.POLLIN };
            for (int i = 0; i < waiters.Length; i++)
            {
                wanted[i + 1] = new pollfd { fd = (int)waiters[i].File.DangerousGetHandle(), events = Libc.POLLIN };
            }

            int ready;
            fixed (pollfd* all = wanted)
            {
                ready = Libc.poll(all, (nuint)wanted.Length, waiters.Length == 0 ? Lingering : -1);
            }

            if (ready > 0 && wanted[0].revents != 0)
            {
                _ = Libc.read(awoken, read, 64);
            }

            for (int i = 0; i < waiters.Length; i++)
            {
                waiters[i].IsReadable |= ready > 0 && wanted[i + 1].revents != 0;
            }

            hasLingered = ready == 0;
        }
    }

    // Those to wait for; null where there are none for long enough.
    private static Waiter[]? TakeOver()
    {
        lock (Gate)
        {
            for (int i = Waiters.Count - 1; i >= 0; i--)
            {
                Waiter waiter = Waiters[i];
                if (waiter.IsReadable || waiter.IsForgotten)
                {
                    Waiters.RemoveAt(i);
                    waiter.File.DangerousRelease();
                    waiter.Source.TrySetResult(!waiter.IsForgotten);
                }
            }

            if (Waiters.Count > 0 || !hasLingered)
            {
                return [.. Waiters];
            }

            hasLingered = false;
            Stop();
            return null;
        }
    }

    private sealed class Waiter(SafeHandle file)
    {
        internal SafeHandle File { get; } = file;

        internal TaskCompletionSource<bool> Source { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal bool IsReadable { get; set; }

        internal bool IsForgotten { get; set; }
    }
}
