// A real Debian in the layouts that installers make, beside guestfs_inspect_os and virt-inspector, field by field. In the soak only:
// debootstrap downloads it, and virt-inspector takes half a minute for each.
using System.Text;
using System.Xml.Linq;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Inspection;

public sealed class RealGuestTests
{
    private const long Size = 900L << 20;

    [Fact]
    public void A_real_Debian_is_described_as_by_libguestfs_and_virt_inspector_in_every_layout()
    {
        if (!Soak.IsOn)
        {
            Assert.Skip("It takes minutes and the network: ./build.sh soak.");
        }

        Command.Require("debootstrap", "tar", "virt-inspector");
        using TempDirectory directory = new();
        string root = directory.File("root");
        Command.Run("debootstrap", "--variant=minbase", "stable", root);
        Command.Run("tar", "-C", root, "-cf", directory.File("tree.tar"), "--exclude=./dev/*", ".");
        foreach (string layout in (string[])["uefi, LVM and LUKS", "md", "btrfs"])
        {
            Compare(directory, layout);
        }
    }

    private static void Compare(TempDirectory directory, string layout)
    {
        string[] images = [directory.File("disk1"), directory.File("disk2")];
        foreach (string image in images)
        {
            using FileStream file = File.Create(image);
            file.SetLength(Size);
        }

        GuestOperatingSystem found;
        using (GuestfsHandle g = NewHandle.ForAppliance())
        {
            foreach (string image in images)
            {
                g.AddDrive(image, new AddDriveOptions { Format = "raw" });
            }

            g.Launch();
            string hosts = layout switch
            {
                "md" => OnArray(g),
                "btrfs" => OnBtrfs(g),
                _ => OnVolumes(g),
            };
            g.TarIn(directory.File("tree.tar"), "/");
            g.Write("/etc/hostname", Encoding.UTF8.GetBytes(layout[..2] + "host\n"));
            g.Write("/etc/fstab", Encoding.UTF8.GetBytes(hosts));
            g.UmountAll();
            found = Assert.Single(g.Inspect());
            g.Sync();
            Assert.Equal(
                SameAnswersTests.Answers(Assert.Single(g.InspectByLibguestfs())), SameAnswersTests.Answers(found));
            g.Shutdown();
        }

        CommandResult result = Command.TryRun(
            "virt-inspector",
            ["--no-icon", "--no-applications", "--format=raw", "--key", "/dev/sdb:key:secret", "-a", images[0], "-a", images[1]],
            NewHandle.ToolEnvironment);
        Assert.True(result.ExitCode == 0, result.Error);
        XElement judge = Assert.Single(XElement.Parse(result.Output).Elements("operatingsystem"));
        string?[] judged =
        [
            Device(Text("root")), Text("name"), Text("arch"), Text("distro"), Text("product_name"), Text("major_version"),
            Text("package_format"), Text("package_management"), Text("hostname"), Text("osinfo"),
        ];
        string?[] told =
        [
            Device(found.Root), found.Type, found.Architecture, found.Distro, found.ProductName, $"{found.Version?.Major}",
            found.PackageFormat, found.PackageManagement, found.HostName, found.OsinfoId,
        ];
        Assert.Equal(string.Join('\n', judged), string.Join('\n', told));
        Assert.Equal(
            Sorted(judge.Element("mountpoints")!.Elements("mountpoint").Select(m => $"{m.Value} {Device(m.Attribute("dev")!.Value)}")),
            Sorted(found.Mountpoints.Select(m => $"{m.Path} {Device(m.Mountable)}")));
        Assert.Equal(
            Sorted(judge.Element("filesystems")!.Elements("filesystem").Select(f => Device(f.Attribute("dev")!.Value))),
            Sorted(found.Filesystems.Select(Device)));

        static string Sorted(IEnumerable<string> lines) => string.Join('\n', lines.Order(StringComparer.Ordinal));

        // An array has another number with each start.
        static string Device(string? name) => name is null ? "" : name.StartsWith("/dev/md", StringComparison.Ordinal) ? "/dev/md" : name;

        string? Text(string name) => judge.Element(name)?.Value;
    }

    private static string OnVolumes(GuestfsHandle g)
    {
        Partition(g, "/dev/sda", 64, 128, 600);
        g.PartSetGptType("/dev/sda", 1, "C12A7328-F81F-11D2-BA4B-00A0C93EC93B");
        g.Mkfs("vfat", "/dev/sda1");
        g.Mkfs("ext2", "/dev/sda2");
        g.Pvcreate("/dev/sda3");
        g.Vgcreate("debian-vg", ["/dev/sda3"]);
        g.Lvcreate("root", "debian-vg", 520);
        g.Lvcreate("swap", "debian-vg", 32);
        g.Mkswap("/dev/debian-vg/swap");
        g.Mkfs("ext4", "/dev/debian-vg/root");
        g.LuksFormat("/dev/sdb", "secret", 0);
        g.Mount("/dev/debian-vg/root", "/");
        return $"/dev/mapper/debian--vg-root / ext4 errors=remount-ro 0 1\nUUID={g.VfsUuid("/dev/sda2")} /boot ext2 defaults 0 2\n"
            + $"UUID={g.VfsUuid("/dev/sda1")} /boot/efi vfat umask=0077 0 1\n/dev/mapper/debian--vg-swap none swap sw 0 0\n";
    }

    private static string OnArray(GuestfsHandle g)
    {
        g.MdCreate("0", ["/dev/sda", "/dev/sdb"], new MdCreateOptions { Level = "raid1" });
        string array = Assert.Single(g.ListMdDevices());
        g.Mkfs("ext4", array);
        g.Mount(array, "/");
        return $"UUID={g.VfsUuid(array)} / ext4 defaults 0 1\n";
    }

    private static string OnBtrfs(GuestfsHandle g)
    {
        Partition(g, "/dev/sda", 1, 800);
        g.PartSetGptType("/dev/sda", 1, "21686148-6449-6E6F-744E-656564454649");
        g.MkfsBtrfs(["/dev/sda2"]);
        g.Mount("/dev/sda2", "/");
        g.BtrfsSubvolumeCreate("/@rootfs");
        g.BtrfsSubvolumeCreate("/@home");
        g.UmountAll();
        g.Mount("btrfsvol:/dev/sda2/@rootfs", "/");
        string uuid = g.VfsUuid("/dev/sda2");
        return $"UUID={uuid} / btrfs defaults,subvol=@rootfs 0 0\nUUID={uuid} /home btrfs defaults,subvol=@home 0 0\n";
    }

    private static void Partition(GuestfsHandle g, string disk, params int[] megabytes)
    {
        const long Sectors = 2048;
        g.PartInit(disk, "gpt");
        long start = Sectors;
        foreach (int size in megabytes)
        {
            g.PartAdd(disk, "p", start, start + (size * Sectors) - 1);
            start += size * Sectors;
        }
    }
}
