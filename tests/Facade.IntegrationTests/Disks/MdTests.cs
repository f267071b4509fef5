// Linux software RAID, which mdadm on the host reads from the images.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Disks;

[Collection(nameof(DisksAppliance))]
public sealed class MdTests(DisksAppliance appliance)
{
    private readonly GuestfsHandle g = appliance.Guestfs;

    [Fact]
    public void An_array_is_what_mdadm_finds_in_the_images()
    {
        Command.Require("mdadm");
        Assert.SkipUnless(g.FeatureAvailable(["mdadm"]), "The appliance has no mdadm.");
        ScratchDisk[] disks = [appliance.TakeDisk(), appliance.TakeDisk(), appliance.TakeDisk()];
        g.MdCreate("pair", [.. disks.Select(d => d.Device)], new MdCreateOptions { Level = "raid1", NrDevices = 2, Spare = 1 });
        string array = Assert.Single(g.ListMdDevices());
        appliance.Flush();

        IReadOnlyDictionary<string, string>[] members = [.. disks.Select(d => ExtJudge.Fields(Command.Run("mdadm", "--examine", d.Image)))];
        Assert.All(members,
            m => Assert.Equal(("raid1", "2", "any:pair"), (m["Raid Level"], m["Raid Devices"], "any:" + m["Name"].Split(':', ' ')[1])));
        Assert.Equal(["Active device 0", "Active device 1", "spare"], members.Select(m => m["Device Role"]));

        IReadOnlyDictionary<string, string> detail = g.MdDetail(array);
        Assert.Equal("raid1", detail["level"]);
        Assert.Equal("2", detail["devices"]);
        Assert.Equal(members[0]["Array UUID"], detail["uuid"]);
        Assert.Equal(members[0]["Version"], detail["metadata"]);

        MdStat[] status = g.MdStat(array);
        Assert.Equal(disks.Select(d => d.KernelDevice).Order(), status.Select(s => s.Device).Order());
        string line = appliance.Shell($"grep '^{array[5..]} ' /proc/mdstat");
        Assert.All(status, s => Assert.Contains(
            $"{s.Device[5..]}[{s.Index}]{(s.Flags.Length > 0 ? $"({s.Flags})" : "")}", line, StringComparison.Ordinal));
        Assert.Equal("S", status.Single(s => s.Device == disks[2].KernelDevice).Flags);

        g.MdStop(array);
        Assert.Empty(g.ListMdDevices());
        Assert.DoesNotContain("raid1 ", appliance.Shell("grep '^md' /proc/mdstat || true"), StringComparison.Ordinal);
    }
}
