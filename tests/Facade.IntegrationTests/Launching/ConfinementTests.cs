// What the qemu of a launched handle may still do. The kernel is the judge: /proc/PID/status.
using System.Globalization;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Launching;

public class ConfinementTests
{
    [Fact]
    public void Qemu_is_confined_unless_the_handle_says_otherwise()
    {
        using RecordingLogs logs = new();
        using GuestfsHandle confined = Launched(new GuestfsHandleOptions { LoggerFactory = logs });
        using GuestfsHandle free = Launched(new GuestfsHandleOptions { Confinement = Confinement.None });

        Assert.True(confined.ConfinementChoice!.Confinement.HasFlag(Confinement.SystemCalls), confined.ConfinementChoice.Reason);
        Assert.Equal(Filters(Environment.ProcessId) + 1, Filters(confined.GetPid()));
        Assert.Contains(logs.Texts("Guestfs"), text => text.Contains(confined.ConfinementChoice.Reason, StringComparison.Ordinal));

        Assert.Equal(Confinement.None, free.ConfinementChoice!.Confinement);
        Assert.Contains(nameof(GuestfsHandleOptions.Confinement), free.ConfinementChoice.Reason, StringComparison.Ordinal);
        Assert.Equal(Filters(Environment.ProcessId), Filters(free.GetPid()));

        Assert.Equal("1", Status(confined.GetPid(), "NoNewPrivs"));
    }

    [Fact]
    public void It_holds_with_a_network_and_again_after_another_launch()
    {
        using GuestfsHandle g = NewHandle.ForAppliance();
        g.SetNetwork(true);
        g.AddDriveScratch(1 << 20);
        g.Launch();
        g.Shutdown();
        g.AddDriveScratch(1 << 20);
        g.Launch();
        Assert.Single(g.ListDevices());
        Assert.True(Filters(g.GetPid()) > Filters(Environment.ProcessId));
    }

    private static GuestfsHandle Launched(GuestfsHandleOptions options)
    {
        GuestfsHandle g = NewHandle.ForAppliance(options);
        g.AddDriveScratch(1 << 20);
        g.Launch();
        return g;
    }

    private static int Filters(int process) => int.Parse(Status(process, "Seccomp_filters"), CultureInfo.InvariantCulture);

    private static string Status(int process, string name) =>
        File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith(name + ":", StringComparison.Ordinal)).Split('\t')[1];
}
