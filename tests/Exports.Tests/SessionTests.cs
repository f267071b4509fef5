// A session of a C program on a disk image; e2fsck and debugfs judge the disk it leaves, cmp and find the files, valgrind the
// program: in the soak, because it takes half a minute for that.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Exports.Tests;

public sealed class SessionTests
{
    [Fact]
    public void A_C_program_fills_a_disk_and_reads_it()
    {
        Command.Require("e2fsck", "debugfs", "cmp", "find");
        using TempDirectory directory = new();
        string disk = directory.File("disk");
        using (FileStream file = File.Create(disk))
        {
            file.SetLength(256 << 20);
        }

        byte[] source = new byte[3_000_001];
        new Random(1).NextBytes(source);
        File.WriteAllBytes(directory.File("source"), source);
        Directory.CreateDirectory(directory.File("host"));

        using SmallFilesystem small = new("8m");
        string[] arguments = [disk, directory.Path, Path.Combine(small.Directory, "image")];
        CProgram program = new("session", PublishedLibrary.Product);
        string start = Soak.IsOn ? program.RunUnderValgrind(arguments) : program.Run(arguments);
        string partition = $"{disk}?offset={start.Trim()}";

        Command.Run("e2fsck", "-fn", partition);
        Command.Run("cmp", directory.File("source"), directory.File("target"));
        Command.Run("debugfs", "-R", $"dump /uploaded {directory.File("dumped")}", partition);
        Command.Run("cmp", directory.File("source"), directory.File("dumped"));
        Assert.Equal("written after gfs_guest_os_mount\n", Command.Run("debugfs", "-R", "cat /greeting", partition));
        Assert.Equal("judged-by-c\n", Command.Run("debugfs", "-R", "cat /etc/hostname", partition));
        Assert.DoesNotContain("zeros", Command.Run("debugfs", "-R", "ls -p /", partition), StringComparison.Ordinal);
        Assert.Equal(
            ["d tree ", "d tree/sub ", "f tree/sub/file ", "l tree/inside sub/file"],
            Command.Run("find", directory.File("host"), "-mindepth", "1", "-printf", "%y %P %l\\n")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(l => l.Contains("tree", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
        Assert.Equal("extracted\n", File.ReadAllText(directory.File("host/tree/sub/file")));
    }
}
