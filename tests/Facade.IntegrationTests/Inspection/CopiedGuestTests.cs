// Systems and their copies together, where more than a filesystem lies between the system and the disk. cryptsetup, mdadm and btrfs in the
// appliance judge what is a copy of what; what each system has in its files tells whether it was mixed with the other.
using System.Text;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Inspection;

public sealed class CopiedGuestTests
{
    private const int Megabyte = 2048, Sector = 512;
    private const string Key = "passphrase";
    private const string BootUuid = "11111111-2222-3333-4444-555555555555";

    [Fact]
    public void Copies_of_encrypted_disks_members_and_volumes_are_told_and_do_not_mix_systems()
    {
        Command.Require("cryptsetup");
        using Guests guests = new();
        GuestfsHandle g = guests.Guestfs;
        ScratchDisk[] disks = guests.TakeAllDisks();
        string[] names = [.. disks.Select(d => d.Device)];

        string luks = MakeEncrypted(guests, names[0]);
        string first = $"/dev/mapper/luks-{luks}", copy = $"/dev/mapper/crypt-{names[1]["/dev/".Length..]}2";
        Copy(0, 1);
        OnEncrypted(g, names[1], () => g.Write("/etc/hostname", "copy\n"u8));
        Write(g, names[1] + "1", "/whose", "copy");

        MakeMirrored(guests, disks[2], disks[3]);

        MakeVolumes(g, names[4]);
        Copy(4, 5);
        guests.Shell("btrfs device scan --forget 2>&1");
        Write(g, $"btrfsvol:{names[5]}/root", "/etc/hostname", "copy\n");

        // LVM goes on with what is active, here the second disk.
        MakeLogical(g, names[7]);
        Copy(7, 6);
        Write(g, names[6] + "1", "/whose", "copy");

        GuestInspection systems = g.Inspect(new() { Keys = [GuestKey.FromPassphrase(Key)] });
        Assert.Equal(
            [
                $"{copy} copy", $"{first} first", "/dev/md127 mirrored", "/dev/vg/root logical", $"btrfsvol:{names[4]}/root volumes",
                $"btrfsvol:{names[5]}/root copy",
            ],
            systems.Select(os => $"{os.Root} {os.HostName}").Order(StringComparer.Ordinal));
        Assert.All(systems, os => Assert.NotEmpty(os.Problems));

        // What each tool says that only one device can have.
        AssertTold($"{names[0]}2", $"{names[1]}2", luks);
        AssertTold($"{names[0]}1", $"{names[1]}1", BootUuid);
        string member = Member(guests, disks);
        AssertTold($"{names[2]}2", $"{names[3]}2", MdDevice(disks[2]), MdDevice(disks[3]), $"/dev/md127 has taken {member}2.");
        AssertTold(names[4], names[5], BtrfsDevice(names[4]), BtrfsDevice(names[5]));
        AssertTold($"{names[6]}2", $"{names[7]}2", $"It has taken {names[7]}2.");

        // Each has its own files, though both name them by the same UUIDs.
        foreach ((string root, string whose) in ((string, string)[])
            [(first, "first"), (copy, "copy"), ("/dev/md127", member), ("/dev/vg/root", "first")])
        {
            GuestOperatingSystem os = systems.Single(os => os.Root == root);
            Assert.Equal(root, os.Mountpoints.Single(m => m.Path == "/").Mountable);
            Assert.True(g.MountAll(os).IsComplete);
            Assert.Equal(whose, g.Cat("/boot/whose"));
            g.UmountAll();
        }

        void AssertTold(string device, string other, params string[] parts)
        {
            string told = Assert.Single(systems.Problems.Cast<GuestDeviceException>(), p => p.Device == device).Message;
            Assert.Contains($" and {other} ", told, StringComparison.Ordinal);
            Assert.All(parts, part => Assert.Contains(part, told, StringComparison.Ordinal));
        }

        string MdDevice(ScratchDisk disk) => Uuid(guests.Shell($"mdadm --examine {disk.KernelDevice}2 | grep 'Device UUID'"));

        string BtrfsDevice(string disk) => Uuid(guests.Shell($"btrfs inspect-internal dump-super {disk} | grep dev_item.uuid"));

        void Copy(int from, int to)
        {
            g.CopyDeviceToDevice(names[from], names[to]);
            g.BlockdevRereadpt(names[to]);
        }
    }

    // The last word of a line, as a UUID is usually written.
    private static string Uuid(string line) =>
        Guid.ParseExact(new string([.. line.Trim().Split(' ', '\t')[^1].Where(char.IsAsciiHexDigit)]), "N").ToString();

    private static void Write(GuestfsHandle g, string mountable, string path, string content)
    {
        g.Mount(mountable, "/");
        g.Write(path, Encoding.ASCII.GetBytes(content));
        g.UmountAll();
    }

    // A partition for /boot, and one behind it.
    private static void MakeBoot(GuestfsHandle g, string disk, string uuid)
    {
        g.PartInit(disk, "mbr");
        g.PartAdd(disk, "p", Megabyte, (5 * Megabyte) - 1);
        g.PartAdd(disk, "p", 5 * Megabyte, (20 * Megabyte) - 1);
        g.Mkfs("ext2", disk + "1");
        g.SetUuid(disk + "1", uuid);
        Write(g, disk + "1", "/whose", "first");
    }

