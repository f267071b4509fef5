// The programs of e2fsprogs, asked about images.
using System.Globalization;

using Guestfs.Appliances.Ext2;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Plan;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Ext2;

/// <summary>What e2fsck and debugfs say.</summary>
internal static class Ext2Judge
{
    /// <summary>Writes an image of a plan, which e2fsck must find flawless.</summary>
    internal static byte[]? WriteChecked(FilePlan plan, string image, Ext2Options? options = null)
    {
        byte[]? digest = Ext2Image.Write(
            Ext2Image.Plan(plan, options ?? PlanEntries.Options, TestContext.Current.CancellationToken),
            image,
            null,
            TestContext.Current.CancellationToken);
        Check(image);
        return digest;
    }

    /// <summary>e2fsck finds nothing: its exit code says so, and it prints no more than its five passes and the summary.</summary>
    internal static void Check(string image)
    {
        CommandResult result = Command.TryRun("e2fsck", ["-fn", image], English);
        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(result.ExitCode == 0 && lines.Length == 6 && lines[..5].All(line => line.StartsWith("Pass ", StringComparison.Ordinal)),
            $"{result.ExitCode}\n{result.Output}\n{result.Error}");
    }

    /// <summary>Runs commands of debugfs and returns what they print.</summary>
    internal static string Debug(string image, params string[] requests)
    {
        using TempDirectory directory = new();
        string script = directory.File("requests");
        File.WriteAllLines(script, requests);
        CommandResult result = Command.TryRun("debugfs", ["-f", script, image], English);
        Assert.True(result.ExitCode == 0, result.Error);
        return string.Concat(
            result.Output.Split('\n').Where(line => !line.StartsWith("debugfs: ", StringComparison.Ordinal)).Select(line => line + "\n"));
    }

    /// <summary>Where blocks of a file are in the image; 0 in a hole.</summary>
    internal static long[] Map(string image, string path, params IEnumerable<long> blocks) =>
        [.. Debug(image, [.. blocks.Select(block => $"bmap {path} {block}")]).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => long.Parse(line, CultureInfo.InvariantCulture))];

    /// <summary>Copies a whole image out and compares it with the plan it was made of:
    /// contents, targets, permissions, and owners if this is root.</summary>
    internal static void CompareCopy(FilePlan plan, string image)
    {
        using TempDirectory directory = new();
        string copy = Directory.CreateDirectory(directory.File("copy")).FullName;
        try
        {
            Debug(image, $"rdump / {copy}");
            CompareFiles(plan, copy);
        }
        finally
        {
            // .NET cannot delete files whose names are not text.
            Command.Run("rm", "-rf", copy);
        }
    }

    private static void CompareFiles(FilePlan plan, string copy)
    {
        foreach (PlanEntry entry in plan.Entries)
        {
            // The copy makes nothing of devices and sockets.
            PlanEntry file = entry.Kind == EntryKind.HardLink ? plan.Find(entry.LinkTarget!)! : entry;
            string host = copy + entry.Path;
            if (file.Kind is EntryKind.SymbolicLink)
            {
                Assert.Equal(file.LinkTarget, Posix.ReadLink(host));
            }
            else if (file.Kind is EntryKind.File or EntryKind.Directory && entry.Path != "/")
            {
                FileStatus status = Posix.LinkStatus(host) ?? throw new InvalidOperationException($"{entry.Path} is not in the copy.");

                // The copy loses setuid, setgid, sticky and the upper bits of times.
                Assert.Equal(
                    (entry.Path, file.Kind, file.Mode & Permissions.Octal0777),
                    (entry.Path, status.Kind!.Value, status.Permissions & Permissions.Octal0777));
                Assert.True(!Environment.IsPrivilegedProcess || (file.Uid == status.Uid && file.Gid == status.Gid),
                    $"The owner of {entry.Path}: {status.Uid}:{status.Gid}");
                if (file.Kind == EntryKind.File)
                {
                    Assert.Equal(
                        (entry.Path, (uint)file.ModificationTime), (entry.Path, (uint)(status.ModificationTimeNs / 1_000_000_000)));
                    CompareContent(file.Content!, host);
                }
            }
        }
    }

    /// <summary>Asks debugfs for every inode: type, whole mode, owner, number of names, whole time and device.</summary>
    internal static void CompareInodes(FilePlan plan, string image)
    {
        PlanEntry[] files = [.. plan.Entries.Skip(1).Where(entry => entry.Kind != EntryKind.HardLink)];
        ILookup<string, PlanEntry> names = plan.Entries.Where(entry => entry.Kind == EntryKind.HardLink)
            .ToLookup(entry => entry.LinkTarget!);
        ILookup<string, PlanEntry> subdirectories = files.Where(entry => entry.Kind == EntryKind.Directory)
            .ToLookup(entry => FilePlanBuilder.ParentOf(entry.Path));
        string[] inodes = Debug(image, [.. files.Select((_, i) => $"stat <{i + 12}>")]).Split("Inode: ")[1..];
        Assert.Equal(files.Length, inodes.Length);
        foreach ((PlanEntry file, string inode) in files.Zip(inodes))
        {
            (string type, int links) = file.Kind switch
            {
                EntryKind.Directory => ("directory", 2 + subdirectories[file.Path].Count()),
                EntryKind.File => ("regular", 1),
                EntryKind.SymbolicLink => ("symlink", 1),
                EntryKind.CharacterDevice => ("character special", 1),
                EntryKind.BlockDevice => ("block special", 1),
                EntryKind.Fifo => ("FIFO", 1),
                _ => ("socket", 1),
            };
            string mode = "0" + Convert.ToString(file.Mode, 8).PadLeft(3, '0');
            Assert.Matches($@"Type: {type} +Mode: +{mode} ", inode);
            Assert.Matches($@"User: +({file.Uid}|{(int)file.Uid}) +Group: +({file.Gid}|{(int)file.Gid}) ", inode);
            Assert.Matches($@"Links: {links + names[file.Path].Count()} ", inode);
            Assert.Contains(
                $"mtime: 0x{(uint)file.ModificationTime:x8}:{file.ModificationTime + 0x8000_0000L >> 32:x8} ", inode,
                StringComparison.Ordinal);
            if (file.Kind is EntryKind.CharacterDevice or EntryKind.BlockDevice)
            {
                Assert.Contains(
                    $"Device major/minor number: {file.Device.Major:00}:{file.Device.Minor:00} ", inode, StringComparison.Ordinal);
            }
        }
    }

    private static void CompareContent(FileContent content, string host)
    {
        byte[] expected = new byte[content.Length], actual = new byte[content.Length];
        using IContentReader reader = content.Open(), copy = new HostFileContent(host, 0, content.Length).Open();
        reader.ReadExactly(0, expected);
        copy.ReadExactly(0, actual);
        Assert.Equal(content.Length, Posix.LinkStatus(host)!.Value.Size);
        Assert.True(expected.AsSpan().SequenceEqual(actual), host);
    }

    private static Dictionary<string, string?> English =>
        new() { ["LC_ALL"] = "C", ["TZ"] = "UTC", ["DEBUGFS_PAGER"] = "cat", ["PAGER"] = "cat" };
}
