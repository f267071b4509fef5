// Names of every kind of bytes and directories of many entries, which debugfs and ls list.
using System.Globalization;

using Guestfs.IntegrationTests.Support;

using Xunit;

namespace Guestfs.IntegrationTests.Files;

[Collection(nameof(FilesAppliance))]
public sealed class FileNameTests(FilesAppliance appliance)
{
    private readonly GuestfsHandle g = appliance.Guestfs;
    private readonly string directory = appliance.NewDirectory();

    [Fact]
    public void A_name_that_is_not_utf8_is_made_listed_and_removed_by_its_bytes()
    {
        // Latin-1 "été", a lone continuation byte, and an overlong "/".
        byte[][] names = [[0xe9, (byte)'t', 0xe9], [(byte)'x', 0x80], [0xc0, 0xaf], [0xff, 0xfe, 0xfd]];
        foreach (byte[] name in names)
        {
            g.Write($"{directory}/{LosslessUtf8.GetString(name)}", name);
        }

        // The shell sees the bytes as hexadecimal digits, sorted.
        string[] expected = [.. names.Select(n => Convert.ToHexStringLower(n)).Order()];
        Assert.Equal(
            expected, appliance.Shell($"cd /sysroot{directory} && for f in *; do printf %s \"$f\" | od -An -tx1 | paste -sd' '; done")
            .Replace(" ", "", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());

        string[] listed = g.Ls(directory);
        Assert.Equal(expected, listed.Select(Hex).Order());
        Assert.Equal(expected, g.Find(directory).Select(n => Hex(n.TrimStart('/'))).Order());
        Assert.Equal(expected, g.Readdir(directory).Select(d => d.Name).Where(n => n is not "." and not "..").Select(Hex).Order());
        Assert.All(listed, name => Assert.Equal(LosslessUtf8.GetBytes(name), g.ReadFile($"{directory}/{name}")));

        g.Rm($"{directory}/{listed[0]}");
        Assert.Equal("3", appliance.Shell($"ls -U /sysroot{directory} | wc -l").Trim());

        static string Hex(string name) => Convert.ToHexStringLower(LosslessUtf8.GetBytes(name));
    }

    [Theory]
    [InlineData("spaces and\ttabs")]
    [InlineData("new\nline")]
    [InlineData("'\"`$(false)\\*?[a]")]
    [InlineData("Grüße, 世界 🐧")]
    [InlineData("-rf")]
    public void A_name_with_special_characters_is_one_name(string name)
    {
        string file = $"{directory}/{name}";
        g.Write(file, "content"u8);
        Assert.Equal([name], g.Ls(directory));
        string inode = g.Lstatns(file).Ino.ToString(CultureInfo.InvariantCulture);
        Assert.Contains($"/{inode}/100644/0/0/{name}/", appliance.Debugfs($"ls -p {directory}"), StringComparison.Ordinal);
        Assert.Equal("content", appliance.Debugfs($"cat <{inode}>"));
        Assert.Equal([file], g.GlobExpand(directory + "/*"));
        g.Rm(file);
        Assert.DoesNotContain(inode + "/100644", appliance.Debugfs($"ls -p {directory}"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_name_works_and_one_byte_more_is_refused()
    {
        string longest = new('é', 127);
        longest += "x";
        g.Touch($"{directory}/{longest}");
        Assert.Contains($"/{longest}/", appliance.Debugfs($"ls -p {directory}"), StringComparison.Ordinal);
        GuestfsException error = Assert.Throws<GuestfsException>(() => g.Touch($"{directory}/{longest}y"));
        Assert.Equal(("touch", 36), (error.Operation, error.Errno));
    }

    [Fact]
    public void A_thousand_entries_are_listed_with_their_inodes_and_types()
    {
        g.FillDir(directory, 1000);
        g.Mkdir(directory + "/subdirectory");
        g.LnS("00000001", directory + "/symlink");
        const UnixFileMode Mode =
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        g.Mkfifo(Mode, directory + "/fifo");
        g.MknodC(Mode, 1, 3, directory + "/char");
        g.MknodB(Mode, 7, 9, directory + "/block");

        // debugfs -p prints /inode/mode/uid/gid/name/size/.
        (string Ino, string Name, char Type)[] theirs = [.. appliance.Debugfs($"ls -p {directory}")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('/'))
            .Select(f => (f[1], f[5], TypeOf(f[2])))
            .OrderBy(e => e.Item2, StringComparer.Ordinal)];
        Assert.Equal(1007, theirs.Length);
        Assert.Equal(theirs, g.Readdir(directory)
            .Select(d => (d.Ino.ToString(CultureInfo.InvariantCulture), d.Name, d.Ftyp))
            .OrderBy(e => e.Name, StringComparer.Ordinal));
        Assert.Equal(theirs.Select(e => e.Name).Where(n => n is not "." and not ".."), g.Ls(directory));

        StatNs[] status = g.Lstatnslist(directory, [.. theirs.Select(e => e.Name)]);
        Assert.Equal(theirs.Select(e => e.Ino), status.Select(s => s.Ino.ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(["00000001", ""], g.Readlinklist(directory, ["symlink", "fifo"]));

        static char TypeOf(string mode) =>
            mode[..2] switch { "04" => 'd', "10" => 'r', "12" => 'l', "01" => 'f', "02" => 'c', "06" => 'b', _ => '?' };
    }

    [Fact]
    public void Directories_links_and_the_tests_for_them_agree_with_the_inodes()
    {
        g.MkdirP(directory + "/a/b/c");
        g.MkdirMode(directory + "/mode", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        g.Write(directory + "/a/file", "1"u8);
        g.Ln(directory + "/a/file", directory + "/hard");
        g.LnS("a/b", directory + "/link");
        Assert.Matches(@"Mode:\s+0700\b", appliance.Debugfs($"stat {directory}/mode"));
        Assert.Matches(@"Links: 2\b", appliance.Debugfs($"stat {directory}/hard"));
        Assert.Contains("Fast link dest: \"a/b\"", appliance.Debugfs($"stat {directory}/link"), StringComparison.Ordinal);

        Assert.Equal("a/b", g.Readlink(directory + "/link"));
        Assert.Equal(directory + "/a/b/c", g.Realpath(directory + "/link/c"));
        Assert.True(g.IsSymlink(directory + "/link"));
        Assert.False(g.IsDir(directory + "/link"));
        Assert.True(g.IsDir(directory + "/link", new IsDirOptions { FollowSymlinks = true }));
        Assert.Equal(directory + "/a/file", g.CaseSensitivePath(directory.ToUpperInvariant() + "/A/FILE"));
        GuestfsException notEmpty = Assert.Throws<GuestfsException>(() => g.Rmdir(directory + "/a"));
        Assert.Equal(("rmdir", 39), (notEmpty.Operation, notEmpty.Errno));
        g.RmRf(directory + "/a");
        Assert.Equal(
            ["hard", "link", "mode"], appliance.Shell($"ls /sysroot{directory}").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
