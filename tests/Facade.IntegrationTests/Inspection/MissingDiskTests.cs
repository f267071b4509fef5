// Guests of which a disk is missing, and what is on several disks at once. mdadm, LVM and btrfs in the appliance judge what lacks what.
using System.Text;

using Guestfs.IntegrationTests.Support;

using Xunit;

namespace Guestfs.IntegrationTests.Inspection;

public sealed class MissingDiskTests
{
    [Fact]
    public void What_lacks_a_disk_is_told_and_what_is_whole_is_found()
    {
        using Guests guests = new();
        GuestfsHandle g = guests.Guestfs;
        ScratchDisk[] disks = guests.TakeAllDisks();
        string[] names = [.. disks.Select(d => d.Device)];

        // One volume on the disk that stays, and one on both.
        g.Pvcreate(names[0]);
        g.Pvcreate(names[1]);
        g.Vgcreate("half", names[..2]);
        g.Lvcreate("root", "half", 8);
        g.Lvcreate("data", "half", 24);
        g.Mkfs("ext2", "/dev/half/root");
        Install(g, "/dev/half/root", "/dev/half/root / ext2 x 0 0\n/dev/half/data /data ext2 x 0 0\n", "volume");
        g.VgActivateAll(false);
        Lose(disks[1]);

        // An array of which two of three members are there.
        string[] kernel = [.. disks.Select(d => d.KernelDevice)];
        guests.Shell($"mdadm --create /dev/md9 --run --level=5 --raid-devices=3 {string.Join(' ', kernel[2..5])} 2>&1");
        guests.Shell("mdadm --stop /dev/md9 2>&1");
        Lose(disks[3]);

        // A btrfs on two disks, and one of which the other disk is lost.
        g.MkfsBtrfs(names[5..7]);
        Install(g, names[5], $"UUID={g.VfsUuid(names[5])} / btrfs x 0 0\n", "both");
        guests.Shell($"mkfs.btrfs --force --metadata raid1 --data raid1 {kernel[7]} {kernel[8]}");
        Lose(disks[8]);
        guests.Shell("btrfs device scan --forget; btrfs device scan");

        // All of a disk, by a name of another bus, and what is a file elsewhere.
        g.Mkfs("ext2", names[9]);
        Install(g, names[9], "", "links");
        g.Mount(names[9], "/");
        g.Rm("/etc/fstab");
        g.LnS("/nowhere/fstab", "/etc/fstab");
        g.UmountAll();
        g.Mkfs("ext2", names[10]);
        Install(g, names[10], $"/dev/vd{(char)('a' + 10)} / ext2 x 0 0\n", "whole");

        GuestInspection found = g.Inspect();
        Assert.Equal(
            [$"{names[5]} both", $"{names[9]} links", $"{names[10]} whole", "/dev/half/root volume"],
            found.Select(os => $"{os.Root} {os.HostName}"));
        Assert.Equal("a", guests.Shell("lvm lvs --noheadings -o lv_attr half/root 2>/dev/null").Trim()[4..5]);
        Assert.Equal("p", guests.Shell("lvm lvs --noheadings -o lv_attr half/data 2>/dev/null").Trim()[8..9]);
        Assert.Equal((names[10], "ext2"), found[2].Mountpoints.Select(m => (m.Mountable, m.FilesystemType)).Single());

        string[] problems = [.. found.Problems.Select(p => p.Message)];
        Assert.Equal(3, problems.Length);
        Assert.Contains(problems, p => p.StartsWith("/dev/half/data is a logical volume that is not active", StringComparison.Ordinal));
        Assert.DoesNotContain(" active", guests.Shell("cat /proc/mdstat"), StringComparison.Ordinal);
        Assert.Contains(problems, p => p.StartsWith($"{names[2]} and {names[4]} are of an md array", StringComparison.Ordinal));
        Assert.Contains("missing", guests.Shell($"btrfs filesystem show {kernel[7]} 2>&1"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(
            problems,
            p => p.StartsWith(names[7], StringComparison.Ordinal) && p.Contains("add all of them", StringComparison.Ordinal));

        // The advice is followed, and helps; what is missing of a guest is told when it is mounted.
        g.MountOptions("ro,degraded", names[7], "/");
        g.UmountAll();
        Assert.Equal("/data", Assert.Single(g.MountAll(found[3]).Failed).Mountpoint.Path);
        g.UmountAll();

        void Lose(ScratchDisk disk)
        {
            guests.Shell($"dd if=/dev/zero of={disk.KernelDevice} bs=1M 2>/dev/null; udevadm settle");
            guests.Shell("mdadm --stop --scan 2>&1; udevadm settle");
        }
    }

    private static void Install(GuestfsHandle g, string device, string fstab, string host)
    {
        g.Mount(device, "/");
        Array.ForEach(["/bin", "/data", "/etc"], g.Mkdir);
        g.Write("/etc/fstab", Encoding.ASCII.GetBytes(fstab));
        g.Write("/etc/hostname", Encoding.ASCII.GetBytes(host + "\n"));
        g.UmountAll();
    }

    private sealed class Guests : ApplianceFixture
    {
        private const long Small = 20L << 20, Btrfs = 128L << 20;

        internal Guests()
            : base([Small, Small, Small, Small, Small, Btrfs, Btrfs, Btrfs, Btrfs, Small, Small])
        {
        }
    }
}
