// --build -f chroot of the distribution's own skeleton, side by side with the real supermin. Every difference is explained here.
using Guestfs.Appliances.Skeletons;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Cli.Tests.Supermin;

public sealed class ChrootTests : IDisposable
{
    private readonly TempDirectory directory = new();

    [Fact]
    public void The_tree_is_the_same()
    {
        Supermin.Both(directory, ["--build", "-f", "chroot", "--include-packagelist", Supermin.Skeleton]);
        Dictionary<string, TreeFile> real = FileTree.Read(directory.File("real")), ours = FileTree.Read(directory.File("ours"));
        Assert.Equal(real.Keys.Order(StringComparer.Ordinal), ours.Keys.Order(StringComparer.Ordinal));
        HashSet<string> archived = [.. Directory.GetFiles(Supermin.Skeleton, "*.tar.gz")
            .SelectMany(archive => Command.Run("tar", "-tf", archive).Split('\n')).Select(name => "/" + name.TrimStart('.').Trim('/'))];
        Skeleton skeleton = SkeletonReader.Read([Supermin.Skeleton], log: null);
        HashSet<string> hostFiles =
        [
            .. skeleton.HostFiles.SelectMany(line => Command.Run("sh", "-c", $"realpath {line.Value} 2>/dev/null; true").Split('\n')),
        ];
        List<string> differences = [];
        foreach ((string path, TreeFile theirs) in real)
        {
            TreeFile mine = ours[path];
            Compare("type", theirs.Type, mine.Type);
            Compare("content", theirs.Digest, mine.Digest);
            if (theirs.Type != "0o120000")
            {
                Compare("mode", theirs.Mode, mine.Mode);
            }

            // supermin turns absolute links into relative ones, so that they hold outside of the chroot too. Ours are what
            // the packages have, and what both write into an ext2 image.
            Compare("target", Absolute(path, theirs.Target), Absolute(path, mine.Target));

            // supermin makes directories before it unpacks archives, and keeps its own; its ext2 images have the archives' owners.
            if (theirs.Type != "0o40000" || !archived.Contains(path))
            {
                Compare("owner", theirs.Owner, mine.Owner);
            }

            // Generated on this host, so their times would make each host's appliance another; supermin's list is of now.
            if (theirs.Type == "0o100000" && path != "/packagelist" && !hostFiles.Contains(path))
            {
                Compare("time", theirs.Time, mine.Time);
            }

            void Compare(string what, string a, string b)
            {
                if (a != b)
                {
                    differences.Add($"{path}: {what}: {a}, ours {b}");
                }
            }
        }

        Assert.Empty(differences);
    }

    [Fact]
    public void Files_that_a_package_brings_keep_their_times_even_if_the_skeleton_names_them_too()
    {
        Command.Require("dpkg-query");
        string file = "/usr/lib/lsb/init-functions";
        if (!File.Exists(file))
        {
            Command.Missing("There is no package with files in /usr/lib/lsb here.");
        }

        File.WriteAllText(directory.File("packages"), "sysvinit-utils\nlsb-base\n");
        File.WriteAllText(directory.File("hostfiles"), "/lib/lsb/*\n");
        Supermin.Both(directory, ["--build", "-f", "chroot", "packages", "hostfiles"]);
        Assert.Equal(
            Command.Run("stat", "-c", "%Y", directory.File("real") + file), Command.Run("stat", "-c", "%Y", directory.File("ours") + file));
    }

    public void Dispose() => directory.Dispose();

    // Where /bin is a link to /usr/bin, both are one place.
    private static string Absolute(string path, string target)
    {
        string absolute = target.Length == 0 ? "" : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, target));
        return absolute.StartsWith("/usr/", StringComparison.Ordinal) ? absolute[4..] : absolute;
    }
}
