// Status, permissions, attributes, access lists, capabilities and times, which debugfs reads from the inodes.
using System.Globalization;
using System.Text.RegularExpressions;

using Guestfs.IntegrationTests.Support;

using Xunit;

namespace Guestfs.IntegrationTests.Files;

[Collection(nameof(FilesAppliance))]
public sealed class MetadataTests(FilesAppliance appliance)
{
    private readonly GuestfsHandle g = appliance.Guestfs;
    private readonly string directory = appliance.NewDirectory();

    [Fact]
    public void Permissions_and_times_are_taken_and_told_as_those_of_dotnet()
    {
        string file = NewFile("typed"), folder = $"{directory}/typed-directory";
        UnixFileMode mode = UnixFileMode.SetUser | UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherWrite;
        DateTimeOffset before1970 = new(1969, 12, 31, 23, 59, 59, 250, TimeSpan.Zero), later = new(2031, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);
        g.Chmod(mode, file);
        g.Utimens(file, before1970, later);
        UnixFileMode umask = g.Umask(UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);
        g.MkdirMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite | UnixFileMode.OtherRead);
        Assert.Equal(UnixFileMode.OtherWrite | UnixFileMode.OtherExecute, g.Umask(umask));

        string inode = appliance.Debugfs($"stat {file}");
        Assert.Matches(@"Mode:\s+04502\b", inode);
        Assert.Equal((-1L, 250_000_000L), Time(inode, "atime"));
        Assert.Equal((later.ToUnixTimeSeconds(), 789_000_000L), Time(inode, "mtime"));
        Assert.Matches(@"Mode:\s+0604\b", appliance.Debugfs($"stat {folder}"));

        // Either may stay as it is.
        g.Utimens(file, null, before1970);
        inode = appliance.Debugfs($"stat {file}");
        Assert.Equal([(-1L, 250_000_000L), (-1L, 250_000_000L)], new[] { Time(inode, "atime"), Time(inode, "mtime") });

