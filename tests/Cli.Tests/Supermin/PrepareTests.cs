// --prepare, side by side with the real supermin.
using Guestfs.Appliances.Repositories;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Cli.Tests.Supermin;

public sealed class PrepareTests : IDisposable
{
    private readonly TempDirectory directory = new();

    [Fact]
    public void The_skeleton_is_the_same()
    {
        Supermin.Both(directory, ["--prepare", "--use-installed", "lvm2", "bash", "no-such-package-at-all", "openssh-client"]);
        Assert.NotEmpty(Compare());
    }

    // Packages of the installed names, but with other files, modes and contents, in the repository that apt has for both.
    [Fact]
    public void Configuration_files_come_from_downloaded_packages_as_with_supermin()
    {
        using LocalRepository repository = new();
        Supermin.Both(directory, ["--prepare", "--use-installed", "bash"]);
        string[] installed = [.. Compare()];
        foreach (IGrouping<string, string> package in installed.GroupBy(path => Command.Run("dpkg-query", "-S", path).Split(':')[0]))
        {
            // The second file of each is not in the package any more, and there is one that the host does not have.
            IEnumerable<string> commands = package.Where((_, i) => i != 1)
                .Select((path, i) => $"mkdir -p .{Path.GetDirectoryName(path)}; echo 'pristine {path}' > .{path}; "
                    + $"chmod {(i % 2 == 0 ? "640" : "755")} .{path}");
            DebFile.Build(repository.Pool, package.Key, script: string.Join(
                '\n', commands.Append($"mkdir -p etc usr; echo new > etc/only-in-{package.Key}; echo more > usr/{package.Key}")));
        }

        repository.Publish();
        string configuration = IsolatedApt.Configure(
            directory.File("apt"), $"deb [signed-by={repository.Keyring}] file://{repository.Root} test main");
        Command.Run("apt-get", "-c", configuration, "-qq", "update");
        foreach (string output in Directory.GetDirectories(directory.Path).Where(path => path != directory.File("apt")))
        {
            Directory.Delete(output, recursive: true);
        }

        Supermin.Both(directory, ["--prepare", "bash"], new Dictionary<string, string?> { ["APT_CONFIG"] = configuration });
        string[] pristine = [.. Compare()];
        Assert.NotEmpty(pristine);
        Assert.True(pristine.Length < installed.Length);
        Assert.All(pristine, path => Assert.Equal($"pristine {path}\n", File.ReadAllText(directory.File("ours.unpacked") + path)));
    }

    [Fact]
    public void Packages_that_cannot_be_downloaded_are_an_error_that_says_what_to_do()
    {
        string configuration = IsolatedApt.Configure(directory.Path, "");
        Dictionary<string, string?> environment = new() { ["APT_CONFIG"] = configuration, ["LC_ALL"] = "C" };
        CommandResult real = Supermin.Real(["--prepare", "bash", "-o", "real"], directory.Path, environment);
        CommandResult ours = Supermin.Ours(["--prepare", "bash", "-o", "ours"], directory.Path, environment);
        Assert.Equal((1, 1), (real.ExitCode, ours.ExitCode));
        Assert.Contains("Unable to locate package", real.Error, StringComparison.Ordinal);
        Assert.Contains("Unable to locate package", ours.Error, StringComparison.Ordinal);
        Assert.StartsWith("supermin: prepare: ", ours.Error, StringComparison.Ordinal);
        Assert.Contains("--use-installed", ours.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(directory.Path, "ours*"));
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
            FileTree.Read(directory.File(name)).Values
                .Where(file => file.Digest.Length > 0)
                .Select(file => (file.Path, file.Mode, file.Digest))
                .Order();
    }

    public void Dispose() => directory.Dispose();

    // Both skeletons: packages, members with mode, owner, size and time, and their bytes. Returns the files' paths.
    private IEnumerable<string> Compare()
    {
        Assert.Equal(Command.Run("ls", "-A", directory.File("real")), Command.Run("ls", "-A", directory.File("ours")));
        Assert.Equal(File.ReadAllText(directory.File("real/packages")), File.ReadAllText(directory.File("ours/packages")));
        Assert.Equal(List("real"), List("ours"));
        Dictionary<string, TreeFile> real = Unpack("real"), ours = Unpack("ours");
        Assert.Equal(
            real.Values.Where(file => file.Digest.Length > 0).Select(file => (file.Path, file.Mode, file.Owner, file.Digest)).Order(),
            ours.Values.Where(file => file.Digest.Length > 0).Select(file => (file.Path, file.Mode, file.Owner, file.Digest)).Order());
        return ours.Values.Where(file => file.Digest.Length > 0).Select(file => file.Path);
    }

    private IEnumerable<string> List(string name) =>
        Command.Run("tar", "--utc", "-tvf", directory.File(name + "/base.tar.gz"))
            .Split('\n')
            .Where(line => line.Length > 0 && !line.StartsWith('d'))
            .Order(StringComparer.Ordinal);

    private Dictionary<string, TreeFile> Unpack(string name)
    {
        string to = directory.File(name + ".unpacked");
        Directory.CreateDirectory(to);
        Command.Run("tar", "-C", to, "-xpf", directory.File(name + "/base.tar.gz"));
        return FileTree.Read(to);
    }
}
