// Kernels and modules where distributions put them: supermin, which finds them all, is the judge.
using Guestfs.Appliances.Kernel;
using Xunit;

namespace Guestfs.Appliances.Tests.Kernel;

public sealed class DistributionKernelTests
{
    // Each file: directory of modules with a kernel in it (M) or without (m), or a kernel in /boot (b), or what only looks like one (x);
    // after '=' the version that a kernel's header has.
    [Theory]
    [InlineData("Debian", "b vmlinuz-6.12.1-cloud-amd64=6.12.1-cloud-amd64", "m 6.12.1-cloud-amd64")]
    [InlineData(
        "Fedora", "M 6.11.4-301.fc41.x86_64", "b vmlinuz-6.11.4-301.fc41.x86_64=6.11.4-301.fc41.x86_64",
        "b vmlinuz-0-rescue-0123456789abcdef=6.11.4-301.fc41.x86_64")]
    [InlineData(
        "openSUSE Leap", "b vmlinuz-6.4.0-150600.21-default=6.4.0-150600.21-default", "x vmlinux-6.4.0-150600.21-default.gz",
        "m 6.4.0-150600.21-default")]
    [InlineData("openSUSE Tumbleweed", "M 6.11.6-1-default", "b vmlinuz-6.11.6-1-default=6.11.6-1-default")]
    [InlineData("Arch", "M 6.11.5-arch1-1", "b vmlinuz-linux=6.11.5-arch1-1")]
    [InlineData("Alpine", "b vmlinuz-virt=6.6.60-0-virt", "m 6.6.60-0-virt")]
    public void A_kernel_is_found_where_a_distribution_puts_it(string distribution, params string[] files)
    {
        ArgumentNullException.ThrowIfNull(files);
        using FakeKernels kernels = new();
        foreach (string file in files)
        {
            (string name, string? version) = file[2..].Split('=') is [var first, var second] ? (first, second) : (file[2..], null);
            switch (file[0])
            {
                case 'M' or 'm':
                    kernels.AddModules(name, hasList: true, file[0] == 'M' ? FakeKernels.Image(name) : null);
                    break;
                default:
                    kernels.AddBoot(name, FakeKernels.Image(version));
                    break;
            }
        }

        KernelChoice found = KernelFinder.Find(
            kernels.Source, new KernelOptions { Cpu = "x86_64" }, TestContext.Current.CancellationToken);
        Assert.Equal(kernels.AskSupermin(), (found.ImagePath, found.Version, found.ModulesDirectory));
        Assert.True(found.ImagePath.Length > 0, distribution);
    }
}
