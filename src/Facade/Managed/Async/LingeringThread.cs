// A thread that has used OpenSSL must not end while the process does. What libguestfs loads has OpenSSL clean up at exit(3), which .NET by
// itself keeps it from, and OpenSSL then frees what the end of the thread frees as well: the process is aborted ("malloc_consolidate():
// invalid chunk size"). The threads of a handle have nothing more to do just before most programs end. So they wait for a while.
using System.Diagnostics.CodeAnalysis;

namespace Guestfs;

/// <summary>A thread for what takes too long for .NET's pool. When its work is done it waits for more of it, and ends where there is none.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "The thread disposes it when it ends.")]
internal sealed class LingeringThread
{
    private static readonly TimeSpan Lingering = TimeSpan.FromSeconds(1);
    private static readonly List<LingeringThread> Idle = [];

    private readonly SemaphoreSlim given = new(0);
    private (string Name, Action Work)? next;

    /// <summary>Runs something on a thread that does nothing else meanwhile.</summary>
    /// <param name="name">The thread's name until that is done.</param>
    /// <param name="work">What is to be done. It does not throw.</param>
    /// <param name="flows">Whether it runs in the caller's execution context.</param>
    /// <returns>A task that ends with it.</returns>
    internal static Task Run(string name, Action work, bool flows = true)
    {
        ExecutionContext? context = flows ? ExecutionContext.Capture() : null;
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Work()
        {
            if (context is null)
            {
                work();
            }
            else
            {
                ExecutionContext.Run(context, static work => ((Action)work!)(), work);
            }

            done.SetResult();
        }

        LingeringThread thread;
        bool isNew;
        lock (Idle)
        {
            isNew = Idle.Count == 0;
            thread = isNew ? new LingeringThread() : Idle[^1];
            Idle.Remove(thread);
            thread.next = (name, Work);
        }

        thread.given.Release();
        if (isNew)
        {
            new Thread(thread.WorkOff) { IsBackground = true }.UnsafeStart();
        }

        return done.Task;
    }

    private void WorkOff()
    {
        while (given.Wait(Lingering) || !TryEnd())
        {
            if (next is var (name, work))
            {
                // Nothing of it lives on in a thread that waits.
                next = null;
                RunOnce(name, work);
                lock (Idle)
                {
                    Idle.Add(this);
                }
            }
        }

        given.Dispose();
    }

    private static void RunOnce(string name, Action work)
    {
        Thread.CurrentThread.Name = name;
        work();
    }

    // Not where it is about to be given something.
    private bool TryEnd()
    {
        lock (Idle)
        {
            return Idle.Remove(this);
        }
    }
}
