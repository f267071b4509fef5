// How events are raised: order, subscription, exceptions, calls from within. libguestfs raises them inside its calls.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Events;

public sealed class EventTests : IDisposable
{
    private readonly GuestfsHandle handle = new(new GuestfsHandleOptions { IgnoreEnvironment = true });

    public void Dispose() => handle.Dispose();

    [Fact]
    public void Enter_tells_the_C_name_of_each_function_with_its_thread()
    {
        List<(string, int)> entered = [];
        handle.FunctionEntered += (_, e) => entered.Add((e.Text, Environment.CurrentManagedThreadId));
        handle.GetMemsize();
        handle.SetPgroup(true);
        Thread thread = new(() => handle.GetBackendSettings());
        thread.Start();
        thread.Join();
        int here = Environment.CurrentManagedThreadId;
        Assert.Equal([("get_memsize", here), ("set_pgroup", here), ("get_backend_settings", thread.ManagedThreadId)], entered);
    }

    [Fact]
    public void Closed_comes_once_when_the_handle_is_disposed()
    {
        int closed = 0;
        object? sender = null;
        handle.Closed += (s, _) => (sender, closed) = (s, closed + 1);
        handle.GetMemsize();
        Assert.Equal(0, closed);
        handle.Dispose();
        handle.Dispose();
        Assert.Equal(1, closed);
        Assert.Same(handle, sender);
    }

    [Fact]
    public void Debug_messages_come_as_library_events()
    {
        List<string> messages = [];
        handle.LibraryMessageReceived += (_, e) => messages.Add(e.Text);
        handle.GetMemsize();
        Assert.Empty(messages);
        handle.SetVerbose(true);
        Assert.ThrowsAny<GuestfsException>(() => handle.DiskFormat("/no/such/disk"));
        Assert.Contains(messages, m => m.Contains("qemu-img", StringComparison.Ordinal));
    }

    [Fact]
    public void Several_handlers_run_in_order_until_they_are_removed()
    {
        List<int> ran = [];
        EventHandler<GuestfsMessageEventArgs> one = (_, _) => ran.Add(1), two = (_, _) => ran.Add(2);
        handle.FunctionEntered += one;
        handle.FunctionEntered += two;
        handle.FunctionEntered += one;
        handle.GetMemsize();
        Assert.Equal([1, 2, 1], ran);

        handle.FunctionEntered -= one;
        handle.GetMemsize();
        Assert.Equal([1, 2, 1, 1, 2], ran);

        handle.FunctionEntered -= one;
        handle.FunctionEntered -= two;
        handle.FunctionEntered -= two;
        handle.FunctionEntered -= null;
        handle.GetMemsize();
        Assert.Equal(5, ran.Count);

        handle.FunctionEntered += two;
        handle.GetMemsize();
        Assert.Equal([1, 2, 1, 1, 2, 2], ran);
    }

    [Fact]
    public void What_a_handler_throws_comes_out_of_the_call_that_raised_the_event()
    {
        EventHandler<GuestfsMessageEventArgs> thrower = (_, _) => throw new InvalidTimeZoneException("from the handler");
        handle.FunctionEntered += thrower;
        InvalidTimeZoneException e = Assert.Throws<InvalidTimeZoneException>(() => handle.GetMemsize());
        Assert.Equal("from the handler", e.Message);
        Assert.Contains(nameof(What_a_handler_throws_comes_out_of_the_call_that_raised_the_event), e.StackTrace, StringComparison.Ordinal);

        // The call itself was made, and each call throws anew.
        Assert.Throws<InvalidTimeZoneException>(() => handle.SetMemsize(1234));
        handle.FunctionEntered -= thrower;
        Assert.Equal(1234, handle.GetMemsize());
    }

    [Fact]
    public void An_exception_in_another_thread_stays_in_that_thread()
    {
        int thrower = 0;
        handle.FunctionEntered += (_, _) =>
        {
            if (Environment.CurrentManagedThreadId == Volatile.Read(ref thrower))
            {
                throw new InvalidTimeZoneException();
            }
        };
        int caught = 0;
        Thread thread = new(() =>
        {
            Volatile.Write(ref thrower, Environment.CurrentManagedThreadId);
            for (int i = 0; i < 1000; i++)
            {
                try
                {
                    handle.GetMemsize();
                }
                catch (InvalidTimeZoneException)
                {
                    caught++;
                }
            }
        });
        thread.Start();
        while (thread.IsAlive)
        {
            handle.GetSmp();
        }

        Assert.Equal(1000, caught);
    }

    [Fact]
    public void An_exception_from_Closed_comes_out_of_Dispose()
    {
        handle.Closed += (_, _) => throw new InvalidTimeZoneException();
        Assert.Throws<InvalidTimeZoneException>(handle.Dispose);
        Assert.Equal(GuestfsState.Closed, handle.State);
        handle.Dispose();
    }

    [Fact]
    public void Exceptions_from_Trace_and_Library_come_out_of_the_call()
    {
        handle.SetTrace(true);
        handle.SetVerbose(true);
        EventHandler<GuestfsMessageEventArgs> fromLibrary = (_, _) => throw new InvalidTimeZoneException("Library");
        EventHandler<GuestfsMessageEventArgs> fromTrace = (_, _) => throw new InvalidTimeZoneException("Trace");
        handle.LibraryMessageReceived += fromLibrary;
        Assert.Equal("Library", Assert.Throws<InvalidTimeZoneException>(() => handle.DiskFormat("/no/such/disk")).Message);
        handle.TraceMessageReceived += fromTrace;
        Assert.Equal("Trace", Assert.Throws<InvalidTimeZoneException>(() => handle.GetSmp()).Message);

        // Closing raises both.
        handle.LibraryMessageReceived -= fromLibrary;
        handle.TraceMessageReceived -= fromTrace;
    }