    private static void MakeLogical(GuestfsHandle g, string disk)
    {
        const string Uuid = "22222222-2222-3333-4444-555555555555";
        MakeBoot(g, disk, Uuid);
        g.Pvcreate(disk + "2");
        g.Vgcreate("vg", [disk + "2"]);
        g.Lvcreate("root", "vg", 8);
        g.Mkfs("ext2", "/dev/vg/root");
        g.Mount("/dev/vg/root", "/");
        Install(g, "", "logical", $"UUID={Uuid} /boot ext2 x 0 0\n/dev/vg/root / ext2 x 0 0\n");
        g.UmountAll();
    }

    private static string MakeEncrypted(Guests guests, string disk)
    {
        GuestfsHandle g = guests.Guestfs;
        MakeBoot(g, disk, BootUuid);
        string header = guests.HostFile("luks");
        using (FileStream file = File.Create(header))
        {
            file.SetLength(15L * Megabyte * Sector);
        }

        LuksImage.FormatQuickly(header, Key, version: 1);
        string uuid = Command.Run("cryptsetup", "luksUUID", header).Trim();
        g.Upload(header, disk + "2");
        string fstab = $"UUID={BootUuid} /boot ext2 x 0 0\n/dev/mapper/luks-{uuid} / ext4 x 0 0\n";
        OnEncrypted(g, disk, () => Install(g, "", "first", fstab), true);
        OnEncrypted(g, disk, () => g.Write("/etc/crypttab", Encoding.ASCII.GetBytes($"luks-{uuid} UUID={uuid} none luks\n")));
        return uuid;
    }

    private static void OnEncrypted(GuestfsHandle g, string disk, Action act, bool make = false)
    {
        const string Mapping = "made";
        g.CryptsetupOpen(disk + "2", Key, Mapping);
        if (make)
        {
            g.Mkfs("ext4", "/dev/mapper/" + Mapping);
        }

        g.Mount("/dev/mapper/" + Mapping, "/");
        act();
        g.UmountAll();
        g.CryptsetupClose("/dev/mapper/" + Mapping);
    }

    private static void MakeMirrored(Guests guests, ScratchDisk first, ScratchDisk second)
    {
        const string Uuid = "33333333-2222-3333-4444-555555555555";
        GuestfsHandle g = guests.Guestfs;
        MakeBoot(g, first.Device, Uuid);
        guests.Shell($"mdadm --create /dev/md127 --run --metadata=1.2 --level=1 --raid-devices=2 {first.KernelDevice}2 missing 2>&1");
        g.Mkfs("ext2", "/dev/md127");
        g.Mount("/dev/md127", "/");
        Install(g, "", "mirrored", $"UUID={Uuid} /boot ext2 x 0 0\n/dev/md127 / ext2 x 0 0\n");
        g.UmountAll();
        guests.Shell("mdadm --stop /dev/md127 2>&1");
        g.CopyDeviceToDevice(first.Device, second.Device);

        // udevd may have found the partition, and made an array of it.
        guests.Shell($"udevadm settle; [ -e {second.KernelDevice}2 ] || blockdev --rereadpt {second.KernelDevice} 2>&1; udevadm settle; "
            + "mdadm -As --auto=yes --run 2>&1; udevadm settle");
        Array.ForEach([first, second], disk => Write(g, disk.Device + "1", "/whose", disk.Device));
    }

    // The disk with the partition that the array has.
    private static string Member(Guests guests, ScratchDisk[] disks)
    {
        string partition = guests.Shell("mdadm --detail /dev/md127 | grep 'active sync'").Trim().Split(' ')[^1];
        return disks.Single(d => d.KernelDevice + "2" == partition).Device;
    }

    private static void MakeVolumes(GuestfsHandle g, string disk)
    {
        g.MkfsBtrfs([disk]);
        string uuid = g.VfsUuid(disk);
        g.Mount(disk, "/");
        g.BtrfsSubvolumeCreate("/root");
        g.BtrfsSubvolumeCreate("/home");
        Install(g, "/root", "volumes", $"UUID={uuid} / btrfs subvol=root 0 0\nUUID={uuid} /home btrfs subvol=home 0 0\n");
        g.UmountAll();
    }

    private static void Install(GuestfsHandle g, string root, string host, string fstab)
    {
        g.Mkdir(root + "/bin");
        g.Mkdir(root + "/boot");
        g.Mkdir(root + "/etc");
        g.Mkdir(root + "/home");
        g.Write(root + "/etc/hosts", "127.0.0.1 localhost\n"u8);
        g.Write(root + "/etc/hostname", Encoding.ASCII.GetBytes(host + "\n"));
        g.Write(root + "/etc/fstab", Encoding.ASCII.GetBytes(fstab));
    }

    private sealed class Guests : ApplianceFixture
    {
        internal Guests()
            : base([21L << 20, 21L << 20, 21L << 20, 21L << 20, 128L << 20, 128L << 20, 21L << 20, 21L << 20])
        {
        }
    }
}
