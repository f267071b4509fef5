// LVM, which the lvm program in the appliance reports on; what it wrote is looked at on the host.
using System.Text;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Disks;

[Collection(nameof(DisksAppliance))]
public sealed class LvmTests(DisksAppliance appliance)
{
    private readonly GuestfsHandle g = appliance.Guestfs;

    [Fact]
    public void Volumes_are_listed_as_lvm_reports_them_and_changed()
    {
        ScratchDisk first = appliance.TakeDisk();
        ScratchDisk second = appliance.TakeDisk();
        g.Pvcreate(first.Device);
        g.Pvcreate(second.Device);
        g.Vgcreate("group", [first.Device, second.Device]);
        g.Lvcreate("fixed", "group", 64);
        g.LvcreateFree("half", "group", 50);

        AssertSameAsReports();
        Assert.Equal(["/dev/group/fixed", "/dev/group/half"], g.Lvs());
        Assert.Equal(["group"], g.Vgs());
        // In the order of their names, where sdaa comes before sdz.
        Assert.Equal(new[] { first.Device, second.Device }.Order(StringComparer.Ordinal), g.Pvs().Order(StringComparer.Ordinal));
        Assert.Equal(64 << 20, g.BlockdevGetsize64("/dev/group/fixed"));
        Assert.Equal(Report("lvs", "lv_uuid", "group/half"), g.Lvuuid("/dev/group/half"));
        Assert.Equal(Report("vgs", "vg_uuid", "group"), g.Vguuid("group"));
        Assert.Equal(Report("pvs", "pv_uuid", second.KernelDevice), g.Pvuuid(second.Device));
        Assert.Equal(g.LvsFull().Select(lv => lv.Uuid), g.Vglvuuids("group").Select(id => id.Replace("-", "", StringComparison.Ordinal)));
        Assert.Equal("/dev/group/half", g.LvmCanonicalLvName("/dev/mapper/group-half"));
        Assert.True(g.IsLv("/dev/group/half"));
        Assert.False(g.IsLv(first.Device));

        // A linear volume is the extents of its disk, one after the other: the host finds the filesystem in the image.
        g.Mkfs("ext4", "/dev/group/fixed", new MkfsOptions { Label = "in-lv" });
        appliance.Flush();
        ulong start = g.PvsFull().Single(pv => pv.Name == first.KernelDevice).PeStart;
        ExtJudge.Check($"{first.Image}?offset={start}");
        // Not dumpe2fs, which takes no offset from 1.47.2 on.
        string superblock = ExtJudge.Debugfs($"{first.Image}?offset={start}", "show_super_stats -h");
        Assert.Equal("in-lv", ExtJudge.Fields(superblock)["Filesystem volume name"]);

        g.LvresizeFree("/dev/group/half", 100);

        // Newer ones do not cut a filesystem off.
        g.Wipefs("/dev/group/fixed");
        g.Lvresize("/dev/group/fixed", 32);
        g.Lvrename("/dev/group/fixed", "/dev/group/renamed");
        g.Vgrename("group", "band");
        g.PvchangeUuid(Unused(second));
        g.VgchangeUuid(Deactivated("band"));
        AssertSameAsReports();
        Assert.Equal(["/dev/band/half", "/dev/band/renamed"], g.Lvs().Order());

        // The text that LVM keeps on disk, without LVM.
        appliance.Flush();
        string metadata = Command.Run("strings", "-n", "3", first.Image);
        Assert.Contains("renamed {", metadata, StringComparison.Ordinal);
        Assert.Contains($"id = \"{g.Vguuid("band")}\"", metadata, StringComparison.Ordinal);
        Assert.Contains("band {", Encoding.UTF8.GetString(g.Vgmeta("band")), StringComparison.Ordinal);

        g.VgActivate(true, ["band"]);
        g.Lvremove("/dev/band/half");
        g.Lvremove("/dev/band/renamed");
        g.Vgremove("band");
        g.Pvremove(first.Device);
        g.Pvremove(second.Device);
        Assert.Empty(appliance.Shell("lvm pvs --noheadings; lvm vgs --noheadings; lvm lvs --noheadings").Trim());
        Assert.Empty(g.Pvs());
        appliance.Flush();
        Assert.Equal("data", Command.Run("file", "-b", first.Image).Trim());

        string Deactivated(string group)
        {
            g.VgActivate(false, [group]);
            Assert.DoesNotContain(group, appliance.Shell("dmsetup ls"), StringComparison.Ordinal);
            return group;
        }

        // A physical volume in use changes its UUID only while its group is not active.
        string Unused(ScratchDisk disk)
        {
            Deactivated("band");
            return disk.Device;
        }
    }