    [Fact]
    public void An_exception_from_LibvirtAuth_comes_out_of_the_call_that_connects()
    {
        // libvirt's own driver for tests, with a user and a password.
        using TempDirectory directory = new();
        string node = directory.File("node.xml");
        File.WriteAllText(node, """
            <node>
              <cpu><mhz>6000</mhz><model>i986</model><active>1</active>
                <nodes>1</nodes><sockets>1</sockets><cores>1</cores><threads>1</threads></cpu>
              <memory>8192</memory>
              <auth><user password="secret">tester</user></auth>
            </node>
            """);
        string[] wanted = [];
        handle.SetLibvirtSupportedCredentials(["authname", "passphrase"]);
        handle.CredentialsRequested += (_, e) =>
        {
            wanted = [e.Text, .. handle.GetLibvirtRequestedCredentials()];
            throw new InvalidTimeZoneException();
        };
        Assert.Throws<InvalidTimeZoneException>(() => handle.AddDomain("test", new AddDomainOptions { LibvirtUri = "test://" + node }));
        Assert.Equal(["test://" + node, "authname"], wanted);
    }

    [Fact]
    public void A_handler_may_call_the_handle()
    {
        List<string> entered = [];
        handle.FunctionEntered += (s, e) =>
        {
            entered.Add(e.Text);
            if (e.Text == "get_memsize")
            {
                Assert.Equal(1, ((GuestfsHandle)s!).GetSmp());
            }
        };
        handle.SetMemsize(900);
        Assert.Equal(900, handle.GetMemsize());
        Assert.Equal(["set_memsize", "get_memsize", "get_smp"], entered);
    }

    [Fact]
    public void A_failed_call_inside_a_handler_does_not_change_the_result_of_the_outer_one()
    {
        handle.FunctionEntered += (_, e) =>
        {
            if (e.Text == "get_memsize")
            {
                Assert.ThrowsAny<GuestfsException>(() => handle.Mount("/dev/sda", "/"));
            }
        };
        handle.SetMemsize(901);
        Assert.Equal(901, handle.GetMemsize());
    }

    [Fact]
    public void A_handler_may_dispose_the_handle_which_closes_after_the_call()
    {
        bool closed = false, closedInside = false;
        handle.SetMemsize(902);
        handle.Closed += (_, _) => closed = true;
        handle.FunctionEntered += (_, _) =>
        {
            handle.Dispose();
            closedInside = closed;
            Assert.Throws<ObjectDisposedException>(() => handle.GetSmp());
        };
        Assert.Equal(902, handle.GetMemsize());
        Assert.False(closedInside);
        Assert.True(closed);
        Assert.Throws<ObjectDisposedException>(() => handle.GetMemsize());
    }

    [Fact]
    public void A_handler_may_subscribe_and_unsubscribe()
    {
        int outer = 0, inner = 0;
        EventHandler<GuestfsMessageEventArgs>? first = null;
        EventHandler<GuestfsMessageEventArgs> second = (_, _) => inner++;
        first = (_, _) =>
        {
            outer++;
            handle.FunctionEntered -= first;
            handle.FunctionEntered += second;
            handle.TraceMessageReceived += second;
            handle.TraceMessageReceived -= second;
        };
        handle.FunctionEntered += first;
        handle.GetMemsize();
        Assert.Equal((1, 0), (outer, inner));
        handle.GetMemsize();
        Assert.Equal((1, 1), (outer, inner));
        handle.FunctionEntered -= second;
        handle.GetMemsize();
        Assert.Equal((1, 1), (outer, inner));
    }

    [Fact]
    public void Threads_may_subscribe_while_calls_run()
    {
        int rounds = Soak.Rounds(2000, 80_000);
        int raised = 0, stable = 0;
        handle.FunctionEntered += (_, _) => Interlocked.Increment(ref stable);
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(n => new Thread(() =>
        {
            for (int i = 0; i < rounds; i++)
            {
                if (n < 2)
                {
                    EventHandler<GuestfsMessageEventArgs> handler = (_, _) => Interlocked.Increment(ref raised);
                    handle.FunctionEntered += handler;
                    handle.TraceMessageReceived += handler;
                    handle.FunctionEntered -= handler;
                    handle.TraceMessageReceived -= handler;
                }
                else
                {
                    handle.GetMemsize();
                }
            }
        }) { IsBackground = true })];
        Array.ForEach(threads, t => t.Start());
        Assert.All(threads, t => Assert.True(t.Join(TimeSpan.FromMinutes(2)), "a deadlock"));
        Assert.Equal(2 * rounds, stable);

        // Nothing of it is left.
        raised = 0;
        handle.SetTrace(true);
        handle.SetTrace(false);
        Assert.Equal(0, raised);
        Assert.Equal((2 * rounds) + 2, stable);
    }

    [Fact]
    public void After_dispose_subscribing_fails_and_unsubscribing_does_nothing()
    {
        EventHandler<GuestfsMessageEventArgs> handler = (_, _) => { };
        handle.FunctionEntered += handler;
        handle.Dispose();
        handle.FunctionEntered -= handler;
        Assert.Throws<ObjectDisposedException>(() => handle.FunctionEntered += handler);
    }
}
