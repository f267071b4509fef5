// Whether a kernel has what every appliance needs; modprobe is the judge of what this machine's kernels have.
using Guestfs.Appliances.Kernel;
using Guestfs.Appliances.Modules;
using Guestfs.Appliances.Tests.Kernel;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Modules;

public sealed class NeededDriversTests
{
    private const string BuiltIn = "kernel/fs/ext4/ext4.ko\nkernel/drivers/scsi/sd_mod.ko\nkernel/drivers/virtio/virtio_pci.ko\n";
    private const string Modules = "kernel/a/virtio_scsi.ko.zst: kernel/a/scsi_mod.ko.zst\nkernel/a/virtio_console.ko.xz:\n";

    [Fact]
    public void This_machines_kernel_lacks_nothing()
    {
        Command.Require("modprobe");
        KernelChoice kernel = HostKernel.Find();
        Assert.Empty(NeededDrivers.Lacks(HostKernel.Source, kernel, TestContext.Current.CancellationToken));
        foreach (string name in (string[])["ext4", "sd_mod", "virtio_scsi", "virtio_pci", "virtio_console"])
        {
            Assert.Matches("^(builtin|insmod) ", Command.Run("modprobe", "-S", kernel.Version, "--show-depends", name));
        }
    }

    [Theory]
    [InlineData(BuiltIn, Modules, "")]
    [InlineData(BuiltIn, "kernel/a/virtio-console.ko: kernel/a/virtio.ko\nkernel/a/virtio_blk.ko:\n", "")]
    [InlineData("kernel/fs/ext2/ext2.ko\n", Modules, "disks (sd_mod)|devices (virtio_pci or virtio_mmio)")]
    [InlineData("kernel/drivers/scsi/sd_mod.ko\nkernel/drivers/virtio/virtio_pci.ko\n", Modules, "root filesystem (ext4 or ext2)")]
    [InlineData(BuiltIn, "", "disk adapters (virtio_scsi or virtio_blk)|connection to libguestfs (virtio_console)")]
    [InlineData("", "", "")]
    public void What_is_neither_built_in_nor_a_module_is_told(string builtIn, string modules, string lacks)
    {
        using FakeKernels kernels = new();
        kernels.AddModules("1", hasList: true);
        kernels.AddBoot("vmlinuz-1", FakeKernels.Image("1"));
        File.WriteAllText(kernels.Root + "/lib/modules/1/modules.builtin", builtIn);
        File.WriteAllText(kernels.Root + "/lib/modules/1/modules.dep", modules);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        KernelChoice kernel = KernelFinder.Find(kernels.Source, new KernelOptions { Cpu = "x86_64" }, cancellation);
        ArgumentNullException.ThrowIfNull(lacks);
        string[] expected = lacks.Split('|', StringSplitOptions.RemoveEmptyEntries);
        string[] told = [.. NeededDrivers.Lacks(kernels.Source, kernel, cancellation)];
        Assert.Equal(expected.Length, told.Length);
        Assert.All(told.Zip(expected), pair => Assert.Contains(pair.Second, pair.First, StringComparison.Ordinal));
        Assert.All(told, line => Assert.Contains("/boot/vmlinuz-1", line, StringComparison.Ordinal));
    }
}
