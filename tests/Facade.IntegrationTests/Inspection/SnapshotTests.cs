// Snapshots on real btrfs and LVM, in the layouts that distributions make: they are named with their system, and are none themselves.
using System.Text;

using Guestfs.IntegrationTests.Support;

using Xunit;

namespace Guestfs.IntegrationTests.Inspection;

public sealed class SnapshotTests
{
    private const long Size = 128L << 20;

    [Fact]
    public void Snapshots_are_marked_and_are_no_systems()
    {
        using Guests guests = new();
        GuestfsHandle g = guests.Guestfs;
        string[] disks = [.. guests.TakeAllDisks().Select(d => d.Device)];

        // SUSE: the system is a subvolume below Snapper's directory, and what is mounted where none is named.
        OnBtrfs(g, disks[0], () =>
        {
            foreach (string name in (string[])["/@", "/@/.snapshots", "/@/home", "/@/var"])
            {
                g.BtrfsSubvolumeCreate(name);
            }

            g.MkdirP("/@/.snapshots/1");
            g.MkdirP("/@/.snapshots/2");
            g.BtrfsSubvolumeCreate("/@/.snapshots/1/snapshot");
            Install(g, "/@/.snapshots/1/snapshot", "sles");
            Snapshot("/@/.snapshots/1/snapshot", "/@/.snapshots/2/snapshot");
            long id = (long)g.BtrfsSubvolumeList("/").Single(v => v.Path == "@/.snapshots/1/snapshot").Id;
            g.BtrfsSubvolumeSetDefault(id, "/");
        });

        // Ubuntu, with Timeshift's, apt's, and one that was made by hand.
        OnBtrfs(g, disks[1], () =>
        {
            g.BtrfsSubvolumeCreate("/@");
            g.BtrfsSubvolumeCreate("/@home");
            Install(g, "/@", "ubuntu");
            g.MkdirP("/timeshift-btrfs/snapshots/2026-01-01_10-00-00");
            Snapshot("/@", "/timeshift-btrfs/snapshots/2026-01-01_10-00-00/@");
            Snapshot("/@", "/@apt-snapshot-release-upgrade");
            Snapshot("/@", "/@before");
        });

        // Two systems that have nothing to do with each other.
        OnBtrfs(g, disks[2], () =>
        {
            foreach (string name in (string[])["fedora", "arch"])
            {
                g.BtrfsSubvolumeCreate("/" + name);
                Install(g, "/" + name, name);
            }
        });

        g.Pvcreate(disks[3]);
        g.Vgcreate("vg", [disks[3]]);
        g.Lvcreate("root", "vg", 24);
        g.Mkfs("ext4", "/dev/vg/root");
        g.Mount("/dev/vg/root", "/");
        Install(g, "", "centos");
        g.UmountAll();
        guests.Shell("lvm lvcreate -q -s -n before -L 8M vg/root >/dev/null");

        OnThinAndMirrored(guests, disks[4..]);

        GuestInspection systems = g.Inspect();
        string[] roots =
        [
            disks[0], $"btrfsvol:{disks[1]}/@", $"btrfsvol:{disks[2]}/arch", $"btrfsvol:{disks[2]}/fedora", "/dev/vg/root",
            "/dev/thin/root", "/dev/mirrored/root",
        ];
        Assert.Equal(roots.Order(StringComparer.Ordinal), systems.Select(os => os.Root).Order(StringComparer.Ordinal));
        Assert.Equal([$"btrfsvol:{disks[0]}/@/.snapshots/2/snapshot"], Of(disks[0]).Snapshots);
        Assert.Equal(
            [
                $"btrfsvol:{disks[1]}/@apt-snapshot-release-upgrade", $"btrfsvol:{disks[1]}/@before",
                $"btrfsvol:{disks[1]}/timeshift-btrfs/snapshots/2026-01-01_10-00-00/@",
            ],
            Of($"btrfsvol:{disks[1]}/@").Snapshots.Order(StringComparer.Ordinal));
        Assert.All((string[])["fedora", "arch"], name => Assert.Empty(Of($"btrfsvol:{disks[2]}/{name}").Snapshots));
        Assert.Equal(["/dev/vg/before"], Of("/dev/vg/root").Snapshots);
        Assert.Equal(["/dev/thin/active", "/dev/thin/later"], Of("/dev/thin/root").Snapshots.Order(StringComparer.Ordinal));
        Assert.Empty(Of("/dev/mirrored/root").Snapshots);
        Assert.Empty(systems.Problems);

        Assert.Equal(
            systems.Select(os => os.Root).Concat(systems.SelectMany(os => os.Snapshots)).Order(StringComparer.Ordinal),
            g.Inspect(new() { IncludeSnapshots = true }).Select(os => os.Root).Order(StringComparer.Ordinal));

        // What btrfs and LVM themselves say of them.
        Assert.Equal("root", guests.Shell("lvm lvs --noheadings -o origin vg/before").Trim());
        Assert.Equal(
            ["active/root", "before/root", "later/before", "pool/", "root/"],
            guests.Shell("lvm lvs --noheadings --separator / -o lv_name,origin thin 2>/dev/null").Split('\n').Select(line => line.Trim()));
        string made = guests.Shell(
            $"mkdir -p /tmp/b && mount -o ro,subvolid=5 {disks[1]} /tmp/b && btrfs subvolume list -s /tmp/b; umount /tmp/b");
        Assert.All(
            Of($"btrfsvol:{disks[1]}/@").Snapshots,
            s => Assert.Contains(s[$"btrfsvol:{disks[1]}/".Length..], made, StringComparison.Ordinal));

        GuestOperatingSystem Of(string root) => systems.Single(os => os.Root == root);
        void Snapshot(string source, string target) =>
            g.BtrfsSubvolumeSnapshot(source, target, new BtrfsSubvolumeSnapshotOptions { Ro = true });
    }