        StatNs status = g.Statns(file);
        Assert.Equal((mode, before1970, before1970), (status.Permissions, status.AccessTime, status.ModificationTime));
        (long seconds, long nanoseconds) = Time(inode, "ctime");
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick), status.ChangeTime);
        Assert.Null((status with { AtimeSec = long.MaxValue }).AccessTime);
        Assert.Null((status with { MtimeNsec = 1_000_000_000 }).ModificationTime);
    }

    [Fact]
    public void Mode_owner_and_times_are_in_the_inode_and_in_every_form_of_stat()
    {
        string file = NewFile("file");
        g.Chown(100_000, 70_000, file);
        g.Chmod(0xded, file); // 06755
        g.Utimens(file, 1_234_567_890, 123_456_789, 4_000_000_000, 987_654_321);

        string inode = appliance.Debugfs($"stat {file}");
        Assert.Matches(@"Mode:\s+06755\b", inode);
        Assert.Matches(@"User:\s+100000\s+Group:\s+70000\b", inode);
        Assert.Equal((1_234_567_890L, 123_456_789L), Time(inode, "atime"));
        Assert.Equal((4_000_000_000L, 987_654_321L), Time(inode, "mtime"));

        StatNs ns = g.Statns(file);
        Assert.Equal(("0x8ded", 100_000L, 70_000L, 1L), ($"0x{ns.Mode:x}", ns.Uid, ns.Gid, ns.Nlink));
        Assert.Equal(long.Parse(Regex.Match(inode, @"Inode: (\d+)").Groups[1].Value, CultureInfo.InvariantCulture), ns.Ino);
        Assert.Equal(Time(inode, "atime"), (ns.AtimeSec, ns.AtimeNsec));
        Assert.Equal(Time(inode, "mtime"), (ns.MtimeSec, ns.MtimeNsec));
        Assert.Equal(Time(inode, "ctime"), (ns.CtimeSec, ns.CtimeNsec));

        // The program stat in the appliance prints what the kernel says to it.
        string[] printed = appliance.Shell($"stat -c '%d %i %f %h %u %g %s %o %b %X %Y %Z' /sysroot{file}").Trim().Split(' ');
        foreach (Stat s in (Stat[])[g.Stat(file), g.Lstat(file), .. g.Lstatlist(directory, ["file"])])
        {
            string[] ours =
            [
                Text(s.Dev),
                Text(s.Ino),
                $"{s.Mode:x}",
                .. new[] { s.Nlink, s.Uid, s.Gid, s.Size, s.BlkSize, s.Blocks, s.Atime, s.Mtime, s.Ctime }.Select(Text),
            ];
            Assert.Equal(printed, ours);
        }
    }

    [Fact]
    public void A_symlink_has_a_status_and_an_owner_of_its_own()
    {
        string file = NewFile("target");
        g.LnS("target", directory + "/link");
        g.Lchown(11, 22, directory + "/link");
        Assert.Matches(@"User:\s+11\s+Group:\s+22\b", appliance.Debugfs($"stat {directory}/link"));
        Assert.Matches(@"User:\s+0\s+Group:\s+0\b", appliance.Debugfs($"stat {file}"));
        Assert.Equal((11L, 0L), (g.Lstatns(directory + "/link").Uid, g.Statns(directory + "/link").Uid));
        GuestfsException error = Assert.Throws<GuestfsException>(() => g.Lstat(directory + "/none"));
        Assert.Equal(("lstat", 2), (error.Operation, error.Errno));
        Assert.Equal(-1, g.Lstatlist(directory, ["none"])[0].Ino);
    }

    [Fact]
    public void Extended_attributes_of_any_bytes_are_in_the_inode()
    {
        string file = NewFile("xattr");
        g.Setxattr("user.text", "größe", 7, file);
        g.Setxattr("user.bytes", "a\udcff\u0001\udc80", 4, file);
        g.Setxattr("trusted.empty", "", 0, file);

        string listed = appliance.Debugfs($"ea_list {file}");
        Assert.Contains("user.text (7)", listed, StringComparison.Ordinal);
        Assert.Contains("user.bytes (4) = 61 ff 01 80", listed, StringComparison.Ordinal);
        Assert.Contains("trusted.empty (0)", listed, StringComparison.Ordinal);

        Dictionary<string, string> read = g.Getxattrs(file).ToDictionary(x => x.Name, x => Convert.ToHexStringLower(x.Val));
        Assert.Equal("61ff0180", read["user.bytes"]);
        Assert.Equal("6772c3b6c39f65", read["user.text"]);
        Assert.Equal("", read["trusted.empty"]);
        Assert.Equal([0x61, 0xff, 1, 0x80], g.Getxattr(file, "user.bytes"));
        Assert.Equal([0x61, 0xff, 1, 0x80], g.Lgetxattr(file, "user.bytes"));

        // One list for several files: an entry with an empty name begins each.
        Xattr[] several = g.Lxattrlist(directory, ["xattr", "none"]);
        Assert.Equal("3", System.Text.Encoding.ASCII.GetString(several[0].Val).TrimEnd('\0'));
        Assert.Equal(["trusted.empty", "user.bytes", "user.text"], several[1..4].Select(x => x.Name).Order());
        Assert.Equal([("", 0)], several[4..].Select(x => (x.Name, x.Val.Length)));

        g.Removexattr("user.text", file);
        Assert.DoesNotContain("user.text", appliance.Debugfs($"ea_list {file}"), StringComparison.Ordinal);
        GuestfsException error = Assert.Throws<GuestfsException>(() => g.Getxattr(file, "user.text"));
        Assert.Equal(("getxattr", 61), (error.Operation, error.Errno));
    }

    [Fact]
    public void Access_lists_are_those_that_getfacl_prints()
    {
        Assert.SkipUnless(g.FeatureAvailable(["acl"]), "The appliance has no ACL support.");
        string file = NewFile("acl");
        g.AclSetFile(file, "access", "u::rw-,u:1234:r-x,g::r--,m::r-x,o::---");
        Assert.Equal(Entries(appliance.Shell($"getfacl -cnp /sysroot{file}")), Entries(g.AclGetFile(file, "access")));
        Assert.Contains("user:1234:r-x", g.AclGetFile(file, "access"), StringComparison.Ordinal);

        g.AclSetFile(directory, "default", "u::rwx,g::r-x,o::---");
        Assert.Contains("system.posix_acl_default", appliance.Debugfs($"ea_list {directory}"), StringComparison.Ordinal);
        g.AclDeleteDefFile(directory);
        Assert.DoesNotContain("system.posix_acl_default", appliance.Debugfs($"ea_list {directory}"), StringComparison.Ordinal);

        static string[] Entries(string text) =>
            [.. Regex.Matches(text, @"^[a-z]+:\d*:[-rwx]{3}", RegexOptions.Multiline).Select(m => m.Value).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void Capabilities_are_those_that_getcap_prints()
    {
        Assert.SkipUnless(g.FeatureAvailable(["linuxcaps"]), "The appliance has no libcap.");
        string file = NewFile("cap");
        Assert.Equal("", g.CapGetFile(file));
        g.CapSetFile(file, "cap_net_raw,cap_chown=ep");
        Assert.Equal($"/sysroot{file} cap_chown,cap_net_raw=ep", appliance.Shell($"getcap /sysroot{file}").Trim());
        Assert.Equal("cap_chown,cap_net_raw=ep", g.CapGetFile(file));
        Assert.Contains(
            "security.capability (20) = 01 00 00 02 01 20 00 00", appliance.Debugfs($"ea_list {file}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_are_copied_without_the_content()
    {
        string source = NewFile("from");
        string target = NewFile("to");
        g.Chmod(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, source);
        g.Chown(7, 8, source);
        g.Setxattr("user.copied", "yes", 3, source);
        g.Write(source, "source"u8);
        g.CopyAttributes(source, target, new CopyAttributesOptions { All = true });
        string inode = appliance.Debugfs($"stat {target}");
        Assert.Matches(@"Mode:\s+0640\b", inode);
        Assert.Matches(@"User:\s+7\s+Group:\s+8\b", inode);
        Assert.Contains("user.copied (3) = \"yes\"", appliance.Debugfs($"ea_list {target}"), StringComparison.Ordinal);
        Assert.Empty(appliance.ReadOnHost(target));
    }

    [Fact]
    public void The_umask_applies_to_new_files()
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        UnixFileMode old = g.Umask(Others);
        try
        {
            Assert.Equal((int)Others, g.GetUmask());
            g.Mkdir(directory + "/private");
        }
        finally
        {
            g.Umask(old);
        }

        Assert.Matches(@"Mode:\s+0700\b", appliance.Debugfs($"stat {directory}/private"));
    }

    private string NewFile(string name)
    {
        g.Touch($"{directory}/{name}");
        return $"{directory}/{name}";
    }

    // debugfs prints "mtime: 0xee6b2800:eb798c04 -- ...": seconds, then nanoseconds << 2 with two more bits of the seconds below.
    private static (long Seconds, long Nanoseconds) Time(string inode, string name)
    {
        Match match = Regex.Match(inode, $@"\b{name}: 0x([0-9a-f]+):([0-9a-f]+)");
        long seconds = (int)uint.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        uint extra = uint.Parse(match.Groups[2].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (seconds + ((long)(extra & 3) << 32), extra >> 2);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
