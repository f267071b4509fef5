// Building without root rights: what a user may not read is left out, and told.
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Build;

public sealed class OrdinaryUserTests(DistributionAppliance appliance) : IClassFixture<DistributionAppliance>
{
    [Fact]
    public void An_ordinary_user_gets_all_files_that_the_user_may_read_with_their_owners()
    {
        using OrdinaryUser nobody = new();
        CommandResult result = nobody.RunGfs("appliance", "build", "--profile", "stock", "--verbose", "-o", nobody.Home + "/appliance");
        Assert.True(result.ExitCode == 0, result.Error);
        Gfs.Verify(nobody.Home + "/appliance");
        Assert.Equal("65534\n", Command.Run("stat", "-c", "%u", nobody.Home + "/appliance/root"));

        Dictionary<string, TreeFile> ofRoot = FileTree.ReadImage(appliance.File("root")),
            ofNobody = FileTree.ReadImage(nobody.Home + "/appliance/root");
        string[] leftOut = [.. ofRoot.Keys.Except(ofNobody.Keys).Order(StringComparer.Ordinal)];
        Assert.Empty(ofNobody.Keys.Except(ofRoot.Keys));
        foreach (string path in leftOut)
        {
            Assert.NotEqual(0, nobody.Run("test", "-r", path).ExitCode);
            Assert.Contains(result.Error.Split('\n'),
                line => line.Contains($" {path} ", StringComparison.Ordinal) && line.EndsWith(": left out", StringComparison.Ordinal));
        }

        Assert.All(ofNobody.Values, file => Assert.Equal(
            (file.Path, ofRoot[file.Path].Mode, ofRoot[file.Path].Owner, ofRoot[file.Path].Target, ofRoot[file.Path].Digest),
            (file.Path, file.Mode, file.Owner, file.Target, file.Digest)));
    }

    [Fact]
    public void Files_in_closed_directories_are_left_out()
    {
        using OrdinaryUser nobody = new();
        using FakeHost host = new();
        host.Write("usr/lib/closed/file", "secret");
        host.Write("usr/lib/unreadable", "secret");
        host.Write("var/lib/dpkg/info/tool.list",
            "/.\n/usr\n/usr/bin\n/usr/bin/tool\n/usr/lib\n/usr/lib/closed\n/usr/lib/closed/file\n/usr/lib/unreadable\n");
        Command.Run("cp", "-r", host.Root, nobody.File("system"));
        Command.Run("chmod", "0700", nobody.File("system/usr/lib/closed"));
        Command.Run("chmod", "0600", nobody.File("system/usr/lib/unreadable"));
        string output = nobody.Home + "/appliance";
        CommandResult result = nobody.RunGfs(
            "appliance", "build", "-v", "-o", output, "--root", nobody.File("system"), "--skeleton", nobody.File("system/skeleton"));
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("/usr/lib/unreadable may not be read", result.Error, StringComparison.Ordinal);
        Assert.Contains("/usr/lib/closed/file is not on the host", result.Error, StringComparison.Ordinal);
        string listing = Command.Run("debugfs", "-R", "ls -p /usr/lib", output + "/root");
        Assert.Contains("/closed/", listing, StringComparison.Ordinal);
        Assert.DoesNotContain("unreadable", listing, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("skeleton/packages", "skeleton/packages")]
    [InlineData("skeleton", "skeleton")]
    [InlineData("var/lib/dpkg/status", "var/lib/dpkg/status")]
    [InlineData("lib/modules/6.1.0-1-amd64/kernel", "lib/modules/6.1.0-1-amd64/kernel")]
    [InlineData("boot/vmlinuz-6.1.0-1-amd64", "boot/vmlinuz-6.1.0-1-amd64")]
    [InlineData("boot", "boot")]
    public void What_must_be_read_and_may_not_be_is_a_clear_error(string closed, string named)
    {
        using OrdinaryUser nobody = new();
        using FakeHost host = new();
        Command.Run("cp", "-r", host.Root, nobody.File("system"));
        Command.Run("chmod", "0", nobody.File("system/" + closed));
        string output = nobody.Home + "/appliance";
        CommandResult result = nobody.RunGfs(
            "appliance", "build", "-o", output, "--root", nobody.File("system"), "--skeleton", nobody.File("system/skeleton"));
        Assert.Equal(5, result.ExitCode);
        Assert.StartsWith("gfs: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(nobody.Home, "appliance*"));
    }
}
