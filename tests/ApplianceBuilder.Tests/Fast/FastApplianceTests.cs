// The parts of an appliance of the fast profile, without booting it: readelf, modprobe, systemd-tmpfiles and e2fsck are the judges.
using System.Text.Json;

using Guestfs.Appliances.Tests.Kernel;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Fast;

public sealed class FastApplianceTests(FastAppliance appliance) : IClassFixture<FastAppliance>
{
    [Fact]
    public void It_is_sound_and_says_how_it_starts()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(appliance.File("manifest.json")));
        Assert.Equal("fast", manifest.RootElement.GetProperty("profile").GetString());
        Gfs.Verify(appliance.Directory);
    }

    [Fact]
    public void The_same_packages_give_the_same_bytes()
    {
        using FastAppliance again = new();
        foreach (string name in (string[])["kernel", "initrd", "root", "manifest.json"])
        {
            Command.Run("cmp", appliance.File(name), again.File(name));
        }
    }

    [Fact]
    public void The_kernel_is_the_one_in_the_bzImage_with_an_entry_that_qemu_finds()
    {
        Command.Require("readelf", "objdump", "python3");
        Assert.SkipUnless(HostKernel.Cpu == "x86_64", "Other processors' kernels stay as they are.");
        Assert.Contains("unpacked to an ELF file", appliance.Log, StringComparison.Ordinal);
        string headers = Command.Run("readelf", "-hlW", appliance.File("kernel"));
        Assert.Contains("Advanced Micro Devices X86-64", headers, StringComparison.Ordinal);
        string added = headers.Split('\n').Last(line => line.TrimStart().StartsWith("LOAD", StringComparison.Ordinal));
        string[] fields = added.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string address = Convert.ToUInt64(fields[3], 16).ToString("x", System.Globalization.CultureInfo.InvariantCulture);

        // Xen's note 18 leads to the added segment, which begins with the instructions meant.
        const string Notes = """
            import struct, sys
            d = open(sys.argv[1], 'rb').read()
            table, count = struct.unpack_from('<Q', d, 32)[0], struct.unpack_from('<H', d, 56)[0]
            for i in range(count):
                kind, _, offset, _, _, size = struct.unpack_from('<IIQQQQ', d, table + 56 * i)
                at = offset
                while kind == 4 and at + 12 <= offset + size:
                    n, length, number = struct.unpack_from('<III', d, at)
                    if number == 18:
                        print('%x' % struct.unpack_from('<I', d, at + 12 + (n + 3 & ~3)))
                    at += 12 + (n + 3 & ~3) + (length + 3 & ~3)
            """;
        Assert.Equal(address, Command.Run("python3", "-c", Notes, appliance.File("kernel")).Trim());
        using TempDirectory directory = new();
        using FileStream kernel = File.OpenRead(appliance.File("kernel"));
        kernel.Position = (long)Convert.ToUInt64(fields[1], 16);
        byte[] page = new byte[0x400];
        kernel.ReadExactly(page);
        File.WriteAllBytes(directory.File("code"), page);
        string code = Command.Run("objdump", "-D", "-b", "binary", "-m", "i386", directory.File("code"));
        Assert.Matches($@"mov +\$0x{address},%ebp", code);
        Assert.Matches(@"mov +0x8\(%ebp\),%eax", code);

        // All else is as another program unpacks it.
        const string Unpack = """
            import struct, subprocess, sys
            d = open(sys.argv[1], 'rb').read()
            offset, length = struct.unpack_from('<II', d, 0x248)
            start = ((d[0x1f1] or 4) + 1) * 512 + offset
            packed = d[start:start + length]
            tools = {b'\x02\x21\x4c\x18': ['lz4', '-d'], b'\xfd7zX': ['xz', '-d'],
                     b'\x28\xb5\x2f\xfd': ['zstd', '-d', '--long=31'], b'\x1f\x8b\x08\x00': ['gzip', '-d']}
            tool = tools[packed[:4]]
            elf = subprocess.run(tool, input=packed if tool[0] == 'gzip' else packed[:-4], stdout=subprocess.PIPE, check=True).stdout
            ours = open(sys.argv[2], 'rb').read()[:len(elf)]
            assert len(elf) == len(ours)
            print(sum(a != b for a, b in zip(elf, ours)))
            """;
        int changed = int.Parse(Command.Run("python3", "-c", Unpack, HostKernel.Find().ImagePath, appliance.File("kernel")),
            System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(changed, 1, 56 + 2 + 4);
    }

    [Fact]
    public void Its_drivers_are_those_that_modprobe_loads()
    {
        Command.Require("modprobe", "cpio");
        string version = HostKernel.Find().Version;
        string[] groups = appliance.InitrdFile("drivers").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(groups, line => line.EndsWith(" sd_mod.ko", StringComparison.Ordinal) || line == "sd_mod.ko");
        string[] modules = [];
        int checkedDevices = 0;
        foreach (string line in groups)
        {
            if (line[0] != ' ')
            {
                modules = line.Split(' ');
            }
            else if (line.StartsWith(" virtio:", StringComparison.Ordinal) || line.StartsWith(" pci:v00001AF4", StringComparison.Ordinal))
            {
                // A device that the pattern is for.
                string device = line.Trim().Replace("*", "0", StringComparison.Ordinal);
                string[] loaded = [.. Command.Run("modprobe", "-S", version, "--show-depends", device)
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(text => text.StartsWith("insmod ", StringComparison.Ordinal))
                    .Select(text => Path.GetFileName(text.Split(' ')[1]))
                    // The initrd has them unpacked.
                    .Select(name => name.EndsWith(".ko", StringComparison.Ordinal) ? name : Path.GetFileNameWithoutExtension(name))];
                Assert.Equal(loaded.Order(StringComparer.Ordinal), modules.Order(StringComparer.Ordinal));
                Assert.Equal(loaded[^1], modules[^1]);
                checkedDevices++;
            }
        }

        Assert.InRange(checkedDevices, 4, 100);
    }

    [Fact]
    public void What_it_makes_in_dev_and_run_is_what_systemd_tmpfiles_makes()
    {
        Command.Require("systemd-tmpfiles", "debugfs", "find", "awk");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Device nodes can be made by root only.");
        using TempDirectory directory = new();
        string root = directory.File("root");
        Command.Run(
            "sh", "-c",
            "mkdir -p \"$1/dev\" \"$1/run\" \"$1/usr/lib\" \"$1/etc\" && debugfs -R \"rdump /usr/lib/tmpfiles.d $1/usr/lib\" \"$2\" 2>&1",
            "sh", root, appliance.File("root"));

        // kmod asks the running kernel for its version, which is another one: what it would write.
        const string Nodes = """
            $1 !~ /^#/ { n = split($2, parts, "/"); if (n > 1) print "d /dev/" parts[1] " 0755 - - -" }
            $1 !~ /^#/ { print substr($3, 1, 1) "! /dev/" $2 " 0600 - - - " substr($3, 2) }
            """;
        File.WriteAllText(
            root + "/usr/lib/tmpfiles.d/kmod.conf", Command.Run("awk", Nodes, HostKernel.Find().ModulesDirectory + "/modules.devname"));

        // Its exit code tells of accounts that an appliance does not have.
        Command.TryRun("systemd-tmpfiles", ["--root=" + root, "--prefix=/dev", "--prefix=/run", "--prefix=/var/run", "--create", "--boot"]);
        string[] made = [.. Command.Run("find", root + "/dev", root + "/run", "-mindepth", "1", "(", "-type", "d", "-o", "-type", "c", "-o",
            "-type", "l", ")", "-printf", "%y %P %m %U %G %l\n")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()).Order(StringComparer.Ordinal)];
        string[] listed =
            [.. appliance.InitrdFile("tree").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
            .Select(words => string.Join(' ', [words[0], words[4].Split('/', 3)[2], words[1].TrimStart('0').PadLeft(1, '0'), .. words[2..4],
                .. words[0] == "l" ? words[5..6] : []]))
            .Order(StringComparer.Ordinal)];
        Assert.NotEmpty(listed);
        Assert.Equal(made, listed);
    }
}
