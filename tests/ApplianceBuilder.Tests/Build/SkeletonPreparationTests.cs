// Skeletons of systems for which there is no supermin here.
using Guestfs.Appliances.Build;
using Guestfs.Appliances.Tests.Packages;
using Guestfs.Appliances.Tests.Pacman;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Build;

public sealed class SkeletonPreparationTests : IDisposable
{
    private readonly TempDirectory directory = new();

    [Fact]
    public void On_a_system_of_another_kind_the_files_must_be_the_installed_ones()
    {
        using PacmanRoot root = new(("one", "1-1", [], ["etc/one.conf"]));
        HostPackageSource source = new(root.Path);
        ApplianceException refused = Assert.Throws<ApplianceException>(() => Prepare(useInstalled: false));
        Assert.Contains("--use-installed", refused.Message, StringComparison.Ordinal);
        Assert.False(Path.Exists(directory.File("out")));
        Prepare(useInstalled: true);
        Assert.Equal("./etc/one.conf\n", Command.Run("tar", "-tf", directory.File("out/base.tar.gz")));

        void Prepare(bool useInstalled) =>
            SkeletonPreparation.Write(
                ["one"], source, useInstalled ? null : new ProcessRunner(), timestamp: null, directory.File("out"), log: null,
                TestContext.Current.CancellationToken);
    }

    public void Dispose() => directory.Dispose();
}
