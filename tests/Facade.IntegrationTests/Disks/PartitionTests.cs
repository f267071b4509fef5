// Partition tables, which sfdisk on the host reads.
using System.Globalization;
using System.Text.Json;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Disks;

[Collection(nameof(DisksAppliance))]
public sealed class PartitionTests(DisksAppliance appliance)
{
    private const string LinuxData = "0FC63DAF-8483-4772-8E79-3D69D8477DE4";
    private const string LinuxSwap = "0657FD6D-A4AB-43C4-84E5-0933C84B4F4F";

    private readonly GuestfsHandle g = appliance.Guestfs;

    [Fact]
    public void An_mbr_table_has_the_partitions_types_and_boot_flag_asked_for()
    {
        ScratchDisk disk = appliance.PartitionDisk;
        g.PartInit(disk.Device, "mbr");
        g.PartAdd(disk.Device, "primary", 2048, 40959);
        g.PartAdd(disk.Device, "p", 40960, 81919);
        g.PartAdd(disk.Device, "extended", 81920, -2048);
        g.PartAdd(disk.Device, "logical", 83968, 122879);
        g.PartSetMbrId(disk.Device, 2, 0x8e);
        g.PartSetBootable(disk.Device, 2, true);

        JsonElement table = Sfdisk(disk);
        Assert.Equal("dos", table.GetProperty("label").GetString());
        JsonElement[] partitions = Partitions(table);
        Assert.Equal([2048L, 40960, 81920, 83968], partitions.Select(Start));
        Assert.Equal([38912L, 40960, (disk.Size / 512) - 2048 - 81920 + 1, 38912], partitions.Select(Size));
        Assert.Equal(["83", "8e", "f", "83"], partitions.Select(p => p.GetProperty("type").GetString()));
        Assert.Equal([false, true, false, false], partitions.Select(Bootable));

        Assert.Equal([1, 2, 3, 5], AssertSameAsPartList(disk, partitions).Select(p => p.Num));
        Assert.Equal(0x8e, g.PartGetMbrId(disk.Device, 2));
        Assert.True(g.PartGetBootable(disk.Device, 2));
        Assert.Equal("logical", g.PartGetMbrPartType(disk.Device, 5));
    }

    [Fact]
    public void A_gpt_table_has_the_names_types_guids_and_attributes_asked_for()
    {
        const string diskGuid = "01234567-89AB-CDEF-0123-456789ABCDEF";
        const string partitionGuid = "FEDCBA98-7654-3210-FEDC-BA9876543210";
        ScratchDisk disk = appliance.PartitionDisk;
        g.PartInit(disk.Device, "gpt");
        g.PartAdd(disk.Device, "p", 2048, 20479);
        g.PartAdd(disk.Device, "p", 20480, 40959);
        g.PartSetDiskGuid(disk.Device, diskGuid);
        g.PartSetName(disk.Device, 1, "root-of-all");
        g.PartSetGptType(disk.Device, 1, LinuxData);
        g.PartSetGptGuid(disk.Device, 1, partitionGuid);
        g.PartSetGptType(disk.Device, 2, LinuxSwap);
        g.PartSetName(disk.Device, 2, "swap");
        g.PartSetGptAttributes(disk.Device, 2, (1L << 0) | (1L << 2) | (1L << 60));

        JsonElement table = Sfdisk(disk);
        Assert.Equal("gpt", table.GetProperty("label").GetString());
        Assert.Equal(diskGuid, table.GetProperty("id").GetString());
        JsonElement[] partitions = Partitions(table);
        Assert.Equal([LinuxData, LinuxSwap], partitions.Select(p => p.GetProperty("type").GetString()));
        Assert.Equal(["root-of-all", "swap"], partitions.Select(p => p.GetProperty("name").GetString()));
        Assert.Equal(partitionGuid, partitions[0].GetProperty("uuid").GetString());
        Assert.Equal("RequiredPartition LegacyBIOSBootable GUID:60", partitions[1].GetProperty("attrs").GetString());

        AssertSameAsPartList(disk, partitions);
        Assert.Equal(LinuxSwap, g.PartGetGptType(disk.Device, 2));
        Assert.Equal(partitionGuid, g.PartGetGptGuid(disk.Device, 1));
        Assert.Equal("root-of-all", g.PartGetName(disk.Device, 1));

        // Version 1.48 returns the lower half only.
        Assert.Equal(5, g.PartGetGptAttributes(disk.Device, 2) & 0xFFFF_FFFF);

        g.PartSetDiskGuidRandom(disk.Device);
        string random = Sfdisk(disk).GetProperty("id").GetString()!;
        Assert.NotEqual(diskGuid, random);
        Assert.Equal(random, g.PartGetDiskGuid(disk.Device));
    }

