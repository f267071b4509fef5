// The daemon of this distribution, with lazy libraries in an appliance.
using Guestfs.Appliances.Tests.Rpm;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.LazyLibraries;

public sealed class DaemonTests : IDisposable
{
    // Functions of each library; those of librpm are called with the root directory changed to the guest's.
    private const string Script = """
        run
        mount /dev/sda /
        debug sh "grep -c -e libaugeas.so.0. -e libtsk.so.19. -e libcrypto /proc/$PPID/maps || true"
        aug-init / 32
        aug-rm "/augeas/load//incl[. != \"/etc/hosts\"]"
        aug-load
        aug-get /files/etc/hosts/1/canonical
        aug-close
        hivex-open /hive
        hivex-node-name 4128
        hivex-close
        yara-load RULES
        yara-scan /etc/hosts
        inspect-os
        inspect-get-mountpoints /dev/sda
        inspect-get-hostname /dev/sda
        mount /dev/sda /
        inspect-list-applications2 /dev/sda
        umount-all
        filesystem-walk /dev/sda

        """;

    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Its_large_libraries_are_lazy_and_their_functions_work()
    {
        Command.Require("guestfish", "mke2fs");
        string log = Gfs.Run("appliance", "build", "--profile", "fast", "--verbose", "-o", directory.File("appliance")).Error;
        foreach (string library in (string[])["libaugeas", "libhivex", "libsystemd", "librpm", "libtsk", "libyara"])
        {
            Assert.Matches($@"(?m)^{library}\.so\.\d+: loaded from /\S+ by the first call of one of \d+ functions$", log);
        }

        string rules = directory.File("rules");
        File.WriteAllText(rules, "rule seven { strings: $a = \"seven.example\" condition: $a }\n");
        string answers = Guestfish.Run(directory.File("appliance"), [Guest()], Script.Replace("RULES", rules, StringComparison.Ordinal));
        Assert.StartsWith("0\n", answers, StringComparison.Ordinal);
        Assert.Contains("seven.example\n", answers, StringComparison.Ordinal);
        Assert.Contains("root\n", answers, StringComparison.Ordinal);

        // Of fstab, for which few of Augeas' lenses are enough, and of a file for which they are not.
        Assert.Contains("/: /dev/sda\nnine.example\n", answers, StringComparison.Ordinal);
        Assert.Contains("yara_rule: seven", answers, StringComparison.Ordinal);
        Assert.Contains("app2_name: alpha", answers, StringComparison.Ordinal);
        Assert.Contains("tsk_name: etc/hosts", answers, StringComparison.Ordinal);
    }

    // A system of packages, with a registry file.
    private string Guest()
    {
        using RpmRoot root = new(("alpha", "1.2-3", "", "/usr/bin/alpha"));
        foreach ((string name, string text) in new[]
        {
            ("etc/hosts", "10.0.0.7\tseven.example seven\n"), ("etc/fedora-release", "Fedora release 38 (Thirty Eight)\n"),
            ("etc/redhat-release", "Fedora release 38 (Thirty Eight)\n"),
            ("etc/os-release", "ID=fedora\nVERSION_ID=38\n"), ("etc/fstab", "/dev/sda / ext2 defaults 0 0\n"), ("bin/sh", ""),
            ("etc/sysconfig/network", "NETWORKING=yes\nHOSTNAME=nine.example\n"),

            // Debian's rpm has it in a home directory.
            ("etc/rpm/macros", "%_dbpath /var/lib/rpm\n"),
        })
        {
            string path = Path.Combine(root.Path, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        File.WriteAllBytes(Path.Combine(root.Path, "hive"), MinimalHive.Create());
        Directory.CreateDirectory(Path.Combine(root.Path, "usr/lib"));
        Command.Run("cp", "-r", "/usr/lib/rpm", Path.Combine(root.Path, "usr/lib"));
        string disk = directory.File("disk");
        Command.Run("mke2fs", "-q", "-t", "ext2", "-d", root.Path, disk, "64M");
        return disk;
    }
}
