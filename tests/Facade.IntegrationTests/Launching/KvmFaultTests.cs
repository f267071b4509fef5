// KVM that runs a guest when it is tried, and then fails in the launch. The judges: the real qemu, and the arguments it was started with.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Launching;

public sealed class KvmFaultTests(TempDirectory forAll) : IClassFixture<TempDirectory>
{
    // A kernel of a few instructions in the place of the appliance's.
    private const string WithKernel = "set -- \"$@\" -kernel";

    [Theory]
    [InlineData("(sleep 1; kill -ABRT $$) &", "SIGABRT")]
    [InlineData("echo 'qemu: error: failed to set MSR 0x10a to 0x69' >&2; exit 1", "failed to set MSR 0x10a")]
    [InlineData("set -- \"$@\" -S", "paused")]
    [InlineData("(sleep 1; kill -STOP $$) &", "stopped")]
    [InlineData(WithKernel + " $PWD/halts", "the processor was not used")]
    [InlineData(WithKernel + " $PWD/spins", "of processor time")]
    public void The_launch_goes_on_with_emulation_and_that_is_remembered(string fault, string reason)
    {
        using FakeKvmQemu qemu = new(fault);
        string disk = forAll.File("disk"), lower = forAll.File("lower");
        SetLength(disk, 1 << 20);
        SetLength(lower, 2 << 20);
        List<string> notes = [];
        int exits = 0;
        using (GuestfsHandle g = NewHandle(qemu))
        {
            g.LibraryMessageReceived += (_, e) => notes.Add(e.Text);
            g.ApplianceExited += (_, _) => exits++;
            g.AddDrive(disk, new() { Format = "raw", Label = "first" });
            g.AddDriveRo(lower);
            g.AddDriveScratch(3 << 20);

            g.Launch();

            Assert.Equal(Accelerator.Tcg, g.AcceleratorChoice!.Accelerator);
            Assert.Contains("a launch under KVM failed", g.AcceleratorChoice.Reason, StringComparison.Ordinal);
            Assert.Contains(reason, g.AcceleratorChoice.Reason, StringComparison.Ordinal);
            Assert.Contains(notes, note => note.Contains(g.AcceleratorChoice.Reason, StringComparison.Ordinal));
            Assert.Equal(0, exits);
            Assert.Equal([1L << 20, 2L << 20, 3L << 20], g.ListDevices().Select(g.BlockdevGetsize64));
            g.Shutdown();
        }

        Assert.Equal(2, qemu.Launched.Count);
        Assert.EndsWith("accel=tcg", qemu.Launched[1], StringComparison.Ordinal);
        if (reason == "SIGABRT")
        {
            NothingIsTriedAgain(qemu);
        }
    }

    private static void NothingIsTriedAgain(FakeKvmQemu qemu)
    {
        using (GuestfsHandle g = NewHandle(qemu))
        {
            g.AddDriveScratch(1 << 20);
            g.Launch();
            Assert.Contains("a launch under KVM failed", g.AcceleratorChoice!.Reason, StringComparison.Ordinal);
        }

        Assert.Equal(3, qemu.Launched.Count);
        Assert.EndsWith("accel=tcg", qemu.Launched[2], StringComparison.Ordinal);
    }

    private static GuestfsHandle NewHandle(FakeKvmQemu qemu)
    {
        GuestfsHandle g = new(new GuestfsHandleOptions { IgnoreEnvironment = true, AlwaysBoot = true });
        g.SetBackend("direct");
        g.SetHv(qemu.File);
        g.UseRunAppliance();
        g.Session.KvmDevice = "/dev/null";
        return g;
    }

    private static void SetLength(string file, long length)
    {
        using FileStream image = File.Create(file);
        image.SetLength(length);
    }
}
