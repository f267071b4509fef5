// The initrd's init, booted by qemu and by libguestfs.
using Guestfs.Appliances.Common;
using Guestfs.Appliances.Skeletons;
using Guestfs.Appliances.Tests.Kernel;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Initrd;

public sealed class ApplianceInitTests
{
    private const string Uuid = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", OtherUuid = "11111111-2222-3333-4444-555555555555";
    private const string Greeting = "supermin: ext2 mini initrd starting up: ";

    [Theory]
    [InlineData("Stock", 8000)]
    [InlineData("Fast", 36000)]
    public void It_is_a_small_static_program_that_compiles_to_the_same_bytes_each_time(string profile, int mostBytes)
    {
        Command.Require("readelf", "gcc");
        using TempDirectory directory = new();
        byte[] program = NativeCode.Init(Enum.Parse<ApplianceProfile>(profile), HostKernel.Cpu);
        File.WriteAllBytes(directory.File("init"), program);
        string elf = Command.Run("readelf", "-hlW", directory.File("init"));
        Assert.DoesNotContain("INTERP", elf, StringComparison.Ordinal);
        Assert.DoesNotContain("DYNAMIC", elf, StringComparison.Ordinal);
        Assert.DoesNotContain("RWE", elf, StringComparison.Ordinal);
        Assert.InRange(program.Length, 1, mostBytes);

        byte[] Compile(string name)
        {
            Command.Run("sh", Repository.File("native", "guest", "appliance-init", "build.sh"), directory.File(name), profile == "Fast"
                ? "fast"
                : "stock");
            return File.ReadAllBytes(directory.File(name));
        }

        byte[] again = Compile("again");
        Assert.Equal(again, Compile("once-more"));

        // Another release's gcc makes other bytes.
        if (!PublishedProgram.AreFromElsewhere)
        {
            Assert.Equal(program, again);
        }
    }

    [Theory]
    [InlineData("stock")]
    [InlineData("fast")]
    public void It_compiles_for_the_other_processor_too(string profile)
    {
        string compiler = HostKernel.Cpu == "x86_64" ? "aarch64-linux-gnu-gcc" : "x86_64-linux-gnu-gcc";
        Command.Require(compiler);
        using TempDirectory directory = new();
        CommandResult result = Command.TryRun(
            "sh",
            [Repository.File("native", "guest", "appliance-init", "build.sh"), directory.File("init"), profile],
            new Dictionary<string, string?> { ["CC"] = compiler });
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Fact]
    public void Without_a_compiler_its_build_says_what_to_install()
    {
        using TempDirectory directory = new();
        CommandResult result = Command.TryRun(
            "sh",
            [Repository.File("native", "guest", "appliance-init", "build.sh"), directory.File("init")],
            new Dictionary<string, string?> { ["CC"] = "no-such-compiler" });
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("apt-get install gcc", result.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(directory.File("init")));
    }

