// What looking for the system on an ordinary disk asks of the appliance, counted by libguestfs itself.
using System.Text;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Inspection;

public sealed class PlainGuestTests
{
    private const int MostCalls = 60;
    private const int EfiEnd = 64 << 11, Sector = 512;
    private const long Size = 240L << 20;

    // Each starts programs in the appliance, and most of these wait for udevd.
    private static readonly string[] Dear =
    [
        "aug_init", "blkid", "blockdev_getsize64", "file", "findfs_uuid", "inspect_os", "list_filesystems", "lvs", "mountable_device",
        "part_get_gpt_type", "part_get_parttype", "part_list", "pvs", "vfs_type", "vfs_uuid", "vgs",
    ];

    [Fact]
    public void A_guest_with_one_system_is_described_by_few_questions_that_start_no_programs()
    {
        using Disk disk = new();
        GuestfsHandle g = disk.Guestfs;
        foreach (string type in (string[])["ext4", "btrfs"])
        {
            MakeGuest(g, type);
            List<string> calls = [];
            g.FunctionEntered += Count;
            IReadOnlyList<GuestOperatingSystem> found = g.Inspect();
            g.FunctionEntered -= Count;

            GuestOperatingSystem os = Assert.Single(found);
            Assert.Equal(type == "btrfs" ? "btrfsvol:/dev/sda3/root" : "/dev/sda3", os.Root);
            Assert.Equal(("debian", "guest", "x86_64"), (os.Distro, os.HostName, os.Architecture));
            Assert.Equal(new Version(13, 1), os.Version);
            Assert.Equal(
                type == "btrfs" ? ["/", "/home", "/boot/efi"] : ["/", "/boot/efi"], os.Mountpoints.Select(m => m.Path));
            Assert.Equal("vfat", os.Mountpoints[^1].FilesystemType);
            Assert.Empty(os.Problems);
            Assert.InRange(calls.Count, 10, MostCalls);
            Assert.Empty(calls.Intersect(Dear));

            void Count(object? sender, GuestfsMessageEventArgs e) => calls.Add(e.Text);
        }
    }

    [Fact]
    public void A_disk_with_sectors_of_4096_bytes_is_described_as_by_libguestfs()
    {
        const int Block = 4096;
        using TempDirectory directory = new();
        string image = directory.File("image");
        using (FileStream file = File.Create(image))
        {
            file.SetLength(64 << 20);
        }

        using GuestfsHandle g = NewHandle.ForAppliance();
        g.AddDrive(image, new AddDriveOptions { Format = "raw", BlockSize = Block });
        g.Launch();
        Assert.Equal(Block, g.BlockdevGetss("/dev/sda"));
        g.PartInit("/dev/sda", "gpt");
        g.PartAdd("/dev/sda", "p", 256, 4095);
        g.PartAdd("/dev/sda", "p", 4096, -64);
        g.Mkfs("ext2", "/dev/sda1");
        g.Mkfs("ext4", "/dev/sda2");
        g.Mount("/dev/sda2", "/");
        string uuid = g.PartGetGptGuid("/dev/sda", 1).ToLowerInvariant();
        SmallGuest guest = SmallGuest.All[0] with { Fstab = $"PARTUUID={uuid} /boot ext2 x 0 0\n" };
        guest.Install(g);
        g.UmountAll();

        GuestOperatingSystem found = Assert.Single(g.Inspect());
        Assert.Equal("/dev/sda1", Assert.Single(found.Mountpoints).Mountable);
        Assert.Equal(Answers(Assert.Single(g.InspectByLibguestfs())), Answers(found));

        // libguestfs 1.48 does not find a device by its PARTUUID.
        static string Answers(GuestOperatingSystem os) => SameAnswersTests.Answers(os with { Mountpoints = [], Filesystems = [] });
    }

    // GPT with GRUB's partition, EFI's, and the system's.
    private static void MakeGuest(GuestfsHandle g, string type)
    {
        g.PartInit("/dev/sda", "gpt");
        g.PartAdd("/dev/sda", "p", 2048, 4095);
        g.PartAdd("/dev/sda", "p", 4096, EfiEnd - 1);
        g.PartAdd("/dev/sda", "p", EfiEnd, (Size / Sector) - 4096);
        g.PartSetGptType("/dev/sda", 1, "21686148-6449-6E6F-744E-656564454649");
        g.PartSetGptType("/dev/sda", 2, "C12A7328-F81F-11D2-BA4B-00A0C93EC93B");
        g.Mkfs("vfat", "/dev/sda2", new MkfsOptions { Label = "EFI" });
        string where = "";
        if (type == "btrfs")
        {
            g.MkfsBtrfs(["/dev/sda3"]);
            g.Mount("/dev/sda3", "/");
            g.BtrfsSubvolumeCreate("/root");
            g.BtrfsSubvolumeCreate("/home");
            where = "/root";
        }
        else
        {
            g.Mkfs(type, "/dev/sda3");
            g.Mount("/dev/sda3", "/");
        }

        foreach (string name in (string[])["/bin", "/boot", "/etc", "/home"])
        {
            g.Mkdir(where + name);
        }

        string uuid = g.VfsUuid("/dev/sda3");
        g.Write(where + "/etc/os-release", "PRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\nVERSION_ID=\"13\"\nID=debian\n"u8);
        g.Write(where + "/etc/debian_version", "13.1\n"u8);
        g.Write(where + "/etc/hostname", "guest\n"u8);
        g.Upload(Environment.ProcessPath!, where + "/bin/ls");
        g.Write(where + "/etc/fstab", Encoding.UTF8.GetBytes(type == "btrfs"
            ? $"UUID={uuid} / btrfs subvol=root 0 0\nUUID={uuid} /home btrfs subvol=home 0 0\nLABEL=EFI /boot/efi vfat defaults 0 0\n"
            : $"UUID={uuid} / ext4 defaults 0 1\nLABEL=EFI /boot/efi vfat defaults 0 0\n"));
        g.UmountAll();
    }

    private sealed class Disk : ApplianceFixture
    {
        internal Disk()
            : base([Size])
        {
        }
    }
}
