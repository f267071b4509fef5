// What the appliance can do, which its own programs and kernel show, and what happens when it cannot.
using Guestfs.IntegrationTests.Support;

using Xunit;

namespace Guestfs.IntegrationTests.Session;

[Collection(nameof(FilesAppliance))]
public sealed class FeatureTests(FilesAppliance appliance)
{
    private readonly GuestfsHandle g = appliance.Guestfs;

    [Theory]
    [InlineData("btrfs", "btrfs")]
    [InlineData("gdisk", "sgdisk")]
    [InlineData("lvm2", "lvm")]
    [InlineData("luks", "cryptsetup")]
    [InlineData("mdadm", "mdadm")]
    [InlineData("ntfs3g", "ntfs-3g.probe")]
    [InlineData("rsync", "rsync")]
    [InlineData("scrub", "scrub")]
    [InlineData("xfs", "mkfs.xfs")]
    [InlineData("zerofree", "zerofree")]
    public void A_feature_is_available_where_its_program_is(string feature, string program)
    {
        bool there = appliance.Shell($"command -v {program} || true").Length > 0;
        Assert.Equal(there, g.FeatureAvailable([feature]));
        Assert.Contains(feature, g.AvailableAllGroups());
        if (there)
        {
            g.Available([feature]);
        }
        else
        {
            Assert.Equal("available", Assert.Throws<GuestfsException>(() => g.Available([feature])).Operation);
        }
    }

    [Fact]
    public void A_filesystem_is_available_where_the_kernel_or_a_module_has_it()
    {
        Assert.Contains("\text4\n", appliance.Shell("cat /proc/filesystems"), StringComparison.Ordinal);
        Assert.True(g.FilesystemAvailable("ext4"));
        Assert.False(g.FilesystemAvailable("nonesuch"));
    }

    [Fact]
    public void A_function_without_its_feature_throws_which_feature_is_missing()
    {
        (string Feature, Action Call)[] calls =
        [
            ("xfs", () => g.XfsInfo("/")),
            ("rsync", () => g.Rsync("/", "/nowhere")),
            ("ldm", () => g.ListLdmVolumes()),
            ("zerofree", () => g.Zerofree("/dev/sda")),
            ("f2fs", () => g.F2fsExpand("/dev/sda")),
        ];
        (string Feature, Action Call)[] missing = [.. calls.Where(c => !g.FeatureAvailable([c.Feature]))];
        Assert.SkipWhen(missing.Length == 0, "This appliance has everything.");
        Assert.All(missing, c =>
        {
            GuestfsFeatureException error = Assert.Throws<GuestfsFeatureException>(c.Call);
            Assert.Equal((c.Feature, 95), (error.Feature, error.Errno));
            Assert.Contains($"'{c.Feature}'", error.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_appliance_is_what_uname_says_and_answers()
    {
        UtsName uts = g.Utsname();
        Assert.Equal(appliance.Shell("uname -s -r -v -m").Trim(), $"{uts.SysName} {uts.Release} {uts.Version} {uts.Machine}");
        g.PingDaemon();
        Assert.Contains("Linux version", g.Dmesg(), StringComparison.Ordinal);
        GuestfsException error = Assert.Throws<GuestfsException>(() => g.Command(["/bin/true"]));
        Assert.Equal("command", error.Operation);
    }
}
