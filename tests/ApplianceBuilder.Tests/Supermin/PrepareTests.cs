// --prepare, side by side with the real supermin.
using Guestfs.Appliances.Tests.Build;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Appliances.Tests.Supermin;

public sealed class PrepareTests : IDisposable
{
    private readonly TempDirectory directory = new();

    [Fact]
    public void The_skeleton_is_the_same()
    {
        Supermin.Both(directory, ["--prepare", "--use-installed", "lvm2", "bash", "no-such-package-at-all", "openssh-client"]);
        Assert.Equal(Command.Run("ls", directory.File("real")), Command.Run("ls", directory.File("ours")));
        Assert.Equal(File.ReadAllText(directory.File("real/packages")), File.ReadAllText(directory.File("ours/packages")));

        // Members with mode, owner, size and time; then their bytes.
        Assert.Equal(List("real"), List("ours"));
        Dictionary<string, TreeFile> real = Unpack("real"), ours = Unpack("ours");
        Assert.NotEmpty(real);
        Assert.Equal(
            real.Values.Where(file => file.Digest.Length > 0).Select(file => (file.Path, file.Mode, file.Owner, file.Digest)).Order(),
            ours.Values.Where(file => file.Digest.Length > 0).Select(file => (file.Path, file.Mode, file.Owner, file.Digest)).Order());
    }

    [Fact]
    public void The_archive_is_the_same_at_any_time_with_a_time_of_the_callers()
    {
        Dictionary<string, string?> environment = new() { ["SOURCE_DATE_EPOCH"] = "1600000000" };
        foreach (string output in new[] { "one", "two" })
        {
            CommandResult result = Supermin.Ours(["--prepare", "--use-installed", "bash", "-o", output], directory.Path, environment);
            Assert.True(result.ExitCode == 0, result.Error);
        }

        Command.Run("cmp", directory.File("one/base.tar.gz"), directory.File("two/base.tar.gz"));
        Assert.All(Unpack("one").Values.Where(file => file.Digest.Length > 0), file => Assert.Equal("1600000000", file.Time));
    }

    [Fact]
    public void The_real_supermin_builds_from_our_skeleton_and_we_from_its()
    {
        Supermin.Both(directory, ["--prepare", "--use-installed", "bash"]);
        CommandResult crossed = Supermin.Real(["--build", "-f", "chroot", "-o", "one", "ours"], directory.Path);
        Assert.True(crossed.ExitCode == 0, crossed.Error);
        crossed = Supermin.Ours(["--build", "-f", "chroot", "-o", "two", "real"], directory.Path);
        Assert.True(crossed.ExitCode == 0, crossed.Error);
        Assert.Equal(Files("one"), Files("two"));

        IEnumerable<(string Path, string Mode, string Digest)> Files(string name) =>
            Tree.Read(directory.File(name)).Values.Where(file => file.Digest.Length > 0).Select(file => (file.Path, file.Mode, file.Digest)).Order();
    }

    public void Dispose() => directory.Dispose();

    private IEnumerable<string> List(string name) =>
        Command.Run("tar", "--utc", "-tvf", directory.File(name + "/base.tar.gz")).Split('\n').Where(line => line.Length > 0 && !line.StartsWith('d')).Order(StringComparer.Ordinal);

    private Dictionary<string, TreeFile> Unpack(string name)
    {
        string to = directory.File(name + ".unpacked");
        Directory.CreateDirectory(to);
        Command.Run("tar", "-C", to, "-xpf", directory.File(name + "/base.tar.gz"));
        return Tree.Read(to);
    }
}
