using System.Runtime.CompilerServices;

namespace Guestfs;

/// <summary>
/// One thread and its queue. libguestfs runs the calls of a handle one at a time, so more threads would only wait; a thread
/// of its own, because a call may take hours, which no thread of a shared pool should.
/// </summary>
/// <remarks>The thread knows the queue alone: a handle that nobody uses any more is collected, and ends it.</remarks>
internal sealed class HandleWorker : IDisposable
{
    private readonly CallQueue queue = new();

    // Not in the context of the first caller: each call brings its own.
    internal HandleWorker() => _ = LingeringThread.Run("guestfs handle", queue.Run, flows: false);

    ~HandleWorker() => queue.Close();

    /// <summary>Puts a call behind those that are waiting.</summary>
    internal void Add(IWorkerCall call) => queue.Add(call);

    /// <summary>Ends the thread after the call that runs; those that wait are refused.</summary>
    public void Dispose()
    {
        queue.Close();
        GC.SuppressFinalize(this);
    }

    private sealed class CallQueue
    {
        private readonly Queue<IWorkerCall> waiting = new();
        private bool closed;

        internal void Add(IWorkerCall call)
        {
            lock (waiting)
            {
                if (!closed)
                {
                    waiting.Enqueue(call);
                    Monitor.Pulse(waiting);
                    return;
                }
            }

            call.Refuse();
        }

        internal void Close()
        {
            lock (waiting)
            {
                closed = true;
                Monitor.Pulse(waiting);
            }
        }

        internal void Run()
        {
            while (RunNext())
            {
            }
        }

        // A frame of its own: a call that is over, and with it the handle, must not live on in the stack of a waiting thread.
        [MethodImpl(MethodImplOptions.NoInlining)]
        private bool RunNext()
        {
            if (Next(out bool refused) is not { } call)
            {
                return false;
            }

            if (refused)
            {
                call.Refuse();
            }
            else
            {
                call.Run();
            }

            return true;
        }

        private IWorkerCall? Next(out bool refused)
        {
            lock (waiting)
            {
                while (waiting.Count == 0 && !closed)
                {
                    Monitor.Wait(waiting);
                }

                refused = closed;
                return waiting.Count == 0 ? null : waiting.Dequeue();
            }
        }
    }
}
