// A guest without fstab, whose systemd mounts partitions by their types, beside units of its own. sfdisk makes the partitions by the names
// that it has for the types; openssl makes the UUID of one; the host's cryptsetup encrypts; the kernel says what is mounted.
using System.Text;

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

        g.Write("/etc/machine-id", Encoding.ASCII.GetBytes(MachineId + "\n"));
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

    [Fact]
    public void A_usr_of_its_own_and_encrypted_partitions_are_mounted_as_systemd_does_it_and_told_without_keys()
    {
        const string Key = "key", Other = "another", Script = """
            label: gpt
            size=4MiB, type="EFI System"
            size=12MiB, type="Linux root (x86-64)"
            size=4MiB, type="Linux /usr (x86-64)", name="os_9"
            size=4MiB, type="Linux /usr (x86-64)", name="os_10"
            size=4MiB, type="Linux /usr (x86-64)", name="_empty"
            size=12MiB, type="Linux home"
            size=12MiB, type="Linux server data"
            size=12MiB, type="Linux temporary data"

            """;
        Command.Require("sfdisk", "cryptsetup");
        using Disk disk = new();
        GuestfsHandle g = disk.Guestfs;
        ScratchDisk whole = disk.TakeAllDisks()[0];
        string table = disk.HostFile("table");
        File.WriteAllBytes(table, new byte[1 << 20]);
        using (FileStream file = File.OpenWrite(table))
        {
            file.SetLength(whole.Size);
        }

        CommandResult made = Command.TryRun("sfdisk", ["-q", table], input: Script);
        Assert.True(made.ExitCode == 0, made.Error);
        g.Upload(table, whole.Device);
        g.BlockdevRereadpt(whole.Device);
        string[] devices = g.ListPartitions();
        (string efi, string root, string home, string srv, string tmp) = (devices[0], devices[1], devices[5], devices[6], devices[7]);
        g.Mkfs("vfat", efi);
        foreach (string usr in devices[2..4])
        {
            g.Mkfs("ext2", usr);
            g.Mount(usr, "/");
            Array.ForEach(["/bin", "/local", "/share", "/src", "/lib"], g.Mkdir);
            g.Write("/lib/os-release", Encoding.UTF8.GetBytes($"ID=debian\nVERSION_ID={(usr == devices[3] ? "10" : "9")}\n"));
            g.UmountAll();
        }

        Dictionary<string, string> uuids = [];
        Encrypt(home, Other, () => g.Touch("/is-home"));
        Encrypt(srv, Other, () => g.Touch("/is-srv"));
        Encrypt(tmp, Key, () => g.Touch("/is-tmp"));
        Encrypt(root, Key, () =>
        {
            Array.ForEach(["/etc", "/usr", "/home", "/srv", "/var", "/var/tmp", "/boot", "/efi"], g.Mkdir);
            g.LnS("usr/bin", "/bin");

            // No line of a crypttab: systemd opens the partitions by these names because of their types.
            g.Write("/etc/fstab", "/dev/mapper/root / ext2 defaults 0 1\n/dev/mapper/srv /srv ext2 defaults 0 2\n"u8);
        });

        GuestInspection closed = g.Inspect();
        Assert.Empty(closed);
        Assert.Equal([root, home, srv, tmp], closed.Problems.Cast<GuestDeviceException>().Select(p => p.Device));

        GuestOperatingSystem os = Assert.Single(g.Inspect(new() { Keys = [GuestKey.FromPassphrase(Key)] }));
        Assert.Equal((Mapping(root), "debian", new Version(10, 0)), (os.Root, os.Distro, os.Version));
        string[] expected =
        [
            $"/ {Mapping(root)}", $"/boot {efi}", $"/home {home}", $"/srv {srv}", $"/usr {devices[3]}", $"/var/tmp {Mapping(tmp)}",
        ];
        Assert.Equal(expected, os.Mountpoints.Select(m => $"{m.Path} {m.Mountable}").Order(StringComparer.Ordinal));
        Assert.Equal("/dev/mapper/var-tmp", os.MountEntries.Single(e => e.Path == "/var/tmp").Device);

        // Closed, and told so.
        GuestMountReport without = g.MountAll(os);
        Assert.Equal(["/home", "/srv"], without.Failed.Select(f => f.Mountpoint.Path).Order(StringComparer.Ordinal));
        Assert.All(without.Failed, f => Assert.Contains("is encrypted: give", f.Remedy, StringComparison.Ordinal));
        Assert.Equal(
            ["/home", "/srv"],
            without.Results.Where(r => r.Outcome == GuestMountOutcome.Encrypted).Select(r => r.Entry.Path).Order(StringComparer.Ordinal));
        Assert.Equal(["/", "/boot", "/usr", "/var/tmp"], Mounted());
        g.UmountAll();

        Assert.True(g.MountAll(os, keys: [GuestKey.FromPassphrase(Other)]).IsComplete);
        Assert.Equal(["/", "/boot", "/home", "/srv", "/usr", "/var/tmp"], Mounted());
        Assert.All((string[])["/home/is-home", "/srv/is-srv", "/var/tmp/is-tmp"], file => Assert.True(g.Exists(file)));
        g.UmountAll();

        // Found again when it is open.
        GuestOperatingSystem open = Assert.Single(g.Inspect());
        Assert.Equal(
            expected.Select(line => line.Split(' ') is [var path, var on] && (on == home || on == srv) ? $"{path} {Mapping(on)}" : line),
            open.Mountpoints.Select(m => $"{m.Path} {m.Mountable}").Order(StringComparer.Ordinal));

        string Mapping(string device) => "/dev/mapper/luks-" + uuids[device];

        string[] Mounted() =>
        [
            .. disk.Shell("sed -n 's,^[^ ]* /sysroot\\([^ ]*\\) .*,\\1,p' /proc/mounts").Split('\n')
                .Select(path => path.Length == 0 ? "/" : path)
                .Order(StringComparer.Ordinal),
        ];

        void Encrypt(string device, string key, Action install)
        {
            string header = disk.HostFile("luks");
            File.WriteAllBytes(header, new byte[12 << 20]);
            LuksImage.FormatQuickly(header, key, version: 1);
            uuids[device] = Command.Run("cryptsetup", "luksUUID", header).Trim();
            g.Upload(header, device);
            g.CryptsetupOpen(device, key, "made");
            g.Mkfs("ext2", "/dev/mapper/made");
            g.Mount("/dev/mapper/made", "/");
            install();
            g.UmountAll();
            g.CryptsetupClose("/dev/mapper/made");
        }
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

    private sealed class Disk : ApplianceFixture
    {
        internal Disk()
            : base([80L << 20])
        {
        }
    }
}
