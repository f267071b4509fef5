// Swap space, which the host's blkid and the appliance's kernel know.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Disks;

[Collection(nameof(DisksAppliance))]
public sealed class SwapTests(DisksAppliance appliance)
{
    private readonly GuestfsHandle g = appliance.Guestfs;

    [Fact]
    public void A_swap_disk_has_its_label_and_uuid_and_is_switched_on_and_off_by_each()
    {
        const string uuid = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
        ScratchDisk disk = appliance.TakeDisk();
        g.Mkswap(disk.Device, new MkswapOptions { Label = "swappy", Uuid = uuid });
        appliance.Flush();
        string found = Command.Run("blkid", "-p", "-o", "export", disk.Image);
        Assert.Contains($"LABEL=swappy\n", found, StringComparison.Ordinal);
        Assert.Contains($"UUID={uuid}\n", found, StringComparison.Ordinal);
        Assert.Contains("TYPE=swap\n", found, StringComparison.Ordinal);

        Toggle(() => g.SwaponDevice(disk.Device), () => g.SwapoffDevice(disk.Device));
        Toggle(() => g.SwaponLabel("swappy"), () => g.SwapoffLabel("swappy"));
        Toggle(() => g.SwaponUuid(uuid), () => g.SwapoffUuid(uuid));

        void Toggle(Action on, Action off)
        {
            on();
            Assert.Contains(disk.KernelDevice + " ", appliance.Shell("cat /proc/swaps"), StringComparison.Ordinal);
            off();
            Assert.DoesNotContain(disk.KernelDevice, appliance.Shell("cat /proc/swaps"), StringComparison.Ordinal);
        }
    }
}
