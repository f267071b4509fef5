// Launches that get no further. The kernels, daemons and signals are real ones; the judge is the stage that was made to stand still.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Launching;

public sealed class StallTests(TempDirectory appliances) : IClassFixture<TempDirectory>
{
    private static readonly StallLimits Short =
        new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(3), Patience: 1);

    // For an appliance that boots first: a kernel that is emulated works for seconds without a sign of life, the more of them the slower
    // the machine is.
    private static readonly StallLimits AfterBoot = Short with { Processor = TimeSpan.FromSeconds(60), Idle = TimeSpan.FromSeconds(8) };

    [Theory]
    [InlineData("set -- \"$@\" -kernel $PWD/spins", "in the appliance's kernel", "of processor time")]
    [InlineData("set -- \"$@\" -kernel $PWD/halts", "in the appliance's kernel", "the processor was not used")]
    [InlineData("(sleep 1; kill -STOP $$) &", "stood still", "qemu had been stopped")]
    [InlineData("set -- \"$@\" -S", "in the appliance's kernel", "paused")]
    [InlineData("exec sleep 1000", "before the machine was made", "did anything")]
    public void A_machine(string fault, string place, string kind)
    {
        using FakeKvmQemu qemu = new(fault);
        GuestfsLaunchException e = Fail(g =>
        {
            g.SetHv(qemu.File);
            g.UseRunAppliance();
        }, Short);
        Assert.Contains(place, e.Message, StringComparison.Ordinal);
        Assert.Contains(kind, e.Message, StringComparison.Ordinal);
        Assert.Empty(Processes.With(Path.GetDirectoryName(qemu.File)!));
    }

    [Theory]
    [InlineData("exec sleep 1000", "in the appliance's init")]
    [InlineData("exec 3<>/dev/virtio-ports/org.libguestfs.channel.0; exec sleep 1000", "in the appliance's daemon")]
    public void A_daemon(string commands, string place)
    {
        string appliance = FixedAppliance.CopyTo(appliances.File($"{Guid.NewGuid():N}")), script = appliances.File("guestfsd");
        File.WriteAllText(script, $"#!/bin/sh\n{commands}\n");
        foreach (string command in (string[])["rm /usr/sbin/guestfsd", $"write {script} /usr/sbin/guestfsd",
            "set_inode_field /usr/sbin/guestfsd mode 0100755"])
        {
            Command.Run("debugfs", "-w", "-R", command, Path.Combine(appliance, "root"));
        }

        Assert.Contains(place, Fail(g => g.SetPath(appliance), AfterBoot).Message, StringComparison.Ordinal);
    }

    private static GuestfsLaunchException Fail(Action<GuestfsHandle> prepare, StallLimits limits)
    {
        using GuestfsHandle g = new(new GuestfsHandleOptions { IgnoreEnvironment = true, Accelerator = Accelerator.Tcg });
        g.SetBackend("direct");
        g.AddDriveScratch(1 << 20);
        g.Session.EmulatedLimits = limits;
        prepare(g);
        GuestfsLaunchException e = Assert.Throws<GuestfsLaunchException>(g.Launch);
        Assert.Equal(LaunchFailure.Stalled, e.Failure);
        return e;
    }
}
