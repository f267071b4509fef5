// Guests that were made to harm whoever inspects them. The kernel of the appliance is the judge of what is mounted.
using System.Globalization;
using System.Text;

using Guestfs.IntegrationTests.Support;

using Xunit;

namespace Guestfs.IntegrationTests.Inspection;

public sealed class HostileGuestTests
{
    [Fact]
    public void What_is_hostile_is_told_and_hides_no_other_system()
    {
        using Guests guests = new();
        GuestfsHandle g = guests.Guestfs;
        GuestInspection found = g.Inspect();

        // One without tricks, one with all, and one on a disk whose table has only broken entries.
        Assert.Equal([guests.Good, guests.Bad, guests.Volumes], found.Select(os => os.Root));
        Assert.Empty(found[0].Problems);
        GuestOperatingSystem bad = found[1];
        Assert.Contains(bad.Problems.Cast<GuestFileException>(), p => p.Path == "/etc/fstab" && p.Line > 1000);
        Assert.All(bad.Problems, p => Assert.DoesNotContain('\e', p.Message));
        Assert.Equal("nam\udcffe\e[31m", bad.HostName);
        Assert.Null(bad.PrettyName);

        GuestMountReport report = g.MountAll(bad);
        Assert.Equal(["/", "/a\nb"], report.Mounted.Select(m => m.Path));
        Assert.Equal(2, guests.Shell("cat /proc/mounts").Split('\n').Count(l => l.Contains(" /sysroot", StringComparison.Ordinal)));
        Assert.Equal(
            [GuestMountOutcome.Bind, GuestMountOutcome.Bind, GuestMountOutcome.Mounted, GuestMountOutcome.DirectoryMissing],
            report.Results.Where(r => r.Entry.Path is "/bin" or "/etc" or "/a\nb" or "/leads").Select(r => r.Outcome));
        Assert.All(report.Results, r => Assert.DoesNotContain('\n', r.Text.TrimEnd()));
        g.UmountAll();

        Assert.Equal("/", Assert.Single(g.MountAll(found[2]).Mounted).Path);
        g.UmountAll();
    }

    private sealed class Guests : ApplianceFixture
    {
        internal Guests()
            : base([8L << 20, 9L << 20, 10L << 20, 120L << 20])
        {
            ScratchDisk[] disks = TakeAllDisks();
            (Good, Bad, Volumes) = (disks[0].Device, disks[1].Device, $"btrfsvol:{disks[3].Device}/odd name\u00fc %s");
            Make(Good, "ext2", "/dev/sda / ext2 defaults 0 1\n");

            StringBuilder fstab = new("/etc /bin none bind 0 0\n/bin /etc none bind 0 0\n");
            fstab.Append(CultureInfo.InvariantCulture, $"{Good} /a\\012b ext2 nofail 0 0\n{Good} /leads ext2 defaults 0 0\n");
            for (int i = 0; i < 100_000; i++)
            {
                fstab.Append("UUID=").Append(i).Append(" /x ext4\n");
            }

            Make(Bad, "ext2", fstab.ToString());
            Guestfs.Mount(Bad, "/");
            Guestfs.Write("/etc/hostname", [.. "nam"u8, 0xff, .. "e\e[31m\n"u8]);
            Guestfs.Mkdir("/a\nb");
            Guestfs.LnS("/leads", "/leads");
            Guestfs.LnS("../../../../../../etc/os-release", "/etc/os-release");
            Guestfs.UmountAll();

            // 128 entries of which none is right, with a header that says that they are.
            byte[] table = new byte[34 * 512];
            new Random(5).NextBytes(table.AsSpan(1024));
            "EFI PART\0\0\x01\0\x5c\0\0\0"u8.CopyTo(table.AsSpan(512));
            (table[512 + 24], table[512 + 72], table[512 + 80], table[512 + 84]) = (1, 2, 128, 128);
            (table[446 + 4], table[446 + 12], table[510], table[511]) = (0xee, 0xff, 0x55, 0xaa);
            Guestfs.PwriteDevice(disks[2].Device, table, 0);
            Guestfs.MkfsBtrfs([disks[3].Device]);
            Guestfs.Mount(disks[3].Device, "/");
            Guestfs.BtrfsSubvolumeCreate("/odd name\u00fc %s");
            Guestfs.UmountAll();
            Make(Volumes, null, "/dev/sda / ext2 defaults 0 1\n/dev/sda / ext2 defaults 0 1\n");
        }

        internal string Good { get; }

        internal string Bad { get; }

        internal string Volumes { get; }

        private void Make(string device, string? filesystem, string fstab)
        {
            if (filesystem is not null)
            {
                Guestfs.Mkfs(filesystem, device);
            }

            Guestfs.Mount(device, "/");
            Guestfs.Mkdir("/bin");
            Guestfs.Mkdir("/etc");
            Guestfs.Write("/etc/fstab", Encoding.UTF8.GetBytes(fstab));
            Guestfs.UmountAll();
        }
    }
}
