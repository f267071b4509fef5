// Load orders, against supermin's own initrd and depmod's list of this machine.
using System.Text;

using Guestfs.Appliances.Kernel;
using Guestfs.Appliances.Modules;
using Guestfs.Appliances.Plan;
using Guestfs.Appliances.Tests.Kernel;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Modules;

public sealed class ModuleDependenciesTests
{
    [Fact]
    public void Modules_and_their_order_are_those_of_supermins_initrd()
    {
        Command.Require("supermin", "cpio");
        using FakeKernels skeleton = new();
        Command.Run("supermin", "--build", "-f", "ext2", "--size", "4G", "--host-cpu", HostKernel.Cpu, "-o", skeleton.Root + "/out",
            skeleton.Root + "/skeleton.d");
        string theirs = Command.Run("sh", "-c", "cpio --quiet -i --to-stdout modules < \"$1/out/initrd\"", "sh", skeleton.Root);
        Assert.Equal(theirs, string.Concat(HostKernel.Modules().Select(module => module.FileName + "\n")));
        Assert.NotEmpty(theirs);
    }

    [Fact]
    public void Without_a_list_the_modules_themselves_give_the_same_order()
    {
        KernelChoice kernel = HostKernel.Find();
        string[] expected = [.. HostKernel.Modules().Select(module => module.Path)];
        IKernelSource source = new SourceWithoutList(HostKernel.Source, kernel.ModulesDirectory);
        Assert.Equal(expected, KernelModules.Select(source, kernel, TestContext.Current.CancellationToken).Select(module => module.Path));
    }

    [Theory]
    [InlineData("kernel/a/virtio.ko: kernel/b/ring.ko\nkernel/b/ring.ko:\n", "/m/kernel/b/ring.ko /m/kernel/a/virtio.ko")]
    [InlineData("kernel/a/virtio.ko.xz: /else/ring.ko.zst\n", "/else/ring.ko.zst /m/kernel/a/virtio.ko.xz")]
    [InlineData("# comment\n/abs/ext4.ko.gz:\n\nkernel/ext2.ko:", "/abs/ext4.ko.gz /m/kernel/ext2.ko")]
    [InlineData("kernel/virtio-gpu.ko:\nkernel/ext4-more.ko:\nkernel/virtio_net.ko: kernel/virtio-gpu.ko\n",
        "/m/kernel/virtio-gpu.ko /m/kernel/virtio_net.ko")]
    [InlineData("kernel/crc1.ko: kernel/crc2.ko\nkernel/crc2.ko: kernel/crc1.ko\n", "/m/kernel/crc2.ko /m/kernel/crc1.ko")]
    public void Lists_of_all_forms_are_understood(string list, string order)
    {
        ModuleDependencies dependencies = ModuleDependencies.Parse(list, "/m/modules.dep", "/m", TestContext.Current.CancellationToken);
        Assert.Equal(order, string.Join(' ', dependencies.InLoadOrder(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void A_missing_list_or_module_is_an_error_that_says_so()
    {
        using FakeKernels kernels = new();
        kernels.AddModules("1", hasList: true);
        kernels.AddBoot("vmlinuz-1", FakeKernels.Image("1"));
        KernelChoice kernel = KernelFinder.Find(
            kernels.Source, new KernelOptions { Cpu = "x86_64" }, TestContext.Current.CancellationToken);

        File.WriteAllText(kernels.Root + "/lib/modules/1/modules.dep", "kernel/virtio.ko: kernel/ring.ko\n");
        ApplianceException missingModule = Assert.Throws<ApplianceException>(
            () => KernelModules.Select(kernels.Source, kernel, TestContext.Current.CancellationToken));
        Assert.Contains("/lib/modules/1/kernel/ring.ko is missing", missingModule.Message, StringComparison.Ordinal);

        File.Delete(kernels.Root + "/lib/modules/1/modules.dep");
        ApplianceException missingList = Assert.Throws<ApplianceException>(
            () => KernelModules.Select(kernels.Source, kernel, TestContext.Current.CancellationToken));
        Assert.Equal(ApplianceProblem.NoKernel, missingList.Problem);
        Assert.Contains("modules.dep is missing", missingList.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_lists_are_parsed_or_refused()
    {
        KernelChoice kernel = HostKernel.Find();
        byte[] list = [.. File.ReadAllBytes(kernel.ModulesDirectory + "/modules.dep").Take(20000)];
        Random random = new(11);
        int refused = 0;
        for (int round = 0; round < Soak.Rounds(200, 2000); round++)
        {
            byte[] damaged = list[..random.Next(list.Length + 1)];
            for (int i = random.Next(6); i > 0 && damaged.Length > 0; i--)
            {
                damaged[random.Next(damaged.Length)] = " \n:/.\0k\xFF"u8[random.Next(8)];
            }

            try
            {
                ModuleDependencies dependencies = ModuleDependencies.Parse(
                    LosslessUtf8.GetString(damaged), "modules.dep", "/m", TestContext.Current.CancellationToken);
                IReadOnlyList<string> order = dependencies.InLoadOrder(TestContext.Current.CancellationToken);
                Assert.Equal(order.Count, order.Distinct(StringComparer.Ordinal).Count());
            }
            catch (ApplianceException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, int.MaxValue);
    }

    [Fact]
    public void A_chain_as_long_as_a_file_does_not_overflow_the_stack()
    {
        const int Length = 100_000;
        StringBuilder list = new("virtio.ko: m0.ko\n");
        for (int i = 0; i < Length; i++)
        {
            list.Append(System.Globalization.CultureInfo.InvariantCulture, $"m{i}.ko: m{i + 1}.ko\n");
        }

        ModuleDependencies dependencies = ModuleDependencies.Parse(
            list.ToString(), "modules.dep", "/m", TestContext.Current.CancellationToken);
        Assert.Equal(Length + 2, dependencies.InLoadOrder(TestContext.Current.CancellationToken).Count);
    }

    private sealed class SourceWithoutList(IKernelSource source, string modulesDirectory) : IKernelSource
    {
        public IReadOnlyList<string> List(string directory) => source.List(directory);

        public FileContent? Find(string path) => path == modulesDirectory + "/modules.dep" ? null : source.Find(path);
    }
}
