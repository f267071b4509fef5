// Which database a system is taken to be made of.
using Guestfs.Appliances.Build;
using Guestfs.Appliances.Packages;
using Guestfs.Appliances.Tests.Debian;
using Guestfs.Appliances.Tests.Pacman;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Packages;

public sealed class HostPackagesTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public void This_machine_is_what_its_package_manager_says()
    {
        Command.Require("dpkg-query");
        IPackageDatabase database = HostPackages.Detect("/", Cancellation)!;
        Assert.Equal("dpkg", database.Kind);
        Assert.All(database.DatabaseFiles, path => Assert.True(Path.Exists(path), path));
    }

    [Fact]
    public void A_directory_without_packages_is_no_system()
    {
        using TempDirectory root = new();
        Assert.Null(HostPackages.Detect(root.Path, Cancellation));

        // As the tools of other distributions leave it.
        Directory.CreateDirectory(root.File("var/lib/pacman/local"));
        Directory.CreateDirectory(root.File("var/lib/rpm"));
        Directory.CreateDirectory(root.File("var/lib/dpkg"));
        File.WriteAllText(root.File("var/lib/dpkg/status"), "");
        Assert.Null(HostPackages.Detect(root.Path, Cancellation));
    }

    [Fact]
    public void Of_two_databases_the_one_with_more_packages_is_the_systems()
    {
        using PacmanRoot root = new(("one", "1-1", [], ["usr/bin/one"]), ("two", "1-1", [], ["usr/bin/two"]));
        Directory.CreateDirectory(root.Path + "/var/lib/dpkg");
        File.WriteAllText(root.Path + "/var/lib/dpkg/status", DpkgRoot.Entry("a"));
        Assert.Equal("pacman", HostPackages.Detect(root.Path, Cancellation)!.Kind);
        File.WriteAllText(root.Path + "/var/lib/dpkg/status", DpkgRoot.Entry("a") + DpkgRoot.Entry("b") + DpkgRoot.Entry("c"));
        Assert.Equal("dpkg", HostPackages.Detect(root.Path, Cancellation)!.Kind);
    }
}