    [Theory]
    [InlineData("ext4", "UUID=" + Uuid, false)]
    [InlineData("ext2", "/dev/pmem0", true)]
    public void It_finds_the_root_and_runs_its_init(string type, string root, bool isMemory)
    {
        using QemuMachine machine = new();
        string image = machine.MakeRoot(type, Uuid), other = machine.MakeRoot(type == "ext2" ? "ext3" : "ext2", OtherUuid);
        string[] disks = isMemory
            ? ["-machine", "pc,nvdimm=on", "-object", $"memory-backend-file,id=m,share=on,mem-path={image},size=16M", "-device",
                "nvdimm,memdev=m,id=n"]
            : [
                "-device", "virtio-scsi-pci", "-drive", $"file={other},format=raw,if=none,id=a", "-device", "scsi-hd,drive=a",
                "-drive", $"file={image},format=raw,if=none,id=b", "-device", "scsi-hd,drive=b",
            ];
        string console = machine.Boot($"root={root} guestfs_verbose=1", disks);
        Assert.Contains(Greeting, console, StringComparison.Ordinal);
        Assert.Contains("appliance-init: loading virtio_blk.ko", console, StringComparison.Ordinal);
        Assert.Contains("root-init: pid 1 [/init]\n", console, StringComparison.Ordinal);
        Assert.Contains("root-init: write ok", console, StringComparison.Ordinal);

        // Nothing of the initrd is left over the root.
        string[] mounts = [.. console.Split('\n').Where(line => line.StartsWith("root-init: mount ", StringComparison.Ordinal))];
        Assert.Equal(["/", "/proc"], mounts.Select(line => line.Split(' ')[3])
            .Where(target => target != "/dev")
            .Order(StringComparer.Ordinal)
            .Distinct(StringComparer.Ordinal));
        Assert.Contains(
            mounts, line => line.Contains("noatime", StringComparison.Ordinal) && line.Contains(" rw", StringComparison.Ordinal));
        Assert.DoesNotContain(mounts, line => line.Contains("sysfs", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("root=UUID=" + OtherUuid, "there is no device for root=UUID=" + OtherUuid, "vda: ext filesystem with UUID " + Uuid)]
    [InlineData("root=UUID=123", "has no valid UUID", "cannot start")]
    [InlineData("guestfs_verbose=0", "there is no root=", "cannot start")]
    [InlineData("root=/dev/vdb", "cannot mount /dev/vdb:\nappliance-init:   as ext2: invalid", "cannot start")]
    public void When_there_is_no_root_it_says_why_and_ends_the_machine(string arguments, string reason, string seen)
    {
        using QemuMachine machine = new();
        string image = machine.MakeRoot("ext2", Uuid);
        string console = machine.Boot(
            arguments, "-drive", $"file={image},format=raw,if=virtio", "-drive", $"file={machine.Initrd},format=raw,if=virtio,snapshot=on");
        Assert.Contains(reason, console, StringComparison.Ordinal);
        Assert.Contains(seen, console, StringComparison.Ordinal);
        Assert.DoesNotContain("root-init", console, StringComparison.Ordinal);
        Assert.DoesNotContain("qemu: exit code", console, StringComparison.Ordinal);
    }

    [Fact]
    public void Libguestfs_starts_upstreams_root_with_it()
    {
        const string Skeleton = "/usr/lib/x86_64-linux-gnu/guestfs/supermin.d";
        Command.Require("supermin", "guestfish", "truncate");
        using QemuMachine machine = new();
        using TempDirectory directory = new();
        if (!Directory.Exists(Skeleton))
        {
            Command.Missing($"Upstream's appliance is not in {Skeleton}.");
        }

        string appliance = directory.File("appliance");
        Command.Run("supermin", "--build", "--copy-kernel", "-f", "ext2", "--host-cpu", "x86_64", "-o", appliance, Skeleton);
        File.Copy(machine.Initrd, appliance + "/initrd", overwrite: true);
        File.Copy(machine.KernelImage, appliance + "/kernel", overwrite: true);
        File.WriteAllText(appliance + "/README.fixed", "");
        Command.Run("truncate", "-s", "64M", directory.File("disk"));

        CommandResult result = Command.TryRun(
            "guestfish",
            ["--format=raw", "-a", directory.File("disk"), "-v", "run", ":", "list-devices", ":", "mkfs", "ext4", "/dev/sda", ":",
                "vfs-type", "/dev/sda"],
            new Dictionary<string, string?>
            {
                ["LIBGUESTFS_PATH"] = appliance, ["LIBGUESTFS_BACKEND"] = "direct", ["LIBGUESTFS_BACKEND_SETTINGS"] = "force_tcg",
            });
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("/dev/sda\next4\n", result.Output);
        Assert.Contains(Greeting + "appliance-init", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "cannot", string.Concat(result.Error.Split('\n').Where(line => line.StartsWith("appliance-init:", StringComparison.Ordinal)
                && !line.Contains("no such device", StringComparison.Ordinal))), StringComparison.Ordinal);
    }
}