    [Fact]
    public void A_partition_is_resized_and_another_deleted()
    {
        ScratchDisk disk = appliance.PartitionDisk;
        g.PartInit(disk.Device, "gpt");
        g.PartAdd(disk.Device, "p", 2048, 4095);
        g.PartAdd(disk.Device, "p", 8192, 10239);
        g.PartDel(disk.Device, 1);
        g.PartResize(disk.Device, 2, 20479);

        JsonElement only = Assert.Single(Partitions(Sfdisk(disk)));
        Assert.Equal((8192L, 12288L), (Start(only), Size(only)));
        Assert.Equal([disk.Device + "2"],
            g.ListPartitions().Where(p => p.StartsWith(disk.Device + "2", StringComparison.Ordinal) || p == disk.Device + "1"));
    }

    [Fact]
    public void One_partition_over_the_whole_disk_is_found_by_name_and_number()
    {
        ScratchDisk disk = appliance.PartitionDisk;
        g.PartDisk(disk.Device, "mbr");
        Assert.Equal("msdos", g.PartGetParttype(disk.Device));

        JsonElement only = Assert.Single(Partitions(Sfdisk(disk)));
        AssertSameAsPartList(disk, [only]);
        string device = disk.Device + "1";
        Assert.Equal(Size(only) * 512, g.BlockdevGetsize64(device));
        Assert.Equal(disk.Device, g.PartToDev(device));
        Assert.Equal(1, g.PartToPartnum(device));
        Assert.True(g.IsWholeDevice(disk.Device));
        Assert.False(g.IsWholeDevice(device));
    }

    [Fact]
    public void A_disk_without_a_table_is_an_error_that_names_the_function()
    {
        GuestfsException error = Assert.Throws<GuestfsException>(() => g.PartList(appliance.TakeDisk().Device));
        Assert.Equal("part_list", error.Operation);
        Assert.Contains("unrecognised disk label", error.Message, StringComparison.Ordinal);
    }

    private JsonElement Sfdisk(ScratchDisk disk)
    {
        appliance.Flush();
        return JsonDocument.Parse(Command.Run("sfdisk", "--json", disk.Image)).RootElement.GetProperty("partitiontable");
    }

    private Partition[] AssertSameAsPartList(ScratchDisk disk, JsonElement[] theirs)
    {
        Partition[] ours = g.PartList(disk.Device);
        Assert.Equal(
            theirs.Select(p => ((ulong)Start(p) * 512, (ulong)((Start(p) + Size(p)) * 512) - 1, (ulong)Size(p) * 512)),
            ours.Select(p => (p.Start, p.End, p.Size)));
        return ours;
    }

    private static JsonElement[] Partitions(JsonElement table) => [.. table.GetProperty("partitions").EnumerateArray()];

    private static long Start(JsonElement partition) => partition.GetProperty("start").GetInt64();

    private static long Size(JsonElement partition) => partition.GetProperty("size").GetInt64();

    private static bool Bootable(JsonElement partition) => partition.TryGetProperty("bootable", out JsonElement flag) && flag.GetBoolean();
}
