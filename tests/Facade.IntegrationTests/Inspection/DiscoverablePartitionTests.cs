// A guest without fstab, whose systemd mounts partitions by their types, beside units of its own. sfdisk makes the partitions by the names
// that it has for the types; openssl makes the UUID of one; the kernel says what is mounted.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Inspection;

public sealed class DiscoverablePartitionTests
{
    private const string MachineId = "0123456789abcdef0123456789abcdef";

    private static readonly (string Type, string Path, string Filesystem)[] Partitions =
    [
        ("EFI System", "/efi", "vfat"), ("Linux root (x86-64)", "/", "ext4"), ("Linux home", "/home", "ext4"),
        ("Linux server data", "/srv", "ext4"), ("Linux variable data", "/var", "ext4"), ("Linux temporary data", "/var/tmp", "ext4"),
        ("Linux swap", "none", "swap"), ("Linux home", "(second)", "ext4"), ("Linux filesystem", "/opt", "ext4"),
        ("Linux extended boot", "/boot", "vfat"),
    ];

    [Fact]
    public void Partitions_are_mounted_by_their_types_where_nothing_else_is_said()
    {
        Command.Require("sfdisk", "openssl");
        using TempDirectory directory = new();
        string image = directory.File("disk");
        using (FileStream file = File.Create(image))
        {
            file.SetLength(200L << 20);
        }

        string script = "label: gpt\n" + string.Concat(Partitions.Select(p =>
            $"size=16MiB, type=\"{p.Type}\"{(p.Path == "/var" ? ", uuid=" + VarUuid() : "")}\n"));
        CommandResult made = Command.TryRun("sfdisk", ["-q", image], input: script);
        Assert.True(made.ExitCode == 0, made.Error);

        using GuestfsHandle g = NewHandle.ForAppliance();
        g.AddDrive(image, new AddDriveOptions { Format = "raw" });
        g.Launch();
        string[] devices = g.ListPartitions();
        foreach (((string _, string path, string type), string device) in Partitions.Zip(devices))
        {
            if (type == "swap")
            {
                g.Mkswap(device);
            }
            else
            {
                g.Mkfs(type, device);
            }
        }

        g.Mount(devices[4], "/");
        g.Mkdir("/tmp");
        g.UmountAll();
        g.Mount(devices[1], "/");
        FakeDebian.Install(g, "", "auto");
        foreach (string path in (string[])["/home", "/srv", "/efi", "/boot", "/opt", "/etc/systemd/system",
            "/usr/lib/systemd/system-generators", "/usr/lib/systemd/system/local-fs.target.wants"])
        {
            g.MkdirP(path);
        }

        g.Write("/etc/machine-id", System.Text.Encoding.ASCII.GetBytes(MachineId + "\n"));
        g.UmountAll();
        Assert.Equal(["/"], Assert.Single(g.Inspect()).Mountpoints.Select(m => m.Path));

        // With what does it; a unit of the guest's own comes before, and a directory that is in use is left alone.
        g.Mount(devices[1], "/");
        g.Touch("/usr/lib/systemd/system-generators/systemd-gpt-auto-generator");
        g.Write("/etc/systemd/system/srv.mount", "[Mount]\nWhat=/dev/sda9\nWhere=/srv\n"u8);
        g.LnS("/dev/null", "/etc/systemd/system/opt.mount");
        g.Write("/usr/lib/systemd/system/opt.mount", "[Mount]\nWhat=/dev/sda9\nWhere=/opt\n"u8);
        g.Touch("/boot/vmlinuz");
        g.UmountAll();
        GuestOperatingSystem os = Assert.Single(g.Inspect());
        Assert.Equal(devices[1], os.Root);
        Assert.Contains(devices[6], os.Filesystems);
        GuestMountReport report = g.MountAll(os);
        Assert.Empty(report.Failed);
        Assert.Equal(["/", "/efi", "/var", "/home", "/var/tmp"], report.Mounted.Select(m => m.Path));
        string[] kernel = g.Debug("sh", ["sed -n 's,^\\([^ ]*\\) /sysroot\\([^ ]*\\) .*,\\1 \\2,p' /proc/mounts"]).Trim().Split('\n');
        Assert.Equal(
            report.Mounted.Select(m => $"{m.Mountable[^1]} {m.Path.TrimEnd('/')}"),
            kernel.Select(line =>
                line[line.IndexOf(' ', StringComparison.Ordinal) - 1] + line[line.IndexOf(' ', StringComparison.Ordinal)..]));
        (string, GuestMountOutcome)[] expected =
        [
            ("/opt", GuestMountOutcome.NotAutomatic), ("/srv", GuestMountOutcome.NotAutomatic), ("/efi", GuestMountOutcome.Mounted),
            ("/home", GuestMountOutcome.Mounted), ("/var", GuestMountOutcome.Mounted), ("none", GuestMountOutcome.Swap),
            ("/var/tmp", GuestMountOutcome.Mounted),
        ];
        Assert.Equal(expected.Order(), report.Results.Select(r => (r.Entry.Path, r.Outcome)).Order());
        Assert.Contains("opt.mount is masked", report.Results.Single(r => r.Entry.Path == "/opt").Text, StringComparison.Ordinal);
        Assert.Equal("/run/systemd/generator.late/home.mount", report.Results.Single(r => r.Entry.Path == "/home").Entry.File);
        g.UmountAll();
    }

    // HMAC-SHA256 of the type, with the machine's identifier for a key and the bits of a UUID of version 4.
    private static string VarUuid()
    {
        const string Type = @"\x4d\x21\xb0\x16\xb5\x34\x45\xc2\xa9\xfb\x5c\x16\xe0\x91\xfd\x2d";
        string hash = Command.Run("bash", "-c", $"printf '{Type}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:{MachineId} -r");
        byte[] bytes = Convert.FromHexString(hash[..32]);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
