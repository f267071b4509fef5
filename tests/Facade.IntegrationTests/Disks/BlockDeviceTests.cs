// Whole devices and what is found on them, which blkid, wipefs and the image files themselves tell.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Disks;

[Collection(nameof(DisksAppliance))]
public sealed class BlockDeviceTests(DisksAppliance appliance)
{
    private readonly GuestfsHandle g = appliance.Guestfs;

    [Theory]
    [InlineData("vfat", "FATLABEL")]
    [InlineData("btrfs", "butter")]
    public void A_filesystem_is_recognised_as_the_hosts_blkid_recognises_it(string type, string label)
    {
        ScratchDisk disk = appliance.TakeDisk(type == "btrfs" ? DisksAppliance.LargeDisk : 0);
        g.Mkfs(type, disk.Device, new MkfsOptions { Label = label });
        appliance.Flush();

        Dictionary<string, string> theirs = Command.Run("blkid", "-p", "-o", "export", disk.Image)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .Where(pair => pair[0] != "DEVNAME")
            .ToDictionary(pair => pair[0], pair => pair[1]);
        IReadOnlyDictionary<string, string> ours = g.Blkid(disk.Device);
        foreach (string name in (string[])["LABEL", "UUID", "TYPE", "USAGE"])
        {
            Assert.Equal((name, theirs[name]), (name, ours[name]));
        }

        Assert.Equal(
            (theirs["TYPE"], theirs["LABEL"], theirs["UUID"]), (g.VfsType(disk.Device), g.VfsLabel(disk.Device), g.VfsUuid(disk.Device)));

        g.Wipefs(disk.Device);
        appliance.Flush();
        Assert.Empty(Command.Run("wipefs", "--noheadings", disk.Image));
        Assert.Equal("", g.VfsType(disk.Device));
    }

    [Fact]
    public void Bytes_written_to_a_device_are_in_the_image_and_can_be_zeroed()
    {
        ScratchDisk disk = appliance.TakeDisk();
        Assert.True(g.IsZeroDevice(disk.Device));
        Assert.Equal(disk.Size, g.BlockdevGetsize64(disk.Device));
        Assert.Equal(disk.Size / 512, g.BlockdevGetsz(disk.Device));

        byte[] content = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7))];
        long offset = disk.Size - 9999;
        Assert.Equal(content.Length, g.PwriteDevice(disk.Device, content, offset));
        appliance.Flush();
        Assert.Equal(content, OnHost(offset, content.Length));
        Assert.Equal(content[10..110], g.PreadDevice(disk.Device, 100, offset + 10));
        Assert.False(g.IsZeroDevice(disk.Device));
        Assert.StartsWith(g.ChecksumDevice("sha256", disk.Device), Command.Run("sha256sum", disk.Image), StringComparison.Ordinal);

        g.ZeroDevice(disk.Device);
        appliance.Flush();
        Assert.Equal(new byte[content.Length], OnHost(offset, content.Length));

        byte[] OnHost(long from, int count)
        {
            using FileStream file = File.OpenRead(disk.Image);
            byte[] bytes = new byte[count];
            file.Position = from;
            file.ReadExactly(bytes);
            return bytes;
        }
    }

    [Fact]
    public void A_read_only_block_device_refuses_writes_until_it_is_writable_again()
    {
        ScratchDisk disk = appliance.TakeDisk();
        g.BlockdevSetro(disk.Device);
        Assert.True(g.BlockdevGetro(disk.Device));
        Assert.Equal("1", appliance.Shell($"blockdev --getro {disk.KernelDevice}").Trim());
        GuestfsException error = Assert.Throws<GuestfsException>(() => g.PwriteDevice(disk.Device, "x"u8, 0));
        Assert.Equal(("pwrite_device", 1), (error.Operation, error.Errno));
        g.BlockdevSetrw(disk.Device);
        g.PwriteDevice(disk.Device, "x"u8, 0);
        Assert.Equal("0", appliance.Shell($"blockdev --getro {disk.KernelDevice}").Trim());
    }

    [Fact]
    public void Disk_images_are_created_and_described_as_qemu_img_describes_them()
    {
        Command.Require("qemu-img");
        string backing = appliance.HostFile("backing.raw");
        string overlay = appliance.HostFile("overlay.qcow2");
        g.DiskCreate(backing, "raw", 3 << 20, new DiskCreateOptions { Preallocation = "off" });
        g.DiskCreate(overlay, "qcow2", -1, new DiskCreateOptions
        {
            BackingFile = backing, BackingFormat = "raw", Compat = "1.1", ClusterSize = 131072,
        });

        using System.Text.Json.JsonDocument info =
            System.Text.Json.JsonDocument.Parse(Command.Run("qemu-img", "info", "--output=json", overlay));
        Assert.Equal(131072, info.RootElement.GetProperty("cluster-size").GetInt32());
        Assert.Equal(backing, info.RootElement.GetProperty("backing-filename").GetString());
        Assert.Equal(info.RootElement.GetProperty("format").GetString(), g.DiskFormat(overlay));
        Assert.Equal(info.RootElement.GetProperty("virtual-size").GetInt64(), g.DiskVirtualSize(overlay));
        Assert.True(g.DiskHasBackingFile(overlay));
        Assert.False(g.DiskHasBackingFile(backing));
        Assert.Equal(3 << 20, new FileInfo(backing).Length);
    }
}