    [Fact]
    public void A_group_that_does_not_exist_is_an_error_with_lvms_reason()
    {
        GuestfsException error = Assert.Throws<GuestfsException>(() => g.Lvcreate("lv", "nogroup", 10));
        Assert.Equal("lvcreate", error.Operation);
        Assert.Contains("\"nogroup\" not found", error.Message, StringComparison.Ordinal);
    }

    private void AssertSameAsReports()
    {
        Assert.Equal(
            Reports(
                "pvs",
                "pv_name,pv_uuid,pv_fmt,pv_size,dev_size,pv_free,pv_used,"
                + "pv_attr,pv_pe_count,pv_pe_alloc_count,pv_tags,pe_start,pv_mda_count,pv_mda_free",
                uuid: 1),
            g.PvsFull().Select(v =>
                $"{v.Name}|{v.Uuid}|{v.Fmt}|{v.Size}|{v.DevSize}|{v.Free}|{v.Used}|"
                + $"{v.Attr}|{v.PeCount}|{v.PeAllocCount}|{v.Tags}|{v.PeStart}|{v.MdaCount}|{v.MdaFree}")
                .Order(StringComparer.Ordinal));
        Assert.Equal(
            Reports(
                "vgs",
                "vg_name,vg_uuid,vg_fmt,vg_attr,vg_size,vg_free,vg_sysid,vg_extent_size,vg_extent_count,vg_free_count,"
                + "max_lv,max_pv,pv_count,lv_count,snap_count,vg_seqno,vg_tags,vg_mda_count,vg_mda_free",
                uuid: 1),
            g.VgsFull().Select(v =>
                $"{v.Name}|{v.Uuid}|{v.Fmt}|{v.Attr}|{v.Size}|{v.Free}|{v.SysId}|{v.ExtentSize}|{v.ExtentCount}|{v.FreeCount}|"
                + $"{v.MaxLv}|{v.MaxPv}|{v.PvCount}|{v.LvCount}|{v.SnapCount}|{v.SeqNo}|{v.Tags}|{v.MdaCount}|{v.MdaFree}")
                .Order(StringComparer.Ordinal));
        Assert.Equal(
            Reports(
                "lvs",
                "lv_name,lv_uuid,lv_attr,lv_major,lv_minor,lv_kernel_major,lv_kernel_minor,lv_size,"
                + "seg_count,origin,snap_percent,copy_percent,move_pv,lv_tags,mirror_log,modules",
                uuid: 1),
            g.LvsFull().Select(v =>
                $"{v.Name}|{v.Uuid}|{v.Attr}|{v.Major}|{v.Minor}|{v.KernelMajor}|{v.KernelMinor}|{v.Size}|"
                + $"{v.SegCount}|{v.Origin}|{v.SnapPercent}|{v.CopyPercent}|{v.MovePv}|{v.Tags}|{v.MirrorLog}|{v.Modules}")
                .Order(StringComparer.Ordinal));
    }

    private string[] Reports(string command, string columns, int uuid) =>
        [.. appliance.Shell($"lvm {command} -o {columns} --unquoted --noheadings --nosuffix --units b --separator '|'")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => string.Join(
                '|', line.Split('|').Select((field, i) => i == uuid ? field.Replace("-", "", StringComparison.Ordinal) : field)))
            .Order(StringComparer.Ordinal)];

    private string Report(string command, string column, string what) =>
        appliance.Shell($"lvm {command} -o {column} --noheadings {what}").Trim();
}
