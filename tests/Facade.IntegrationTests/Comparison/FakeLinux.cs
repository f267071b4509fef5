// Makes a disk with just enough of a Linux system to be inspected, with the host's programs alone.
using Guestfs.IntegrationTests.Inspection;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Comparison;

/// <summary>A small Debian-like system.</summary>
internal static class FakeLinux
{
    private const int SectorsBefore = 2048;
    private const int RootMegabytes = 96;
    private const string SystemUuid = "11111111-1111-4111-8111-111111111111";

    /// <summary>Makes the image: GPT, a root filesystem and an empty partition.</summary>
    internal static void Create(string image, TempDirectory directory)
    {
        string tree = Directory.CreateDirectory(directory.File("tree")).FullName;
        foreach (string name in (string[])["bin", "dev", "etc", "lib", "proc", "root", "sys", "tmp", "usr", "var/lib/dpkg"])
        {
            Directory.CreateDirectory(Path.Combine(tree, name));
        }

        Write("etc/os-release", FakeDebian.OsRelease);
        Write("etc/debian_version", "12.5\n");
        Write("etc/fstab", "LABEL=system / ext4 errors=remount-ro 0 1\n/dev/sda2 none swap sw 0 0\n/dev/vg/root /srv ext3 defaults 0 2\n"
            + "/dev/hdb1 /old ext2 noauto 0 0\n");
        Write("etc/hostname", "fake.example.org\n");
        Write("etc/hosts", "127.0.0.1 localhost\n::1 ip6-localhost\n192.0.2.7 fake.example.org fake # größe\n");
        Write("etc/many", string.Concat(Enumerable.Range(1, 2000).Select(i => $"number {i}\n")));
        File.WriteAllBytes(Path.Combine(tree, "etc/latin1"), [(byte)'g', (byte)'r', 0xf6, 0xdf, (byte)'e', 0, 255, 10]);
        Write("var/lib/dpkg/status", FakeDebian.DpkgStatus);
        File.Copy(Path.GetFullPath(new FileInfo("/bin/sh").ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? "/bin/sh"),
            Path.Combine(tree, "bin/sh"));
        File.CreateSymbolicLink(Path.Combine(tree, "lib/link"), "../etc/fstab");

        using (FileStream file = File.Create(image))
        {
            file.SetLength((RootMegabytes + 8L) << 20);
        }

        CommandResult table = Command.TryRun("sfdisk", ["--quiet", image], input: $"""
            label: gpt
            label-id: 0F0E0D0C-0B0A-4908-8706-050403020100
            start={SectorsBefore}, size={RootMegabytes}MiB, name="system", uuid={SystemUuid}, attrs="LegacyBIOSBootable"
            size=4MiB, name="empty", type=S, attrs="RequiredPartition GUID:60"

            """);
        Assert.True(table.ExitCode == 0, table.Error);
        string offset = $"offset={SectorsBefore * 512}";
        Command.Run(
            "mke2fs", "-q", "-F", "-t", "ext4", "-L", "system", "-E", offset + ",root_owner=0:0", "-d", tree, image, RootMegabytes + "M");
        string value = directory.File("value");
        File.WriteAllBytes(value, [(byte)'v', 0xff, 0, (byte)'x']);
        foreach (string command in (string[])["ea_set /etc/hosts user.test text", $"ea_set -f {value} /etc/hosts user.binary",
            "set_inode_field /etc/hosts flags 0x80080", "set_inode_field /etc/hosts generation 12345"])
        {
            CommandResult result = Command.TryRun("debugfs", ["-w", "-R", command, $"{image}?{offset}"]);
            Assert.True(result.ExitCode == 0, result.Error);
        }

        void Write(string name, string content) => File.WriteAllText(Path.Combine(tree, name), content);
    }
}
