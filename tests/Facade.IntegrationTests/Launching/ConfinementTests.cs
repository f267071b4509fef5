// What the qemu of a launched handle may still do. The kernel is the judge: /proc/PID/status.
using System.Globalization;

using Guestfs.IntegrationTests.Support;
using Guestfs.Interop;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Launching;

public class ConfinementTests
{
    // capabilities(7): CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_SYS_RESOURCE.
    private const long KeptCapabilities = 1 << 1 | 1 << 2 | 1 << 24;

    [Fact]
    public void Qemu_is_confined_unless_the_handle_says_otherwise()
    {
        using RecordingLogs logs = new();
        using GuestfsHandle confined = Launched(new GuestfsHandleOptions { LoggerFactory = logs });
        using GuestfsHandle filtered = Launched(new GuestfsHandleOptions { Confinement = Confinement.SystemCalls });
        using GuestfsHandle free = Launched(new GuestfsHandleOptions { Confinement = Confinement.None });

        // qemu's own filter, and that of the launcher, which tells no more than the kernel.
        Assert.Equal(Confinement.Full, confined.ConfinementChoice!.Confinement);
        Assert.Equal(2, Filters(confined));
        Assert.Equal("1", Status(confined.GetPid(), "NoNewPrivs"));
        Assert.Equal(0, Convert.ToInt64(Status(confined.GetPid(), "CapBnd"), 16) & ~KeptCapabilities);
        Assert.Contains(logs.Texts("Guestfs"), text => text.Contains(confined.ConfinementChoice.Reason, StringComparison.Ordinal));

        Assert.Equal((Confinement.SystemCalls, 1), (filtered.ConfinementChoice!.Confinement, Filters(filtered)));
        Assert.Equal((Confinement.None, 0), (free.ConfinementChoice!.Confinement, Filters(free)));
        Assert.Contains(nameof(GuestfsHandleOptions.Confinement), free.ConfinementChoice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void It_holds_with_a_network_and_again_after_another_launch_and_the_hypervisor_keeps_its_name()
    {
        using GuestfsHandle g = NewHandle.ForAppliance();

        // Newer versions of libguestfs have its name alone until then.
        string hypervisor = GuestfsLibrary.Bundle is null ? Command.Find(Path.GetFileName(g.GetHv()))! : g.GetHv();
        g.SetNetwork(true);
        g.AddDriveScratch(1 << 20);
        g.Launch();
        Assert.Equal((Confinement.Full, hypervisor), (g.ConfinementChoice!.Confinement, g.GetHv()));
        Assert.Contains(Path.GetFileName(hypervisor), File.ReadAllText($"/proc/{g.GetPid()}/cmdline").Split('\0')[..5].Select(
            word => word.Split('/')[^1]));
        g.Shutdown();
        g.SetNetwork(false);
        g.AddDriveScratch(1 << 20);
        g.Launch();
        Assert.Single(g.ListDevices());
        Assert.Equal((Confinement.Full, hypervisor, 2), (g.ConfinementChoice!.Confinement, g.GetHv(), Filters(g)));
    }

    // Each of these is a file that qemu opens by itself, because another one names it.
    [Fact]
    public void Disks_of_several_files_work()
    {
        Command.Require("qemu-img");
        using TempDirectory directory = new();
        string image(string name) => directory.File(name);
        Directory.CreateDirectory(image("sub"));
        string[][] commands =
        [
            ["create", "-f", "raw", image("base"), "1M"],
            ["create", "-f", "qcow2", "-b", "../base", "-F", "raw", image("sub/relative")],
            ["create", "-f", "qcow2", "-b", image("sub/link"), "-F", "qcow2", image("absolute")],
            ["create", "-f", "qcow2", "-b", $"json:{{\"file\":{{\"driver\":\"file\",\"filename\":\"{image("absolute")}\"}}}}", "-F",
                "qcow2", image("json")],
            ["create", "-f", "qcow2", "-o", $"data_file={image("data")}", image("external"), "2M"],
            ["create", "-f", "vmdk", "-o", "subformat=twoGbMaxExtentSparse", image("extents.vmdk"), "3M"],
            ["create", "-f", "vmdk", "-o", "subformat=monolithicFlat", image("flat.vmdk"), "4M"],
            ["create", "-f", "qed", "-b", image("json"), "-F", "qcow2", image("qed")],
        ];
        File.CreateSymbolicLink(image("sub/link"), image("sub/relative"));
        foreach (string[] command in commands)
        {
            Command.Run("qemu-img", command);
        }

        using GuestfsHandle g = NewHandle.ForAppliance(new GuestfsHandleOptions { Confinement = Confinement.Full });
        g.AddDrive(image("external"), new() { Format = "qcow2" });
        g.AddDrive(image("extents.vmdk"), new() { Format = "vmdk" });
        g.AddDrive(image("flat.vmdk"), new() { Format = "vmdk", ReadOnly = true });
        g.AddDrive(image("qed"), new() { Format = "qed", ReadOnly = true });
        g.AddDrive(image("json"), new() { Format = "qcow2", ReadOnly = true });
        g.Launch();
        Assert.Equal([2 << 20, 3 << 20, 4 << 20, 1 << 20, 1 << 20], g.ListDevices().Select(g.BlockdevGetsize64));
        foreach (string device in g.ListDevices())
        {
            g.PwriteDevice(device, "written"u8, 4096);
            Assert.Equal("written"u8.ToArray(), g.PreadDevice(device, 7, 4096));
        }

        g.Shutdown();
        Assert.Contains("written", File.ReadAllText(image("data")), StringComparison.Ordinal);
        Assert.All(File.ReadAllBytes(image("base")), b => Assert.Equal(0, b));
    }

    // libguestfs leaves it to qemu to find out what is in a disk that is read-only.
    [Theory]
    [InlineData(null)]
    [InlineData(Confinement.None)]
    public void What_a_guest_writes_into_its_disk_names_no_file_of_the_host(Confinement? confinement)
    {
        Command.Require("qemu-img", "cryptsetup");
        using TempDirectory directory = new();
        string secret = directory.File("secret"), raw = directory.File("raw"), qcow2 = directory.File("qcow2"),
            encrypted = directory.File("encrypted");
        File.WriteAllBytes(secret, [.. "of the host"u8, .. new byte[1 << 20]]);
        Command.Run("qemu-img", "create", "-q", "-f", "qcow2", "-b", secret, "-F", "raw", raw);
        using (FileStream file = File.OpenWrite(raw))
        {
            file.SetLength(2 << 20);
        }

        Command.Run("qemu-img", "convert", "-f", "raw", "-O", "qcow2", raw, qcow2);
        File.WriteAllBytes(encrypted, new byte[4 << 20]);
        LuksImage.FormatQuickly(encrypted, "key", version: 1);

        using GuestfsHandle g = NewHandle.ForAppliance(new GuestfsHandleOptions { Confinement = confinement });
        g.AddDrive(raw, new() { Format = "raw", ReadOnly = true });
        g.AddDrive(qcow2, new() { Format = "qcow2", ReadOnly = true });
        g.AddDrive(encrypted, new() { Format = "raw", ReadOnly = true });
        g.Launch();

        Assert.Equal([2 << 20, 2 << 20, 4 << 20], g.ListDevices().Select(g.BlockdevGetsize64));
        foreach ((string device, string content) in (ReadOnlySpan<(string, string)>)
            [("/dev/sda", raw), ("/dev/sdb", raw), ("/dev/sdc", encrypted)])
        {
            byte[] start = File.ReadAllBytes(content)[..65536];
            Assert.Equal(start, g.PreadDevice(device, start.Length, 0));
        }
    }

    private static GuestfsHandle Launched(GuestfsHandleOptions options)
    {
        GuestfsHandle g = NewHandle.ForAppliance(options);
        g.AddDriveScratch(1 << 20);
        g.Launch();
        return g;
    }

    private static int Filters(GuestfsHandle g) => Filters(g.GetPid()) - Filters(Environment.ProcessId);

    private static int Filters(int process) => int.Parse(Status(process, "Seccomp_filters"), CultureInfo.InvariantCulture);

    private static string Status(int process, string name) =>
        File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith(name + ":", StringComparison.Ordinal)).Split('\t')[1];
}
