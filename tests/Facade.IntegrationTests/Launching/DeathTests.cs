// Appliances that end when nobody asked them to. The default handle starts them, with nothing in the environment that says how.
using System.Diagnostics;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Launching;

public class DeathTests
{
    [Fact]
    public void A_call_during_which_the_appliance_ends_and_one_after_that_fail_each_with_its_reason()
    {
        using GuestfsHandle killedInCall = Started(), killedBetween = Started();
        AssertAccelerator(killedInCall);

        using Process qemu = Process.GetProcessById(killedInCall.GetPid());
        Thread killer = new(() =>
        {
            Thread.Sleep(1000);
            qemu.Kill();
        });
        killer.Start();
        GuestfsApplianceDiedException died = Assert.Throws<GuestfsApplianceDiedException>(() => killedInCall.Debug("sh", ["sleep 60"]));
        killer.Join();
        Assert.Equal("debug", died.Operation);
        Assert.Contains("Create a new handle", died.Message, StringComparison.Ordinal);
        Assert.Equal(GuestfsState.Config, killedInCall.State);
        Assert.Throws<GuestfsStateException>(() => killedInCall.ListDevices());
        killedInCall.Dispose();
        Assert.Equal(GuestfsState.Closed, killedInCall.State);

        // The other one has not noticed.
        Assert.Equal(GuestfsState.Ready, killedBetween.State);
        Assert.Single(killedBetween.ListDevices());

        using Process other = Process.GetProcessById(killedBetween.GetPid());
        other.Kill();

        // Before any call, and as soon as the last of its threads is gone.
        Assert.True(SpinWait.SpinUntil(() => killedBetween.State == GuestfsState.Config, 30_000));
        Assert.Contains(") Z ", File.ReadAllText($"/proc/{other.Id}/stat"), StringComparison.Ordinal);
        Assert.Throws<GuestfsApplianceDiedException>(() => killedBetween.ListDevices());
        Assert.Throws<GuestfsStateException>(() => killedBetween.ListDevices());
        Assert.Equal(GuestfsState.Config, killedBetween.State);
        killedBetween.Dispose();
        Assert.False(Directory.Exists($"/proc/{other.Id}"));
    }

    [Fact]
    public void The_daemon_is_killed()
    {
        using GuestfsHandle g = Started();
        int process = g.GetPid();
        int quits = 0;
        g.ApplianceExited += (_, _) => quits++;
        Assert.Throws<GuestfsApplianceDiedException>(() => g.Debug("sh", ["kill -KILL $PPID; sleep 30"]));
        Assert.Equal((1, GuestfsState.Config), (quits, g.State));
        Assert.False(Directory.Exists($"/proc/{process}"));
    }

    private static GuestfsHandle Started()
    {
        GuestfsHandle g = new(new GuestfsHandleOptions { IgnoreEnvironment = true });
        g.SetBackend("direct");
        g.AddDriveScratch(1 << 20);
        g.Launch();
        Assert.Equal(GuestfsState.Ready, g.State);
        return g;
    }

    // What a guest under it came to, and what qemu was started with.
    private static void AssertAccelerator(GuestfsHandle g)
    {
        bool kvm = HostKvm.Runs();
        Assert.Equal(kvm ? Accelerator.Kvm : Accelerator.Tcg, g.AcceleratorChoice!.Accelerator);
        Assert.Contains(kvm ? "accel=kvm" : "accel=tcg", File.ReadAllText($"/proc/{g.GetPid()}/cmdline"), StringComparison.Ordinal);
    }
}
