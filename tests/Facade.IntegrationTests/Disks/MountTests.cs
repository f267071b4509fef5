// Mounting, which the appliance's kernel tells in /proc/mounts.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Disks;

[Collection(nameof(DisksAppliance))]
public sealed class MountTests(DisksAppliance appliance)
{
    private readonly GuestfsHandle g = appliance.Guestfs;

    [Fact]
    public void A_read_only_mount_refuses_writes_until_it_is_remounted()
    {
        ScratchDisk disk = appliance.TakeDisk();
        g.Mkfs("ext4", disk.Device);
        string root = appliance.NewMountpoint();
        g.MountRo(disk.Device, root);
        Assert.StartsWith("ro,", Kernel(root).Options, StringComparison.Ordinal);
        GuestfsException error = Assert.Throws<GuestfsException>(() => g.Write(root + "/file", "x"u8));
        Assert.Equal(("write", 30), (error.Operation, error.Errno));

        g.Remount(root, new RemountOptions { Rw = true });
        Assert.StartsWith("rw,", Kernel(root).Options, StringComparison.Ordinal);
        g.Write(root + "/file", "x"u8);
        appliance.Unmount(root);
        Assert.Equal("x", ExtJudge.Debugfs(disk.Image, "cat /file"));
        ExtJudge.Check(disk.Image);
    }

    [Fact]
    public void What_its_driver_mounts_read_only_instead_has_not_been_mounted()
    {
        ScratchDisk windows = appliance.TakeDisk(), root = appliance.TakeDisk();
        g.Mkfs("ntfs", windows.Device);
        g.Mkfs("ext4", root.Device);
        string mountpoint = appliance.NewMountpoint();
        g.Mount(windows.Device, mountpoint);
        g.Write(mountpoint + "/hiberfil.sys", [.. "hibr"u8, .. new byte[4092]]);
        g.Umount(mountpoint);

        GuestfsException failed = Assert.Throws<GuestfsException>(() => g.Mount(windows.Device, mountpoint));
        Assert.Equal(("mount", 30), (failed.Operation, failed.Errno));
        Assert.Contains("remove_hiberfile", failed.Message, StringComparison.Ordinal);
        Assert.Throws<GuestfsException>(() => g.MountOptions("noatime", windows.Device, mountpoint));
        Assert.DoesNotContain(mountpoint, appliance.Shell("cat /proc/mounts"), StringComparison.Ordinal);

        // It is what the driver does, by the kernel's word, and reading is possible.
        g.MountRo(windows.Device, mountpoint);
        Assert.StartsWith("ro,", Kernel(mountpoint).Options, StringComparison.Ordinal);
        g.Umount(mountpoint);
        g.MountOptions("noatime,ro", windows.Device, mountpoint);
        g.Umount(mountpoint);

        g.Mount(root.Device, mountpoint);
        g.Mkdir(mountpoint + "/windows");
        g.Umount(mountpoint);
        GuestOperatingSystem system = new() { Root = root.Device, Mountpoints = [new("/windows", windows.Device, "ntfs")] };
        GuestMountFailure failure = Assert.Single(g.MountAll(system, readOnly: false).Failed);
        Assert.Equal(30, failure.Exception.Errno);
        Assert.Contains("remove_hiberfile", failure.Remedy, StringComparison.Ordinal);
        g.UmountAll();
        Assert.Empty(g.MountAll(system).Failed);
        g.UmountAll();

        // The remedy helps.
        mountpoint = appliance.NewMountpoint();
        g.MountOptions("remove_hiberfile", windows.Device, mountpoint);
        g.Write(mountpoint + "/file", "x"u8);
        g.Umount(mountpoint);
    }

    [Fact]
    public void What_is_made_only_for_reading_is_mounted()
    {
        Assert.SkipUnless(g.FeatureAvailable(["squashfs"]) && g.FilesystemAvailable("squashfs"), "The appliance has no squashfs.");
        ScratchDisk disk = appliance.TakeDisk(), source = appliance.TakeDisk();
        g.Mkfs("ext4", source.Device);
        string mountpoint = appliance.Mount(source.Device);
        using TempDirectory host = new();
        g.Mksquashfs(mountpoint, host.File("squashfs"));
        g.Umount(mountpoint);
        g.Upload(host.File("squashfs"), disk.Device);
        g.Mount(disk.Device, mountpoint);
        Assert.StartsWith("ro,", Kernel(mountpoint).Options, StringComparison.Ordinal);
        g.Umount(mountpoint);
    }

