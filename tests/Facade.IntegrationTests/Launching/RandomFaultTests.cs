// qemu is killed, stopped and paused at moments that nobody chose: in the launch, in a call, between two. The judges are the kernel, which
// knows what is left of it, and the signal that was sent.
using System.Globalization;
using System.Net.Sockets;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Launching;

public sealed class RandomFaultTests
{
    // A launch takes about as long, and the calls after it go on until the fault comes.
    private static readonly TimeSpan Latest = TimeSpan.FromSeconds(6);

    private readonly Random random = new(Environment.TickCount);

    [Fact]
    public void Kills()
    {
        AndNothingIsLeft(Soak.Rounds(2, 100), mark =>
        {
            using GuestfsHandle g = NewHandle(mark);
            Fault fault = Later(mark, id => Command.Run("kill", "-KILL", id.ToString(CultureInfo.InvariantCulture)));
            Exception e = UntilItFails(g, fault);

            // Older kernels than 6.15 tell the status once, and libguestfs may be quicker; so it may be on all in qemu's first moment.
            Assert.True(
                e.Message.Contains("signal 9 (SIGKILL)", StringComparison.Ordinal)
                    || e.Message.Contains("by a signal that was not seen", StringComparison.Ordinal)
                    || e.Message.Contains("something killed it at once", StringComparison.Ordinal), e.ToString());
            Assert.True(
                e is GuestfsLaunchException { Failure: LaunchFailure.ApplianceDied or LaunchFailure.HypervisorRefused }
                    or GuestfsApplianceDiedException { Cause: ApplianceDeath.HypervisorKilled },
                e.ToString());
        });
    }

    [Fact]
    public void Stops()
    {
        AndNothingIsLeft(Soak.Rounds(1, 50), mark =>
        {
            using GuestfsHandle g = NewHandle(mark);
            Fault fault = Later(mark, id =>
            {
                string number = id.ToString(CultureInfo.InvariantCulture);
                Command.Run("kill", "-STOP", number);

                // By then a launch has been given up; a call goes on.
                Thread.Sleep(8000);
                Command.TryRun("kill", ["-CONT", number]);
            });
            FailsInTheLaunchOrGoesOn(g, fault, "qemu had been stopped");
        });
    }

    [Fact]
    public void Pauses()
    {
        using TempDirectory directory = new();
        AndNothingIsLeft(Soak.Rounds(1, 50), mark =>
        {
            using GuestfsHandle g = NewHandle(mark);
            string monitor = directory.File("monitor");
            g.Config("-monitor", $"unix:{monitor},server=on,wait=off");
            Fault fault = Later(mark, _ =>
            {
                Tell(monitor, "stop");
                Thread.Sleep(8000);
                Tell(monitor, "cont");
            });
            FailsInTheLaunchOrGoesOn(g, fault, "the machine had been paused");
        });
    }

    private static void FailsInTheLaunchOrGoesOn(GuestfsHandle g, Fault fault, string text)
    {
        try
        {
            Use(g, fault);
        }
        catch (GuestfsLaunchException e)
        {
            Assert.True(e.Failure == LaunchFailure.Stalled, e.ToString());
            Assert.Contains(text, e.Message, StringComparison.Ordinal);
            fault.Thread.Join();
            return;
        }

        Assert.Null(fault.Failure);
        g.Shutdown();
    }

    private static Exception UntilItFails(GuestfsHandle g, Fault fault)
    {
        Exception? e = Record.Exception(() => Use(g, fault));
        fault.Thread.Join();
        Assert.Null(fault.Failure);

        // It came between two calls.
        return e ?? Assert.Throws<GuestfsApplianceDiedException>(g.PingDaemon);
    }

    private static void Use(GuestfsHandle g, Fault fault)
    {
        g.Launch();
        byte[] written = new byte[1 << 16];
        for (byte i = 0; !fault.Thread.Join(0); i++)
        {
            Array.Fill(written, i);
            g.PwriteDevice("/dev/sda", written, 0);
            Assert.Equal(written, g.PreadDevice("/dev/sda", written.Length, 0));
            g.Debug("sh", ["sleep 0.1"]);
        }
    }

    private static void AndNothingIsLeft(int rounds, Action<string> round)
    {
        // Threads and descriptors of the runtime are there from the first one on.
        round(NewMark());
        ProcessResources before = ProcessResources.Now();
        for (int i = 0; i < rounds; i++)
        {
            string mark = NewMark();
            round(mark);
            Assert.Empty(Processes.With(mark));
        }

        ProcessResources after = ProcessResources.After(before);
        Assert.True(
            after.Descriptors <= before.Descriptors,
            $"before:\n{string.Join('\n', before.Files)}\nafter:\n{string.Join('\n', after.Files)}");
        Assert.Equal(0, Processes.Zombies());
        Assert.InRange(after.Children, 0, before.Children);
        Assert.InRange(after.Threads, 0, before.Threads + 5);
    }

    private static string NewMark() => $"guestfs_test={Guid.NewGuid():N}";

    // The mark is in the command line of qemu, which is the only one to have the kernel's.
    private static GuestfsHandle NewHandle(string mark)
    {
        GuestfsHandle g = new(new GuestfsHandleOptions { IgnoreEnvironment = true, Accelerator = Accelerator.Tcg });
        g.SetBackend("direct");
        g.UseRunAppliance();
        g.SetAppend(mark);
        g.AddDriveScratch(1 << 20);
        g.Session.EmulatedLimits = StallLimits.Emulated with { Stopped = TimeSpan.FromSeconds(3) };
        return g;
    }

    private Fault Later(string mark, Action<int> inject)
    {
        // Some at once.
        TimeSpan delay = random.Next(5) == 0 ? TimeSpan.Zero : random.NextDouble() * Latest;
        Fault fault = new();
        fault.Thread = new Thread(() => fault.Failure = Record.Exception(() =>
        {
            int id = 0;
            Assert.True(SpinWait.SpinUntil(
                () =>
                {
                    Thread.Sleep(1);
                    id = Processes.With(mark) is [int found, ..] ? found : 0;
                    return id != 0;
                },
                TimeSpan.FromMinutes(1)));
            Thread.Sleep(delay);
            inject(id);
        }));
        fault.Thread.Start();
        return fault;
    }

    private static void Tell(string monitor, string command)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(monitor));
            socket.Send(System.Text.Encoding.ASCII.GetBytes(command + "\n"));

            // Until it has been read: a monitor forgets what comes with the end of the connection.
            socket.ReceiveTimeout = 500;
            byte[] answer = new byte[4096];
            while (socket.Receive(answer) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Nothing more is said, or qemu has ended.
        }
    }

    private sealed class Fault
    {
        internal Thread Thread { get; set; } = null!;

        internal Exception? Failure { get; set; }
    }
}
