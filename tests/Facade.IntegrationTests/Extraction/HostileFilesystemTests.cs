// A filesystem that no kernel would write, made by mke2fs and debugfs and then damaged byte by byte.
using System.Text;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Extraction;

[Collection(nameof(DisksAppliance))]
public sealed class HostileFilesystemTests(DisksAppliance appliance)
{
    [Fact]
    public void Names_with_slashes_doubled_names_and_looped_directories_stay_in_the_directory()
    {
        ScratchDisk disk = appliance.TakeDisk();
        using TempDirectory host = new();
        Make(disk.Image, host);
        GuestfsHandle g = appliance.Guestfs;
        g.BlockdevFlushbufs(disk.Device);
        string mountpoint = appliance.NewMountpoint();
        g.MountRo(disk.Device, mountpoint);
        try
        {
            // The judge of what the names are: debugfs shows them as they are on the disk.
            Assert.Contains("../../../up", ExtJudge.Debugfs(disk.Image, "ls -p /slash"), StringComparison.Ordinal);
            Assert.Equal(2, ExtJudge.Debugfs(disk.Image, "ls -p /doubled")
                .Split('\n')
                .Count(line => line.Contains("/same_name/", StringComparison.Ordinal)));

            string target = Directory.CreateDirectory(host.File("a/b/target")).FullName;
            ExtractReport report = g.Extract(mountpoint, target, new ExtractOptions { Symlinks = ExtractSymlinks.All });
            string[] skipped = [.. report.Skipped.Select(s => $"{s.Path[mountpoint.Length..]} {s.Reason}").Order(StringComparer.Ordinal)];
            Assert.Contains("/doubled/same_name DuplicateName", skipped);
            Assert.Contains("/good DuplicateName", skipped);
            Assert.Contains("/loop/root Unreadable", skipped);
            Assert.Contains("/dots/.. UnsafeName", skipped);

            // The judge of which directories have more than can be read: the appliance's own ls fails there, and in no other.
            Assert.Equal("/many /slash", appliance
                .Shell($"cd /sysroot{mountpoint}; for d in many slash doubled dots; do ls $d >/dev/null 2>&1 || echo -n \"/$d \"; done")
                .TrimEnd());
            Assert.Contains("/slash Unreadable", skipped);
            Assert.Contains("/many Unreadable", skipped);
            Assert.DoesNotContain("/doubled Unreadable", skipped);
            Assert.Equal(Directory.GetFiles(Path.Combine(target, mountpoint[1..], "many")).Order(),
                Readable(g, mountpoint + "/many").Select(n => Path.Combine(target, mountpoint[1..], "many", n)).Order());
            Walk(g, mountpoint);

            // The same where the damaged directory is what was asked for.
            string alone = Directory.CreateDirectory(host.File("alone")).FullName;
            if (Readable(g, mountpoint + "/many") is { Length: > 0 } readable)
            {
                report = g.Extract(mountpoint + "/many", alone);
                Assert.Equal((mountpoint + "/many", ExtractSkipReason.Unreadable), report.Skipped.Select(s => (s.Path, s.Reason)).Single());
                Assert.Equal(readable.Length, report.Files);
            }
            else
            {
                Assert.Equal(5, Assert.Throws<GuestfsException>(() => g.Extract(mountpoint + "/many", alone)).Errno);
            }

            Assert.Equal("./a/b/target", Command.TryRun("find", [".", "-path", "./a/b/target", "-print", "-prune", "-o", "-newer",
                "./before", "-type", "f", "-print"], directory: host.Path).Output.Trim());
            Assert.Equal("good", File.ReadAllText(Path.Combine(target, mountpoint[1..], "good")));
            Assert.Equal("dots", File.ReadAllText(Path.Combine(target, mountpoint[1..], "dots/kept")));
        }
        finally
        {
            g.Umount(mountpoint);
        }
    }

    [Fact]
    public void A_file_that_cannot_be_read_to_its_end_is_left_out_of_many()
    {
        ScratchDisk disk = appliance.TakeDisk();
        using TempDirectory host = new();
        string tree = Directory.CreateDirectory(host.File("tree")).FullName;
        for (int i = 0; i < 100; i++)
        {
            File.WriteAllBytes(Path.Combine(tree, $"file{i}"), [.. Enumerable.Repeat((byte)1, i * 300), 0]);
        }

        // The block of its later blocks' numbers has numbers of no blocks.
        Command.Run("mke2fs", "-q", "-F", "-t", "ext2", "-b", "1024", "-d", tree, disk.Image, "8M");
        using (FileStream image = new(disk.Image, FileMode.Open))
        {
            string stat = ExtJudge.Debugfs(disk.Image, "stat /file90");
            int at = stat.IndexOf("(IND):", StringComparison.Ordinal) + 6;
            image.Position = 1024 * long.Parse(stat[at..stat.IndexOfAny([',', '\n'], at)], null);
            image.Write([.. Enumerable.Repeat((byte)0xFE, 1024)]);
        }

        GuestfsHandle g = appliance.Guestfs;
        g.BlockdevFlushbufs(disk.Device);
        string mountpoint = appliance.NewMountpoint();
        g.MountRo(disk.Device, mountpoint);
        try
        {
            Assert.Equal("file90", appliance.Shell(
                $"cd /sysroot{mountpoint}; for f in file*; do cat $f >/dev/null 2>&1 || echo -n $f; done").Trim());
            string target = Directory.CreateDirectory(host.File("target")).FullName;
            ExtractReport report = g.Extract(mountpoint, target);
            Assert.Equal((mountpoint + "/file90", ExtractSkipReason.Unreadable), report.Skipped.Select(s => (s.Path, s.Reason)).Single());
            Assert.Equal(99, report.Files);
            string copy = Path.Combine(target, mountpoint[1..]);
            Assert.False(File.Exists(Path.Combine(copy, "file90")));
            File.Delete(Path.Combine(tree, "file90"));
            Directory.Delete(Path.Combine(copy, "lost+found"));
            Assert.Equal("", Command.Run("diff", "-r", tree, copy));
        }
        finally
        {
            g.Umount(mountpoint);
        }
    }

