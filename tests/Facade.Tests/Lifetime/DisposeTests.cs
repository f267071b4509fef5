// The end of handles. libguestfs' own close events, counted without our library, are the judge.
using Guestfs.Tests.Support;
using Guestfs.TestSupport;
using Guestfs.TestSurface;

using Xunit;

namespace Guestfs.Tests.Lifetime;

public class DisposeTests
{
    [Fact]
    public void Dispose_may_be_called_again_and_closes_once()
    {
        using CloseCounter counter = new(1);
        using GuestfsHandle handle = New();
        counter.Watch(handle);
        Assert.Equal(GuestfsState.Config, handle.State);
        Assert.Equal([0], counter.Counts);
        handle.Dispose();
        handle.Dispose();
        Assert.Equal([1], counter.Counts);
        Assert.Equal(GuestfsState.Closed, handle.State);
    }

    [Fact]
    public void Dispose_works_in_a_thread_that_did_not_create_the_handle()
    {
        using CloseCounter counter = new(1);
        using GuestfsHandle handle = New();
        counter.Watch(handle);
        Parallel.For(0, 16, _ => handle.Dispose());
        Assert.Equal([1], counter.Counts);
    }

    [Fact]
    public void Disposing_while_a_call_runs_closes_when_that_call_returns()
    {
        using CloseCounter counter = new(1);
        using GuestfsHandle handle = New();
        counter.Watch(handle);
        handle.SetMemsize(903);
        using Barrier barrier = new(2);

        // The event holds the call open until the other thread has disposed.
        handle.FunctionEntered += (_, _) =>
        {
            barrier.SignalAndWait(TestContext.Current.CancellationToken);
            barrier.SignalAndWait(TestContext.Current.CancellationToken);
        };
        int size = 0;
        Thread caller = new(() => size = handle.GetMemsize());
        caller.Start();
        barrier.SignalAndWait(TestContext.Current.CancellationToken);
        handle.Dispose();
        Assert.Throws<ObjectDisposedException>(() => handle.GetMemsize());
        Assert.Equal([0], counter.Counts);
        barrier.SignalAndWait(TestContext.Current.CancellationToken);
        caller.Join();
        Assert.Equal(903, size);
        Assert.Equal([1], counter.Counts);
    }

    [Fact]
    public void Disposing_under_load_closes_each_handle_once_and_ends_the_calls_with_ObjectDisposedException()
    {
        const int threads = 3;
        int handles = Soak.Rounds(500, 20_000);
        using CloseCounter counter = new(handles);
        Random random = new(7);
        for (int i = 0; i < handles; i++)
        {
            using GuestfsHandle handle = New();
            counter.Watch(handle);
            Exception?[] ends = new Exception?[threads];
            int calls = 0;
            Thread[] running = [.. Enumerable.Range(0, threads)
                .Select(n => new Thread(() => ends[n] = Record.Exception(() => CallForever(handle, ref calls))))];
            Array.ForEach(running, t => t.Start());

            // At once, and after up to some hundred calls; every other handle also in two threads.
            int until = random.Next(4) == 0 ? 0 : random.Next(300);
            SpinWait.SpinUntil(() => Volatile.Read(ref calls) >= until);
            if (i % 2 == 0)
            {
                Thread other = new(handle.Dispose);
                other.Start();
                handle.Dispose();
                other.Join();
            }
            else
            {
                handle.Dispose();
            }

            Array.ForEach(running, t => t.Join());
            Assert.All(ends, e => Assert.IsType<ObjectDisposedException>(e));
            Assert.Equal(1, counter.Counts[i]);
        }
    }

    [Fact]
    public void The_creating_thread_may_be_calling_while_another_disposes()
    {
        int handles = Soak.Rounds(500, 20_000);
        using CloseCounter counter = new(handles);
        for (int i = 0; i < handles; i++)
        {
            using GuestfsHandle handle = New();
            counter.Watch(handle);
            int calls = 0, until = i % 500;
            Thread disposer = new(() =>
            {
                SpinWait.SpinUntil(() => Volatile.Read(ref calls) >= until);
                handle.Dispose();
            });
            disposer.Start();
            Assert.Throws<ObjectDisposedException>(() => CallForever(handle, ref calls));
            disposer.Join();
            Assert.Equal(1, counter.Counts[i]);
        }
    }

    [Fact]
    public void Handles_that_nobody_disposes_are_closed_by_the_garbage_collector()
    {
        const int handles = 200;
        using CloseCounter counter = new(handles);
        int raised = 0;
        Drop();
        for (int i = 0; i < 20 && counter.Counts.Contains(0); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.All(counter.Counts, c => Assert.Equal(1, c));

        // Their events have no receiver any more.
        Assert.Equal(0, raised);

        // Not inlined, and in a thread of its own: no reference is left behind on the stack.
        void Drop()
        {
            Thread thread = new(() =>
            {
                for (int i = 0; i < handles; i++)
                {
                    GuestfsHandle handle = New();
                    counter.Watch(handle);
                    handle.Closed += (_, _) => raised++;
                    handle.SetProgram("dropped");
                    if (i % 4 == 0)
                    {
                        Assert.Throws<GuestfsException>(() => handle.InternalTestRinterr());
                    }
                }
            });
            thread.Start();
            thread.Join();
        }
    }

    [Fact]
    public void A_call_cancelled_while_or_after_its_handle_closes_reaches_no_closed_handle()
    {
        using TempDirectory directory = new();
        CommandResult result = ChildProcess.Run(["late-cancellation"], CloseWatch.Compile(directory));
        Assert.Equal("Closed\nClosed\nClosed\n", result.Output);
        Assert.Empty(result.Error);
    }

    private static void CallForever(GuestfsHandle handle, ref int calls)
    {
        while (true)
        {
            switch (Interlocked.Increment(ref calls) % 4)
            {
                case 0:
                    handle.GetMemsize();
                    break;
                case 1:
                    handle.InternalTestRstringlist("10");
                    break;
                case 2:
                    Fail(handle);
                    break;
                default:
                    _ = handle.State;
                    break;
            }
        }
    }

    private static void Fail(GuestfsHandle handle)
    {
        try
        {
            handle.InternalTestRinterr();
        }
        catch (GuestfsException)
        {
        }
    }

    private static GuestfsHandle New() => new(new GuestfsHandleOptions { IgnoreEnvironment = true });
}
