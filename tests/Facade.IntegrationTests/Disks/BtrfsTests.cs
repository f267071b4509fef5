// btrfs, which btrfs-progs read: on the host from the image, in the appliance where only a mounted filesystem answers.
using System.Globalization;
using System.Text.RegularExpressions;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Disks;

[Collection(nameof(DisksAppliance))]
public sealed class BtrfsTests(DisksAppliance appliance)
{
    private readonly GuestfsHandle g = appliance.Guestfs;

    [Fact]
    public void Subvolumes_and_snapshots_are_listed_as_btrfs_lists_them()
    {
        ScratchDisk disk = appliance.TakeDisk(DisksAppliance.LargeDisk);
        g.MkfsBtrfs([disk.Device], new MkfsBtrfsOptions { Label = "snow", NodeSize = 16384 });
        string root = appliance.Mount(disk.Device);
        g.BtrfsSubvolumeCreate(root + "/data");
        g.Mkdir(root + "/data/dir");
        g.Write(root + "/data/dir/file", "before"u8);
        g.BtrfsSubvolumeCreate(root + "/data/nested sub");
        g.BtrfsSubvolumeSnapshot(root + "/data", root + "/read-only", new BtrfsSubvolumeSnapshotOptions { Ro = true });
        g.BtrfsSubvolumeSnapshot(root + "/data", root + "/writable");
        g.Write(root + "/data/dir/file", "after"u8);

        string listed = appliance.Shell($"btrfs subvolume list /sysroot{root}");
        Assert.Equal(
            Regex.Matches(listed, @"^ID (\d+) gen \d+ top level (\d+) path (.*)$", RegexOptions.Multiline)
                .Select(m => (m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value)),
            g.BtrfsSubvolumeList(root).Select(s => (Text(s.Id), Text(s.TopLevelId), s.Path)));
        Assert.Equal(["data", "data/nested sub", "read-only", "writable"], g.BtrfsSubvolumeList(root).Select(s => s.Path));

        // The frozen content, and the refusal to write.
        Assert.Equal("before", appliance.Shell($"cat /sysroot{root}/read-only/dir/file"));
        Assert.Equal(30, Assert.Throws<GuestfsException>(() => g.Write(root + "/read-only/dir/file", "no"u8)).Errno);
        g.Write(root + "/writable/dir/file", "yes"u8);

        IReadOnlyDictionary<string, string> shown = g.BtrfsSubvolumeShow(root + "/read-only");
        IReadOnlyDictionary<string, string> printed = ExtJudge.Fields(appliance.Shell($"btrfs subvolume show /sysroot{root}/read-only"));
        Assert.Equal(printed["UUID"], shown["UUID"]);
        Assert.Equal(printed["Parent UUID"], shown["Parent UUID"]);
        Assert.Equal(printed["Subvolume ID"], shown["Subvolume ID"]);
        Assert.Equal("readonly", shown["Flags"]);

        long writable = (long)g.BtrfsSubvolumeList(root)[3].Id;
        g.BtrfsSubvolumeSetDefault(writable, root);
        Assert.StartsWith($"ID {writable} ", appliance.Shell($"btrfs subvolume get-default /sysroot{root}"), StringComparison.Ordinal);
        Assert.Equal(writable, g.BtrfsSubvolumeGetDefault(root));
        g.BtrfsSubvolumeDelete(root + "/read-only");
        Assert.DoesNotContain("read-only", appliance.Shell($"btrfs subvolume list /sysroot{root}"), StringComparison.Ordinal);
        appliance.Unmount(root);

        Command.Run("btrfs", "check", disk.Image);
        Dictionary<string, string> super = Super(disk);
        Assert.Equal(("snow", "16384"), (super["label"], super["nodesize"]));
        Assert.Equal(super["fsid"], g.VfsUuid(disk.Device));
        Assert.Equal([disk.Device], g.BtrfsFilesystemShow(disk.Device));
        Assert.Equal("btrfs", g.VfsType(disk.Device));
    }

