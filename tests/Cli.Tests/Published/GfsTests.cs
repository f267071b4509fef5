// The tool as one file in an empty root directory; e2fsck and a libguestfs that boots what it built are the judges.
using System.Text.RegularExpressions;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Published;

public sealed class GfsTests
{
    // What a file system, a volume group and an encrypted disk need of the appliance: programs, and modules found by name.
    private const string Session = """
        run
        part-disk /dev/sda gpt
        pvcreate /dev/sda1
        vgcreate vg /dev/sda1
        lvcreate lv vg 400
        mkfs xfs /dev/vg/lv
        mount /dev/vg/lv /
        write /greeting hello
        cat /greeting
        umount-all
        mkfs btrfs /dev/vg/lv
        vfs-type /dev/vg/lv
        debug sh "modprobe --show-depends dm_crypt | wc -l"
        debug sh "cat /etc/debian_version"
        mount /dev/vg/lv /
        -readdir /
        """;

    // Which libraries and appliances have no listing of directories in common: docs/distributions.md.
    private const int LastMinorWithOldListings = 48;

    private const long HugePage = 2 << 20;

    [Fact]
    public void The_tool_is_small()
    {
        Assert.SkipWhen(PublishedProgram.AreFromElsewhere, "It was made elsewhere.");
        Assert.True(PublishedProgram.Gfs.Publishing.ExitCode == 0, PublishedProgram.Gfs.Publishing.Output);
        Assert.InRange(new FileInfo(PublishedProgram.Gfs.File).Length, 1, 16_000_000);
    }

    // In pages of 2 MiB, so that unpacking them does not take a thousand page faults. The kernel tells what it was asked for.
    [Fact]
    public void Its_types_are_in_huge_pages()
    {
        Command.Require("sh", "readelf");
        Assert.True(PublishedProgram.Gfs.Publishing.ExitCode == 0, PublishedProgram.Gfs.Publishing.Output);
        string file = PublishedProgram.Gfs.File;
        Match section = Regex.Match(Command.Run("readelf", "-SW", file), @" \.hydrated +NOBITS +(\w+) \w+ (\w+)");
        Assert.True(section.Success, "There is no section of types.");
        Assert.Equal(0, Number(section.Groups[1]) % HugePage);
        Assert.SkipUnless(Directory.Exists("/sys/kernel/mm/transparent_hugepage"), "This kernel has no such pages.");
        string maps = Command.Run(
            "sh", "-c",
            "sleep 20 | \"$1\" run --add /dev/zero - & for i in $(seq 200); do m=$(cat /proc/$!/smaps); case $m in *' hg'*) break ;; esac; "
            + "sleep 0.1; done; kill $!; echo \"$m\"", "sh", file);
        Match flags = Regex.Match(maps, @"^(\w+)-(\w+) rw-p (?:(?!VmFlags)[\s\S])*VmFlags:.* hg", RegexOptions.Multiline);
        Assert.True(flags.Success, maps);
        Assert.Equal(0, Number(flags.Groups[1]) % HugePage);
        long last = Number(section.Groups[2]) / HugePage * HugePage;
        Assert.InRange(last, HugePage, Number(section.Groups[2]) - 1);
        Assert.Equal(last, Number(flags.Groups[2]) - Number(flags.Groups[1]));

        static long Number(Group digits) => Convert.ToInt64(digits.Value, 16);
    }

    // In what supermin is content with.
    [Fact]
    public void An_appliance_is_built_in_little_address_space()
    {
        Command.Require("sh", "e2fsck");
        Assert.True(PublishedProgram.Gfs.Publishing.ExitCode == 0, PublishedProgram.Gfs.Publishing.Output);
        using TempDirectory directory = new();
        string appliance = directory.File("appliance");
        CommandResult build = Command.TryRun(
            "sh", ["-c", "ulimit -v 300000 && exec \"$@\"", "sh", PublishedProgram.Gfs.File, "appliance", "build", "-o", appliance]);
        Assert.True(build.ExitCode == 0, $"{build.ExitCode}: {build.Error}");
        Command.Run("e2fsck", "-fn", Path.Combine(appliance, "root"));
    }

    /// <summary>The release in the making, with the newest kernel; in the soak the one before it, too.</summary>
    public static TheoryData<string, string> Releases =>
        Soak.IsOn ? new() { { "sid", "/sid" }, { "trixie", "13" } } : new() { { "sid", "/sid" } };

    [Theory]
    [MemberData(nameof(Releases))]
    public void An_ordinary_user_in_an_empty_root_builds_an_appliance_of_another_release_that_boots(string suite, string version)
    {
        Command.Require("unshare", "ldd", "gpgv", "e2fsck", "guestfish", "qemu-img");
        Assert.True(PublishedProgram.Gfs.Publishing.ExitCode == 0, PublishedProgram.Gfs.Publishing.Output);
        using EmptyRoot root = new();
        root.AddProgram(PublishedProgram.Gfs.File, "gfs");
        root.AddProgram(Command.Find("gpgv")!, "gpgv");
        foreach (string library in new[] { "libssl.so.3", "libcrypto.so.3", "libnss_dns.so.2", "libnss_files.so.2", "libresolv.so.2" })
        {
            root.AddLibrary(library);
        }

        // The system's package sources, with the keys and logins that they need.
        foreach (string file in new[]
        {
            "/etc/apt", "/usr/share/keyrings", "/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/ssl/certs/ca-certificates.crt",
        })
        {
            root.AddFile(file, file);
        }

        // Mirrors of a moment in the past are expired.
        CommandResult build = root.Run("/bin/gfs", "appliance", "build", "--suite", suite, "--allow-expired", "-o", "/out/appliance");
        Assert.True(build.ExitCode == 0, build.Error);
        Assert.True(root.Run("/bin/gfs", "appliance", "verify", "/out/appliance").ExitCode == 0);

        CommandResult check = Command.TryRun("e2fsck", ["-fn", root.File("/out/appliance/root")]);
        Assert.True(check.ExitCode == 0, check.Output);

        string disk = root.File("/out/disk.qcow2");
        Command.Run("qemu-img", "create", "-q", "-f", "qcow2", disk, "1G");
        CommandResult session = Command.TryRun(
            "guestfish",
            ["--format=qcow2", "-a", disk],
            new Dictionary<string, string?>
            {
                ["LIBGUESTFS_PATH"] = root.File("/out/appliance"),
                ["LIBGUESTFS_BACKEND"] = Environment.GetEnvironmentVariable("LIBGUESTFS_BACKEND") ?? "direct",
                ["LIBGUESTFS_BACKEND_SETTINGS"] = Environment.GetEnvironmentVariable("LIBGUESTFS_BACKEND_SETTINGS") ?? "force_tcg",
            },
            input: Session);
        Assert.True(session.ExitCode == 0, session.Error);
        string[] lines = session.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(["hello", "btrfs"], lines[..2]);
        Assert.True(int.Parse(lines[2], System.Globalization.CultureInfo.InvariantCulture) > 1, session.Output);
        Assert.Contains(version, lines[3], StringComparison.Ordinal);

        // What the two do not have in common is told by libguestfs.
        string minor = Command.Run("guestfish", "--version").Trim().Split('.')[1];
        bool isOld = int.Parse(minor, System.Globalization.CultureInfo.InvariantCulture) <= LastMinorWithOldListings;
        Assert.Equal(isOld, session.Error.Contains("point to the matching libguestfs appliance directory", StringComparison.Ordinal));
    }
}
