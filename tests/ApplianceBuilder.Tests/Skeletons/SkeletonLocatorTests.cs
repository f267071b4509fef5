// Where the skeleton is on the systems of several distributions; uname and gcc name the processors.
using Guestfs.Appliances.Skeletons;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Skeletons;

public sealed class SkeletonLocatorTests : IDisposable
{
    private readonly TempDirectory directory = new();

    [Fact]
    public void This_machine_has_one_of_its_own_processor()
    {
        string cpu = Command.Run("uname", "-m").Trim();
        string found = SkeletonLocator.Find("/", cpu);
        Assert.True(Directory.Exists(found));
        if (Command.Find("dpkg") is not null)
        {
            Assert.Contains($"/{Command.Run("gcc", "-print-multiarch").Trim()}/", found, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("x86_64", "/usr/lib/x86_64-linux-gnu/guestfs/supermin.d", "/usr/lib/aarch64-linux-gnu/guestfs/supermin.d")]
    [InlineData("aarch64", "/usr/lib/aarch64-linux-gnu/guestfs/supermin.d", "/usr/lib/x86_64-linux-gnu/guestfs/supermin.d")]
    [InlineData("x86_64", "/usr/lib64/guestfs/supermin.d", "/usr/lib/aarch64-linux-gnu/guestfs/supermin.d")]
    [InlineData("aarch64", "/usr/lib/guestfs/supermin.d", "/usr/lib/x86_64-linux-gnu/guestfs/supermin.d")]
    public void Of_two_it_is_the_one_of_the_wanted_processor(string cpu, string expected, string other)
    {
        Directory.CreateDirectory(directory.Path + expected);
        Directory.CreateDirectory(directory.Path + other);
        Assert.Equal(directory.Path + expected, SkeletonLocator.Find(directory.Path, cpu));
    }

    [Fact]
    public void One_of_another_processor_only_is_none()
    {
        Directory.CreateDirectory(directory.Path + "/usr/lib/aarch64-linux-gnu/guestfs/supermin.d");
        string message = Assert.Throws<ApplianceException>(() => SkeletonLocator.Find(directory.Path, "x86_64")).Message;
        Assert.Contains(
            "/aarch64-linux-gnu/guestfs/supermin.d there is for other processors than x86_64", message, StringComparison.Ordinal);
        Assert.Contains("libguestfs0t64", message, StringComparison.Ordinal);
    }

    public void Dispose() => directory.Dispose();
}