    [Fact]
    public void A_subvolume_that_is_read_only_is_warned_of_as_its_mount_does_not_tell()
    {
        ScratchDisk disk = appliance.TakeDisk(DisksAppliance.LargeDisk);
        string kept = $"btrfsvol:{disk.Device}/kept", changed = $"btrfsvol:{disk.Device}/changed";
        g.MkfsBtrfs([disk.Device]);
        string mountpoint = appliance.Mount(disk.Device);
        g.BtrfsSubvolumeCreate(mountpoint + "/plain");
        g.BtrfsSubvolumeSnapshot(mountpoint + "/plain", mountpoint + "/kept", new BtrfsSubvolumeSnapshotOptions { Ro = true });
        long number = (long)g.BtrfsSubvolumeList(mountpoint).Single(s => s.Path == "kept").Id;
        g.Umount(mountpoint);

        // The judges: the kernel calls it writable, and lets nobody write.
        string warning = Assert.Single(Warnings(() => g.Mount(kept, mountpoint)));
        Assert.Contains(kept, warning, StringComparison.Ordinal);
        Assert.StartsWith("rw,", Kernel(mountpoint).Options, StringComparison.Ordinal);
        Assert.Equal("Read-only file system", appliance.Shell($"touch /sysroot{mountpoint}/file 2>&1 | sed 's/.*: //'"));
        g.Umount(mountpoint);
        Assert.Single(Warnings(() => g.MountOptions("noatime", kept, mountpoint)));
        g.Umount(mountpoint);
        Assert.Empty(Warnings(() => g.MountRo(kept, mountpoint)));
        g.Umount(mountpoint);
        Assert.Empty(Warnings(() => g.MountOptions("ro", kept, mountpoint)));
        g.Umount(mountpoint);

        // The remedy helps.
        g.Mount(disk.Device, mountpoint);
        Assert.Contains(nameof(GuestfsHandle.BtrfsSubvolumeSnapshot), warning, StringComparison.Ordinal);
        g.BtrfsSubvolumeSnapshot(mountpoint + "/kept", mountpoint + "/changed");
        g.BtrfsSubvolumeSetDefault(number, mountpoint);
        g.Umount(mountpoint);
        Assert.Empty(Warnings(() => g.Mount(changed, mountpoint)));
        g.Write(mountpoint + "/file", "x"u8);
        g.Umount(mountpoint);

        // Where the device does not name it.
        Assert.Single(Warnings(() => g.Mount(disk.Device, mountpoint)));
        g.Umount(mountpoint);

        List<string> Warnings(Action mount)
        {
            List<string> warnings = [];
            EventHandler<GuestfsMessageEventArgs> listener = (_, e) => warnings.Add(e.Text);
            g.WarningReceived += listener;
            try
            {
                mount();
            }
            finally
            {
                g.WarningReceived -= listener;
            }

            return warnings;
        }
    }

    [Fact]
    public void Mount_options_and_mountpoints_are_those_of_the_kernel()
    {
        ScratchDisk disk = appliance.TakeDisk();
        g.Mkfs("ext4", disk.Device);
        string root = appliance.NewMountpoint();
        g.MountVfs("noatime,nodev,nosuid", "ext4", disk.Device, root);
        (string device, string type, string options) = Kernel(root);
        Assert.Equal((disk.KernelDevice, "ext4"), (device, type));
        Assert.Equal(["noatime", "nodev", "nosuid"], options.Split(',').Where(o => o.StartsWith("no", StringComparison.Ordinal)).Order());
        Assert.Equal(root, g.Mountpoints()[disk.Device]);
        Assert.Contains(disk.Device, g.Mounts());

        string[] statvfs = appliance.Shell($"stat -f -c '%S %b %a %c %d' /sysroot{root}").Trim().Split(' ');
        StatVfs ours = g.Statvfs(root);
        Assert.Equal(statvfs, new[] { ours.FrSize, ours.Blocks, ours.BAvail, ours.Files, ours.FFree }
            .Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        g.Umount(root);
        Assert.DoesNotContain(root, appliance.Shell("cat /proc/mounts"), StringComparison.Ordinal);
        Assert.DoesNotContain(disk.Device, g.Mounts());
        Assert.Equal("umount", Assert.Throws<GuestfsException>(() => g.Umount(root)).Operation);
    }

    [Fact]
    public void An_image_in_a_guest_file_is_mounted_through_a_loop_device()
    {
        ScratchDisk disk = appliance.TakeDisk();
        g.Mkfs("ext4", disk.Device);
        string outer = appliance.Mount(disk.Device);
        string image = appliance.HostFile("inner.img");
        string tree = Directory.CreateDirectory(appliance.HostFile("inner")).FullName;
        File.WriteAllText(Path.Combine(tree, "greeting"), "from the host");
        Command.Run("mke2fs", "-q", "-t", "ext4", "-d", tree, image, "8M");
        g.Upload(image, outer + "/inner.img");

        string inner = appliance.NewMountpoint();
        g.MountLoop(outer + "/inner.img", inner);
        Assert.Equal("from the host", g.Cat(inner + "/greeting"));
        g.Umount(inner);
        appliance.Unmount(outer);
    }

    [Fact]
    public void Garbage_does_not_mount_and_the_reason_is_told()
    {
        ScratchDisk disk = appliance.TakeDisk();
        g.PwriteDevice(disk.Device, "this is no filesystem"u8, 1024);
        string root = appliance.NewMountpoint();
        GuestfsException error = Assert.Throws<GuestfsException>(() => g.Mount(disk.Device, root));
        Assert.Equal("mount", error.Operation);
        Assert.Contains("wrong fs type", error.Message, StringComparison.Ordinal);

        GuestfsException missing = Assert.Throws<GuestfsException>(() => g.Mount("/dev/sdnone", root));
        Assert.Equal(("mount", 2), (missing.Operation, missing.Errno));
    }

    private (string Device, string Type, string Options) Kernel(string mountpoint)
    {
        string[] fields = appliance.Shell($"grep {mountpoint} /proc/mounts").Split(' ');
        return (fields[0], fields[2], fields[3]);
    }
}
