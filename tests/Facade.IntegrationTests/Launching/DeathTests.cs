// Appliances that end when nobody asked them to. The default handle starts the first, with nothing in the environment that says how; the
// others are of the run's appliance, which starts faster.
using System.Diagnostics;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Launching;

public class DeathTests
{
    [Fact]
    public void A_call_during_which_the_appliance_ends_and_one_after_that_fail_each_with_its_reason()
    {
        using GuestfsHandle killedInCall = Started(withDefaults: true), killedBetween = Started();
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
        Assert.Equal(ApplianceDeath.HypervisorKilled, died.Cause);
        Assert.Contains("signal 9 (SIGKILL)", died.Message, StringComparison.Ordinal);
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
        GuestfsApplianceDiedException died =
            Assert.Throws<GuestfsApplianceDiedException>(() => g.Debug("sh", ["kill -KILL $PPID; sleep 30"]));
        Assert.Equal((ApplianceDeath.DaemonEnded, 1, GuestfsState.Config), (died.Cause, quits, g.State));
        Assert.Contains("debug", died.Message, StringComparison.Ordinal);
        Assert.NotEmpty(died.Console);
        Assert.False(Directory.Exists($"/proc/{process}"));
    }

    [Theory]
    [InlineData("SEGV", ApplianceDeath.HypervisorCrashed, "signal 11 (SIGSEGV)")]
    [InlineData("TERM", ApplianceDeath.HypervisorKilled, "SIGTERM")]
    public void Qemu_ends_by_a_signal_between_calls(string signal, ApplianceDeath cause, string text)
    {
        using GuestfsHandle g = Started();
        Command.Run("kill", $"-{signal}", $"{g.GetPid()}");
        Assert.True(SpinWait.SpinUntil(() => g.State == GuestfsState.Config, 30_000));
        GuestfsApplianceDiedException died = Assert.Throws<GuestfsApplianceDiedException>(() => g.ListDevices());
        Assert.Equal(cause, died.Cause);
        Assert.Contains(text, died.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_appliance_that_was_shut_down_is_launched_again_and_watched_again()
    {
        using GuestfsHandle g = Started();
        g.Shutdown();
        g.AddDriveScratch(1 << 20);
        g.AddDriveScratch(1 << 20);
        g.Launch();
        Assert.Equal(2, g.ListDevices().Length);
        Command.Run("kill", "-ABRT", $"{g.GetPid()}");
        Assert.Equal(ApplianceDeath.HypervisorCrashed, Assert.Throws<GuestfsApplianceDiedException>(() => g.ListDevices()).Cause);
    }

    [Theory]
    [InlineData("kill -ABRT $PPID; sleep 60", ApplianceDeath.DaemonEnded, "crashed in debug: ")]
    [InlineData(
        "echo 1000 > /proc/$PPID/oom_score_adj; tail /dev/zero", ApplianceDeath.GuestOutOfMemory, "too little memory for debug")]
    public void The_daemon_cannot_go_on(string command, ApplianceDeath cause, string text)
    {
        using GuestfsHandle g = Started();
        GuestfsApplianceDiedException died = Assert.Throws<GuestfsApplianceDiedException>(() => g.Debug("sh", [command]));
        Assert.Equal(cause, died.Cause);
        Assert.True(
            died.Message.Contains(text, StringComparison.Ordinal), $"{died.Message}\n{string.Join('\n', died.Console)}");
    }

    [Fact]
    public void The_kernel_of_the_appliance_panics()
    {
        using GuestfsHandle g = Started();
        GuestfsApplianceDiedException died =
            Assert.Throws<GuestfsApplianceDiedException>(() => g.Debug("sh", ["echo c > /proc/sysrq-trigger; sleep 60"]));
        Assert.Equal(ApplianceDeath.KernelPanicked, died.Cause);
        Assert.Contains(died.Console, line => line.Contains("sysrq triggered crash", StringComparison.Ordinal));
    }

    // Without an answer to qemu's event the call would wait for ever: qemu has stopped the machine.
    [Fact]
    public void The_disk_of_an_image_is_full()
    {
        using SmallFilesystem small = new("8m");
        string image = Path.Combine(small.Directory, "image");
        SetLength(image, 64 << 20);
        using GuestfsHandle g = Started(g => g.AddDrive(image, new() { Format = "raw" }));

        GuestfsApplianceDiedException died = Assert.Throws<GuestfsApplianceDiedException>(() => Fill(g));

        Assert.Equal(ApplianceDeath.HostDiskFull, died.Cause);
        string free = Command.Run("df", "--output=avail", "-B1", small.Directory).Split('\n')[1].Trim();
        Assert.Contains($"{image} ({free} bytes are free in {small.Directory})", died.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_no_room_for_what_is_written_to_a_read_only_disk()
    {
        using SmallFilesystem small = new("8m");
        using TempDirectory directory = new();
        string image = directory.File("image");
        SetLength(image, 64 << 20);
        using GuestfsHandle g = Started(g =>
        {
            g.SetTmpdir(small.Directory);
            g.AddDrive(image, new() { Format = "raw", ReadOnly = true });
        });

        GuestfsApplianceDiedException died = Assert.Throws<GuestfsApplianceDiedException>(() => Fill(g));

        Assert.Equal(ApplianceDeath.HostDiskFull, died.Cause);
        Assert.Contains($"the overlay that takes what is written to {image}", died.Message, StringComparison.Ordinal);
        Assert.Contains("TMPDIR", died.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_room_when_the_handler_for_full_disks_has_made_some()
    {
        using SmallFilesystem small = new("8m");
        using TempDirectory directory = new();
        string image = Path.Combine(small.Directory, "image"), dumped = directory.File("dumped");
        SetLength(image, 64 << 20);
        using GuestfsHandle g = Started(g => g.AddDrive(image, new() { Format = "raw" }));
        List<HostDiskFull> asked = [];
        g.DiskFullHandler = full =>
        {
            asked.Add(full);

            // Once for nothing.
            if (asked.Count == 2)
            {
                Command.Run("mount", "-o", "remount,size=80m", small.Directory);
            }

            return DiskFullAction.Retry;
        };

        Fill(g);

        Assert.InRange(asked.Count, 2, 100);
        Assert.Equal((image, null), (asked[0].FileName, asked[0].BackingFileName));
        Assert.InRange(asked[0].AvailableBytes!.Value, 0, 1 << 20);
        string sum = g.Checksum("sha256", "/file");
        Assert.Equal(50L << 20, g.Filesize("/file"));
        g.Shutdown();
        Command.Run("e2fsck", "-fn", image);
        Command.Run("debugfs", "-R", $"dump /file {dumped}", image);
        Assert.StartsWith(sum, Command.Run("sha256sum", dumped), StringComparison.Ordinal);
    }

    [Fact]
    public void A_handler_for_full_disks_that_throws_ends_the_call()
    {
        using SmallFilesystem small = new("8m");
        string image = Path.Combine(small.Directory, "image");
        SetLength(image, 64 << 20);
        using GuestfsHandle g = Started(g => g.AddDrive(image, new() { Format = "raw" }));
        g.DiskFullHandler = _ => throw new OperationCanceledException("from the handler");
        GuestfsApplianceDiedException died = Assert.Throws<GuestfsApplianceDiedException>(() => Fill(g));
        Assert.Equal(ApplianceDeath.HostDiskFull, died.Cause);
        Assert.Contains("from the handler", died.Message, StringComparison.Ordinal);
    }

    // The guest is told, and the appliance goes on.
    [Fact]
    public void The_host_cannot_read_a_disk_and_then_loses_its_server()
    {
        using DiskServer server = new();
        using GuestfsHandle g =
            Started(g => g.AddDrive("", new() { Format = "raw", Protocol = "nbd", Server = [$"unix:{server.Socket}"] }));

        GuestfsException e = Assert.Throws<GuestfsException>(() => g.PreadDevice("/dev/sda", 512, DiskServer.BadSector * 512));

        Assert.Equal(5, e.Errno);
        Assert.Contains(server.Socket, e.Message, StringComparison.Ordinal);
        Assert.Contains("could not have", e.Message, StringComparison.Ordinal);
        Assert.Matches("The appliance's kernel says: .*sector 2048", e.Message);
        Assert.Equal(512, g.PreadDevice("/dev/sda", 512, 0).Length);

        server.Kill();

        e = Assert.Throws<GuestfsException>(() => g.PreadDevice("/dev/sda", 512, 3 << 20));
        Assert.Equal(5, e.Errno);
        Assert.Contains(server.Socket, e.Message, StringComparison.Ordinal);
        g.PingDaemon();
    }

    // A quota, and a file that its server does not have any more.
    [Theory]
    [InlineData(122, "Disk quota exceeded")]
    [InlineData(116, "Stale file handle")]
    public void The_host_cannot_write_a_disk(int errno, string reason)
    {
        using TempDirectory directory = new();
        string image = directory.File("image");
        SetLength(image, 16 << 20);
        using GuestfsHandle g = Started(g =>
        {
            g.SetHv(BadStorage.Qemu(directory, image, errno));
            g.AddDrive(image, new() { Format = "raw" });
        });

        // The guest has it in its memory, and nobody waits for it.
        Assert.Equal(4096, g.PwriteDevice("/dev/sda", Enumerable.Repeat((byte)1, 4096).ToArray(), 0));
        GuestfsException e = Assert.Throws<GuestfsException>(g.Sync);
        Assert.Equal(("sync", 5), (e.Operation, e.Errno));
        Assert.Contains($"The host could not have {image} written: {reason}.", e.Message, StringComparison.Ordinal);

        // Once.
        g.Sync();
        g.PwriteDevice("/dev/sda", Enumerable.Repeat((byte)1, 4096).ToArray(), 1 << 20);
        e = Assert.Throws<GuestfsException>(g.Shutdown);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.All(File.ReadAllBytes(image), b => Assert.Equal(0, b));
    }

    private static void Fill(GuestfsHandle g)
    {
        g.Mkfs("ext2", "/dev/sda");
        g.Mount("/dev/sda", "/");
        g.Debug("sh", ["head -c 50M /dev/urandom > /sysroot/file; sync"]);
        g.Sync();
    }

    private static void SetLength(string file, long length)
    {
        using FileStream image = File.Create(file);
        image.SetLength(length);
    }

    private static GuestfsHandle Started(Action<GuestfsHandle>? addDisk = null, bool withDefaults = false)
    {
        GuestfsHandle g = new(new GuestfsHandleOptions { IgnoreEnvironment = true });
        g.SetBackend("direct");
        if (!withDefaults)
        {
            g.UseRunAppliance();
        }

        (addDisk ?? (g => g.AddDriveScratch(1 << 20)))(g);
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
