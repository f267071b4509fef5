// A filesystem that no kernel would write, made by mke2fs and debugfs and then damaged byte by byte.
using System.Text;

using Guestfs.Appliance.Tests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Appliance.Tests.Extraction;

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
            Assert.Contains("../../../up", Ext.Debugfs(disk.Image, "ls -p /slash"), StringComparison.Ordinal);
            Assert.Equal(2, Ext.Debugfs(disk.Image, "ls -p /doubled").Split('\n').Count(line => line.Contains("/same_name/", StringComparison.Ordinal)));

            string target = Directory.CreateDirectory(host.File("a/b/target")).FullName;
            ExtractReport report = g.CopyOutSafe(mountpoint, target, new ExtractOptions { Symlinks = ExtractSymlinks.All });
            string[] skipped = [.. report.Skipped.Select(s => $"{s.Path[mountpoint.Length..]} {s.Reason}").Order(StringComparer.Ordinal)];
            Assert.Contains("/doubled/same_name DuplicateName", skipped);
            Assert.Contains("/good DuplicateName", skipped);
            Assert.Contains("/loop/root Unreadable", skipped);
            Assert.Equal("./a/b/target", Command.TryRun("find", [".", "-path", "./a/b/target", "-print", "-prune", "-o", "-newer", "./before", "-type", "f", "-print"], directory: host.Path).Output.Trim());
            Assert.Equal("good", File.ReadAllText(Path.Combine(target, mountpoint[1..], "good")));
            Assert.Equal("dots", File.ReadAllText(Path.Combine(target, mountpoint[1..], "dots/kept")));
        }
        finally
        {
            g.Umount(mountpoint);
        }
    }

    private static void Make(string image, TempDirectory host)
    {
        string tree = Directory.CreateDirectory(host.File("tree")).FullName;
        foreach (string sub in new[] { "slash", "doubled", "dots", "loop" })
        {
            Directory.CreateDirectory(Path.Combine(tree, sub));
        }

        File.WriteAllText(Path.Combine(tree, "good"), "good");
        File.WriteAllText(Path.Combine(tree, "slash", "patch_up_up"), "evil");
        File.WriteAllText(Path.Combine(tree, "doubled", "same_name"), "one");
        File.WriteAllText(Path.Combine(tree, "doubled", "patchname"), "two");
        File.WriteAllText(Path.Combine(tree, "dots", "kept"), "dots");
        File.WriteAllText(host.File("before"), "");
        File.SetLastWriteTimeUtc(host.File("before"), DateTime.UtcNow.AddSeconds(1));
        Command.Run("mke2fs", "-q", "-F", "-t", "ext4", "-O", "^metadata_csum,^dir_index", "-d", tree, image, "8M");
        Command.Run("debugfs", "-w", "-R", "ln / /loop/root", image);
        Command.Run("debugfs", "-w", "-R", "ln /good /dots/..", image);
        byte[] bytes = File.ReadAllBytes(image);
        Patch(bytes, "patch_up_up", "../../../up");
        Patch(bytes, "patchname", "same_name");
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