    // Of the snapshots one is not active, as thin ones are unless that is asked for, and another is a snapshot of that one. The pool and
    // the halves of a mirror are devices, too, with a filesystem's beginning on them.
    private static void OnThinAndMirrored(Guests guests, string[] disks)
    {
        GuestfsHandle g = guests.Guestfs;
        g.Pvcreate(disks[0]);
        g.Vgcreate("thin", [disks[0]]);
        guests.Shell("lvm lvcreate -q -y --type thin-pool -L 48M -n pool thin 2>&1; "
            + "lvm lvcreate -q -V 24M --thinpool thin/pool -n root 2>&1");
        OnExt4("/dev/thin/root");
        guests.Shell("lvm lvcreate -q -s -n before thin/root 2>&1; lvm lvcreate -q -s -kn -n active thin/root 2>&1; "
            + "lvm lvcreate -q -s -kn -n later thin/before 2>&1");

        guests.Shell($"lvm vgcreate -q mirrored {disks[1]} {disks[2]} 2>&1");
        guests.Shell("lvm lvcreate -q -y --type raid1 -m 1 -L 24M -n root mirrored 2>&1");
        OnExt4("/dev/mirrored/root");
        Assert.Contains("/dev/mapper/thin-pool", g.ListDmDevices());
        Assert.Contains("/dev/mapper/mirrored-root_rimage_0", g.ListDmDevices());

        void OnExt4(string device)
        {
            g.Mkfs("ext4", device);
            g.Mount(device, "/");
            Install(g, "", "centos");
            g.UmountAll();
        }
    }

    private static void OnBtrfs(GuestfsHandle g, string device, Action make)
    {
        g.MkfsBtrfs([device]);
        g.Mount(device, "/");
        make();
        g.UmountAll();
    }

    private static void Install(GuestfsHandle g, string root, string id)
    {
        g.Mkdir(root + "/bin");
        g.Mkdir(root + "/etc");
        g.Write(root + "/etc/hosts", "127.0.0.1 localhost\n"u8);
        g.Write(root + "/etc/os-release", Encoding.UTF8.GetBytes($"ID={id}\nVERSION_ID=15.5\nPRETTY_NAME=\"{id} 15.5\"\n"));
    }

    private sealed class Guests : ApplianceFixture
    {
        internal Guests()
            : base([Size, Size, Size, Size, Size, 40L << 20, 40L << 20])
        {
        }
    }
}
