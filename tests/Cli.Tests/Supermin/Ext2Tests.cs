// --build -f ext2 of the distribution's own skeleton, side by side with the real supermin. Every difference is explained here.
using Guestfs.Appliances;
using Guestfs.Appliances.Kernel;
using Guestfs.Appliances.Repositories;
using Guestfs.Appliances.Skeletons;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Cli.Tests.Supermin;

public sealed class Ext2Tests : IDisposable
{
    private readonly TempDirectory directory = new();

    [Fact]
    public void Kernel_initrd_and_root_hold_the_same()
    {
        Command.Require("cpio", "e2fsck");
        Supermin.Both(directory, ["--build", "-f", "ext2", "--include-packagelist", Supermin.Skeleton]);
        Assert.Equal(Command.Run("ls", directory.File("real")), Command.Run("ls", directory.File("ours")));
        Assert.Equal(Command.Run("readlink", directory.File("real/kernel")), Command.Run("readlink", directory.File("ours/kernel")));
        Assert.Equal(new FileInfo(directory.File("real/root")).Length, new FileInfo(directory.File("ours/root")).Length);
        CompareInitrds();
        Command.Run("e2fsck", "-fn", directory.File("ours/root"));
        CompareRoots();
    }

    [Fact]
    public void The_kernel_is_copied_and_the_image_has_a_size_where_that_is_asked_for()
    {
        File.WriteAllText(directory.File("list"), "bash\n");
        Supermin.Both(directory, ["--build", "-f", "ext2", "--copy-kernel", "--size", "0.5G", "list"]);
        Assert.Null(new FileInfo(directory.File("ours/kernel")).LinkTarget);
        Command.Run("cmp", directory.File("real/kernel"), directory.File("ours/kernel"));
        Assert.Equal(512L << 20, new FileInfo(directory.File("real/root")).Length);
        Assert.Equal(512L << 20, new FileInfo(directory.File("ours/root")).Length);
    }

    [Fact]
    public void The_kernel_is_the_one_that_the_environment_names()
    {
        KernelChoice host = KernelFinder.Find(new HostKernelSource("/"), new KernelOptions(), TestContext.Current.CancellationToken);
        File.WriteAllText(directory.File("list"), "bash\n");
        File.Copy(host.ImagePath, directory.File("vmlinuz-of-mine"));
        Dictionary<string, string?> environment = new()
        {
            ["SUPERMIN_KERNEL"] = directory.File("vmlinuz-of-mine"),
            ["SUPERMIN_KERNEL_VERSION"] = host.Version,
            ["SUPERMIN_MODULES"] = host.ModulesDirectory,
        };
        Supermin.Both(directory, ["--build", "-f", "ext2", "list"], environment);
        Assert.Equal(directory.File("vmlinuz-of-mine") + "\n", Command.Run("readlink", directory.File("real/kernel")));
        Assert.Equal(directory.File("vmlinuz-of-mine") + "\n", Command.Run("readlink", directory.File("ours/kernel")));
        CompareInitrds();
    }

    public void Dispose() => directory.Dispose();

    // init is a program of ours, and the archive has directories for it to mount on in place of supermin's '.'.
    private void CompareInitrds()
    {
        Assert.Equal(Initrd("real"), Initrd("ours"));
        Assert.Equal(LoadOrder("real").Order(StringComparer.Ordinal), LoadOrder("ours").Order(StringComparer.Ordinal));

        IEnumerable<(string Path, string Digest)> Initrd(string name)
        {
            string to = directory.File(name + ".initrd");
            Directory.CreateDirectory(to);
            Command.Run("sh", "-c", $"cd '{to}' && cpio -i --quiet < '{directory.File(name)}/initrd'");
            return FileTree.Read(to).Values
                .Where(file => file.Path.EndsWith(".ko", StringComparison.Ordinal))
                .Select(file => (file.Path, file.Digest))
                .Order();
        }

        string[] LoadOrder(string name) => File.ReadAllLines(directory.File(name + ".initrd/modules"));
    }

    private void CompareRoots()
    {
        Dictionary<string, TreeFile> real = FileTree.ReadImage(directory.File("real/root")),
            ours = FileTree.ReadImage(directory.File("ours/root"));
        Assert.Equal(real.Keys.Order(StringComparer.Ordinal), ours.Keys.Order(StringComparer.Ordinal));
        HashSet<string> hostFiles = [.. SkeletonReader.Read([Supermin.Skeleton], log: null).HostFiles
            .SelectMany(line => Command.Run("sh", "-c", $"realpath {line.Value} 2>/dev/null; true").Split('\n'))];
        foreach ((string path, TreeFile theirs) in real)
        {
            TreeFile mine = ours[path];
            Assert.Equal(
                (path, theirs.Type, theirs.Owner, theirs.Target, theirs.Digest), (path, mine.Type, mine.Owner, mine.Target, mine.Digest));
            Assert.Equal((path, theirs.Mode), (path, mine.Mode));

            // Times: see ChrootTests; and those of modules are the installation's.
            if (theirs.Type == "0o100000" && path != "/packagelist" && !hostFiles.Contains(path)
                && !path.Contains("/modules/", StringComparison.Ordinal))
            {
                Assert.Equal((path, theirs.Time), (path, mine.Time));
            }

            // supermin makes a file of each name; here hard links are links, and attributes (capabilities) stay.
            Assert.True(mine.Type == "0o40000" || int.Parse(mine.Links, null) >= int.Parse(theirs.Links, null), path);
        }
    }
}
