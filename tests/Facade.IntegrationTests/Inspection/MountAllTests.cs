// Mounting a guest as it mounts itself; the kernel tells what is mounted.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Inspection;

[Collection(nameof(InspectionAppliance))]
public sealed class MountAllTests
{
    private readonly InspectionAppliance appliance;
    private readonly GuestfsHandle g;

    /// <summary>Begins with nothing mounted, whatever a failed test left.</summary>
    public MountAllTests(InspectionAppliance appliance)
    {
        this.appliance = appliance;
        g = appliance.Guestfs;
        g.UmountAll();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Filesystems_are_mounted_parents_first_and_those_that_cannot_be_are_reported(bool readOnly)
    {
        GuestOperatingSystem debian = appliance.Find("debian");
        GuestMountReport report = g.MountAll(debian, readOnly);
        Assert.Equal(["/", "/var", "/boot", "/var/log"], report.Mounted.Select(m => m.Path));
        Assert.False(report.IsComplete);
        Assert.Equal(
            [
                ("/", appliance.KernelName(1, 2), readOnly),
                ("/var", "/dev/mapper/guestvg-var", readOnly),
                ("/boot", appliance.KernelName(1, 1), readOnly),
                ("/var/log", "/dev/mapper/guestvg-log", readOnly),
            ],
            appliance.KernelMounts());

        GuestMountFailure missingDevice = report.Failed.Single(f => f.Mountpoint.Path == "/srv");
        Assert.Equal(readOnly ? "mount_ro" : "mount", missingDevice.Exception.Operation);
        Assert.Contains("/dev/sdx9 is not on the disks", missingDevice.Remedy, StringComparison.Ordinal);
        GuestMountFailure missingDirectory = report.Failed.Single(f => f.Mountpoint.Path == "/missing");
        Assert.Contains("no directory /missing", missingDirectory.Remedy, StringComparison.Ordinal);
        Assert.Equal(2, report.Failed.Count);
        CompareWithMount(report);

        Assert.Throws<InvalidOperationException>(() => g.MountAll(debian));
        g.UmountAll();
        Assert.Empty(appliance.KernelMounts());
    }

    // mount(8) says of the same lines which it would try, and which it passes over.
    private void CompareWithMount(GuestMountReport report)
    {
        Command.Require("mount");
        Assert.Equal(InspectionAppliance.DebianFstab.Trim().Split('\n').Length, report.Results.Count);
        Assert.Equal(Enumerable.Range(1, report.Results.Count), report.Results.Select(r => r.Entry.Line ?? 0));
        string file = appliance.HostFile("fstab");
        File.WriteAllText(file, InspectionAppliance.DebianFstab.Replace("LABEL=", "/dev/disk/by-label/", StringComparison.Ordinal));
        string[] judge =
        [
            .. Command.Run("mount", "--all", "--fake", "--verbose", "--fstab", file).Split('\n')
                .Where(l => l.Contains(": ignored", StringComparison.Ordinal))
                .Select(l => l.Split(' ')[0])
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(
            judge,
            report.Results.Where(r => r.Outcome is GuestMountOutcome.NotAutomatic or GuestMountOutcome.Swap || r.Entry.Path == "/")
                .Select(r => r.Entry.Path)
                .Order(StringComparer.Ordinal));

        // And the kernel, which of the others it has mounted.
        Assert.Equal(
            appliance.KernelMounts().Select(m => m.Path).Order(StringComparer.Ordinal),
            report.Results.Where(r => r.Outcome == GuestMountOutcome.Mounted).Select(r => r.Entry.Path).Order(StringComparer.Ordinal));
        Assert.Equal(
            [
                ("/missing", GuestMountOutcome.DirectoryMissing), ("/srv", GuestMountOutcome.DeviceMissing),
                ("/tmp", GuestMountOutcome.KernelFilesystem), ("/home", GuestMountOutcome.DeviceMissing),
                ("/lib", GuestMountOutcome.Network), ("/etc", GuestMountOutcome.Bind),
            ],
            report.Results
                .Where(r => r.Outcome is not (GuestMountOutcome.Mounted or GuestMountOutcome.NotAutomatic or GuestMountOutcome.Swap))
                .Select(r => (r.Entry.Path, r.Outcome)));
        GuestMountResult optional = report.Results.Single(r => r.Entry.Path == "/home");
        Assert.Contains("is not on the disks", optional.Text, StringComparison.Ordinal);
        Assert.Contains("starts without it", optional.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Subvolumes_of_btrfs_are_mounted()
    {
        GuestMountReport report = g.MountAll(appliance.Find("archlinux"));
        Assert.True(report.IsComplete);
        Assert.Equal(["/", "/home"], report.Mounted.Select(m => m.Path));
        string[] subvolumes = appliance.Shell("grep /sysroot /proc/self/mountinfo | cut -d' ' -f4,5").Trim().Split('\n');
        Assert.Equal(["/root /sysroot", "/home /sysroot/home"], subvolumes);
        g.UmountAll();
    }

    [Fact]
    public void Of_Windows_the_system_drive_is_mounted()
    {
        GuestOperatingSystem windows = appliance.Find("windows");
        GuestMountReport report = g.MountAll(windows);
        Assert.True(report.IsComplete);
        Assert.Equal(windows.DriveMappings["C"], report.Mounted.Single().Mountable);
        Assert.Equal(appliance.HasNtfs ? "ntfs" : "vfat", report.Mounted.Single().FilesystemType);
        Assert.Equal(("/", appliance.KernelName(0, 1), true), appliance.KernelMounts().Single());
        g.UmountAll();
    }

    [Fact]
    public void The_root_is_mounted_even_if_fstab_names_another_device_for_it()
    {
        GuestOperatingSystem debian = appliance.Find("debian");
        GuestMountReport report = g.MountAll(debian with { Mountpoints = [new("/", "/dev/xvdz1", null)] });
        Assert.True(report.IsComplete);
        Assert.Equal(appliance.KernelName(1, 2), appliance.KernelMounts().Single().Device);
        g.UmountAll();
    }

    [Theory]
    [InlineData("/dev/sdz1", "not on the disks")]
    [InlineData("/dev/guestvg/swap", "out of date")]
    public void A_root_that_cannot_be_mounted_is_an_error_with_a_remedy(string root, string remedy)
    {
        GuestfsException error = Assert.Throws<GuestfsException>(() => g.MountAll(appliance.Find("debian") with { Root = root }));
        Assert.Equal("mount_ro", error.Operation);
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(Assert.IsType<GuestfsException>(error.InnerException).Message, error.Message, StringComparison.Ordinal);
        Assert.Empty(appliance.KernelMounts());
    }

    [Fact]
    public void A_journal_that_cannot_be_replayed_is_reported_and_the_remedy_works()
    {
        // Mounted, written to and copied meanwhile: the copy's journal is not clean. A read-only device cannot be replayed to.
        GuestOperatingSystem debian = appliance.Find("debian");
        string device = debian.Mountpoints.Single(m => m.Path == "/var/log").Mountable;
        appliance.Shell(
            "mkdir /tmp/j && mount /dev/guestvg/log /tmp/j && echo text > /tmp/j/file && sync -f /tmp/j && dd if=/dev/guestvg/log "
            + "of=/tmp/copy bs=1M && umount /tmp/j && dd if=/tmp/copy of=/dev/guestvg/log bs=1M && rm /tmp/copy");
        g.BlockdevSetro(device);
        GuestMountFailure failure = g.MountAll(debian).Failed.Single(f => f.Mountpoint.Path == "/var/log");
        Assert.Contains("MountOptions and the options ro,noload", failure.Remedy, StringComparison.Ordinal);

        g.MountOptions("ro,noload", device, "/var/log");
        Assert.Contains(appliance.KernelMounts(), m => m.Path == "/var/log");
        g.UmountAll();
        g.BlockdevSetrw(device);
        Assert.Contains(g.MountAll(debian).Mounted, m => m.Path == "/var/log");
        g.UmountAll();
    }
}