    [Fact]
    public void A_subvolume_is_mounted_by_its_mountable_name()
    {
        ScratchDisk disk = appliance.TakeDisk(DisksAppliance.LargeDisk);
        g.MkfsBtrfs([disk.Device]);
        string root = appliance.Mount(disk.Device);
        g.BtrfsSubvolumeCreate(root + "/sub");
        appliance.Unmount(root);

        string mountable = $"btrfsvol:{disk.Device}/sub";

        // Libraries that do not translate this answer give the kernel's name.
        Assert.Contains(g.MountableDevice(mountable), (string[])[disk.Device, disk.KernelDevice]);
        Assert.Equal("sub", g.MountableSubvolume(mountable));
        string sub = appliance.Mount(mountable);
        g.Write(sub + "/inside", "in the subvolume"u8);
        Assert.Contains("subvol=/sub", appliance.Shell($"grep {sub} /proc/mounts"), StringComparison.Ordinal);
        appliance.Unmount(sub);

        string whole = appliance.Mount(disk.Device);
        Assert.Equal("in the subvolume", appliance.Shell($"cat /sysroot{whole}/sub/inside"));
        appliance.Unmount(whole);
        Command.Run("btrfs", "check", disk.Image);
    }

    [Fact]
    public void Quota_groups_are_listed_as_btrfs_lists_them()
    {
        ScratchDisk disk = appliance.TakeDisk(DisksAppliance.LargeDisk);
        g.MkfsBtrfs([disk.Device]);
        string root = appliance.Mount(disk.Device);
        g.BtrfsQuotaEnable(root, true);
        g.BtrfsSubvolumeCreate(root + "/sub");
        g.BtrfsQgroupCreate("1/7", root);
        g.BtrfsQgroupLimit(root + "/sub", 5 << 20);
        g.FillPattern("quota", 1 << 20, root + "/sub/file");
        g.BtrfsFilesystemSync(root);

        // A limited group refuses more than its limit: EDQUOT.
        Assert.Equal(122, Assert.Throws<GuestfsException>(() => g.Fill('x', 8 << 20, root + "/sub/large")).Errno);
        g.RmF(root + "/sub/large");
        g.BtrfsFilesystemSync(root);

        string printed = appliance.Shell($"btrfs qgroup show --raw /sysroot{root}");
        (string, string, string)[] theirs = [.. Regex.Matches(printed, @"^(\d+/\d+)\s+(\d+)\s+(\d+)", RegexOptions.Multiline)
            .Select(m => (m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value))];
        Assert.Equal(theirs, g.BtrfsQgroupShow(root).Select(q => (q.Id, Text(q.Rfer), Text(q.Excl))));
        Assert.Contains("1/7", theirs.Select(q => q.Item1));
        Assert.True(g.BtrfsQgroupShow(root).Single(q => q.Id == "0/256").Rfer > 1 << 20);
        appliance.Unmount(root);
        Command.Run("btrfs", "check", disk.Image);
    }

    [Fact]
    public void Several_devices_are_one_filesystem_and_one_more_is_added_and_removed()
    {
        ScratchDisk[] disks =
        [
            appliance.TakeDisk(DisksAppliance.LargeDisk),
            appliance.TakeDisk(DisksAppliance.LargeDisk),
            appliance.TakeDisk(DisksAppliance.LargeDisk),
        ];
        g.MkfsBtrfs([disks[0].Device, disks[1].Device], new MkfsBtrfsOptions { DataType = "raid1", Metadata = "raid1" });
        Assert.Equal([disks[0].Device, disks[1].Device], g.BtrfsFilesystemShow(disks[0].Device).Order());

        string root = appliance.Mount(disks[0].Device);
        g.BtrfsDeviceAdd([disks[2].Device], root);
        appliance.Flush();
        Assert.Equal(("3", Super(disks[0])["fsid"]), (Super(disks[0])["num_devices"], Super(disks[2])["fsid"]));
        g.BtrfsDeviceDelete([disks[2].Device], root);
        g.BtrfsFilesystemResize(root, new BtrfsFilesystemResizeOptions { Size = 300 << 20 });
        appliance.Unmount(root);

        Dictionary<string, string> super = Super(disks[0]);
        Assert.Equal("2", super["num_devices"]);
        Assert.Equal(Text(300 << 20), super["dev_item.total_bytes"]);
    }

    private static Dictionary<string, string> Super(ScratchDisk disk)
    {
        string dump = Command.Run("btrfs", "inspect-internal", "dump-super", disk.Image);
        return Regex.Matches(dump, @"^(\S+)\t+(\S+)", RegexOptions.Multiline).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
    }

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