    private static void Walk(GuestfsHandle g, string mountpoint)
    {
        // What can be read comes first, then the error.
        List<string> seen = [];
        GuestfsException cut = Assert.Throws<GuestfsException>(() =>
        {
            foreach (GuestfsDirectoryEntry entry in g.EnumerateDirectory(mountpoint + "/many"))
            {
                seen.Add(entry.Name);
            }
        });
        Assert.Equal(5, cut.Errno);
        Assert.Equal(Readable(g, mountpoint + "/many"), seen);
        Assert.Equal(117, Assert.Throws<GuestfsException>(() => g.EnumerateDirectory(mountpoint + "/dots").Count()).Errno);

        List<(string, int)> left = [];
        EnumerateDirectoryOptions options = new()
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = 1,
            ContinueOnError = (e, error) => Add(e.Path, error.Errno),
        };
        Assert.DoesNotContain(g.EnumerateDirectory(mountpoint, options), e => e.Name is "." or "..");
        Assert.Contains((mountpoint + "/many", 5), left);
        Assert.Contains((mountpoint + "/slash", 5), left);
        Assert.Contains((mountpoint + "/dots/..", 117), left);

        bool Add(string path, int errno)
        {
            left.Add((path, errno));
            return true;
        }
    }

    // What libguestfs can read of a damaged directory: 1.48 what comes before the damage, newer ones nothing.
    private static string[] Readable(GuestfsHandle g, string directory)
    {
        try
        {
            return [.. g.Readdir(directory).Select(e => e.Name).Where(n => n is not ("." or ".."))];
        }
        catch (GuestfsException) when (g.Version() is { Major: 1, Minor: > 48 })
        {
            return [];
        }
    }

    private static void Make(string image, TempDirectory host)
    {
        string tree = Directory.CreateDirectory(host.File("tree")).FullName;
        foreach (string sub in new[] { "slash", "doubled", "dots", "loop", "many" })
        {
            Directory.CreateDirectory(Path.Combine(tree, sub));
        }

        File.WriteAllText(Path.Combine(tree, "good"), "good");
        File.WriteAllText(Path.Combine(tree, "slash", "patch_up_up"), "evil");
        File.WriteAllText(Path.Combine(tree, "doubled", "same_name"), "one");
        File.WriteAllText(Path.Combine(tree, "doubled", "patchname"), "two");
        File.WriteAllText(Path.Combine(tree, "dots", "kept"), "dots");
        File.WriteAllText(Path.Combine(tree, "dots", "Zz"), "two dots");
        for (int i = 0; i < 40; i++)
        {
            File.WriteAllText(Path.Combine(tree, "many", $"name{i}"), "data");
        }

        File.WriteAllText(host.File("before"), "");
        File.SetLastWriteTimeUtc(host.File("before"), DateTime.UtcNow.AddSeconds(1));
        Command.Run("mke2fs", "-q", "-F", "-t", "ext4", "-O", "^metadata_csum,^dir_index", "-d", tree, image, "8M");
        Command.Run("debugfs", "-w", "-R", "ln / /loop/root", image);
        Command.Run("debugfs", "-w", "-R", "ln /good /dots/..", image);

        // mke2fs packs a directory in the order of the host's; one in the middle gets a slash.
        string[] many =
        [
            .. ExtJudge.Debugfs(image, "ls -p /many").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('/')[5]),
        ];
        byte[] bytes = File.ReadAllBytes(image);
        Patch(bytes, many[20], many[20].Replace('e', '/'));
        Patch(bytes, "patch_up_up", "../../../up");
        Patch(bytes, "patchname", "same_name");
        Patch(bytes, "\u0002\u0001Zz", "\u0002\u0001..");
        using FileStream file = new(image, FileMode.Open);
        file.Write(bytes);
    }

    private static void Patch(byte[] bytes, string from, string to)
    {
        int at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(from));
        Assert.True(at > 0, $"{from} is not in the image.");
        Encoding.ASCII.GetBytes(to).CopyTo(bytes, at);
    }
}
