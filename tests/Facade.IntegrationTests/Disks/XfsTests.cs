// XFS, where the appliance has it; its own xfs_info is asked for the same numbers.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Disks;

[Collection(nameof(DisksAppliance))]
public sealed class XfsTests(DisksAppliance appliance)
{
    private readonly GuestfsHandle g = appliance.Guestfs;

    [Fact]
    public void A_filesystem_is_described_as_xfs_info_describes_it()
    {
        Assert.SkipUnless(g.FeatureAvailable(["xfs"]), "The appliance has no xfsprogs.");
        ScratchDisk disk = appliance.TakeDisk(DisksAppliance.LargeDisk);
        g.Mkfs("xfs", disk.Device, new MkfsOptions { Label = "exif" });
        string root = appliance.Mount(disk.Device);
        string printed = appliance.Shell($"xfs_info /sysroot{root}");
        XfsInfo ours = g.XfsInfo(root);
        Assert.Contains($"agcount={ours.AgCount}, agsize={ours.AgSize} blks", printed, StringComparison.Ordinal);
        Assert.Matches($@"data\s+=\s+bsize={ours.BlockSize}\s+blocks={ours.DataBlocks},", printed);
        appliance.Unmount(root);
        Assert.Contains("LABEL=exif\n", Command.Run("blkid", "-p", "-o", "export", disk.Image), StringComparison.Ordinal);
        Assert.Equal(0, g.XfsRepair(disk.Device, new XfsRepairOptions { NoModify = true }));
    }
}
