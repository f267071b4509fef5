// Disks that are divided in ways that no installer makes, and systems whose directories are elsewhere. What the kernel sees is the judge of
// the partitions.
using System.Text;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Inspection;

public sealed class DiskLayoutTests
{
    private const int Megabyte = 2048, Sector = 512;

    [Fact]
    public void Odd_layouts_hide_no_system_and_are_told()
    {
        using Layouts layouts = new();
        GuestfsHandle g = layouts.Guestfs;
        ScratchDisk[] disks = layouts.TakeAllDisks();
        Queue<ScratchDisk> left = new(disks);

        string two = left.Dequeue().Device;
        Partition(g, two, (Megabyte, 6 * Megabyte), (7 * Megabyte, 6 * Megabyte));
        Install(g, two + "1", "debian", "ext4");
        Install(g, two + "2", "fedora", "ext4");

        string relative = Linked("relative", "private/etc");
        string absolute = Linked("absolute", "/private/etc");
        string circle = Linked("circle", "etc");
        string outside = Linked("outside", "../../../../elsewhere/etc");

        // The second begins where the first does, the third within it.
        string overlapping = left.Dequeue().Device;
        Partition(g, overlapping, (Megabyte, 10 * Megabyte), (Megabyte, 4 * Megabyte), (8 * Megabyte, Megabyte));
        Install(g, overlapping + "1", "overlapping");

        string nested = left.Dequeue().Device;
        Partition(g, nested, (Megabyte, 2 * Megabyte), (3 * Megabyte, 8 * Megabyte));
        g.PwriteDevice(nested + "1", Table((63, Megabyte)), 0);
        Install(g, nested + "2", "nested");

        // A table behind which there is a system, on what is a filesystem as a whole.
        string both = left.Dequeue().Device;
        g.Mkfs("ext4", both);
        Partition(g, both, (6 * Megabyte, 6 * Megabyte));
        Install(g, both + "1", "both");

        // A mirror of whole disks with its superblocks at the end: its table is at the beginning of each of them.
        ScratchDisk[] mirror = [left.Dequeue(), left.Dequeue()];
        string members = string.Join(' ', mirror.Select(d => d.KernelDevice));
        layouts.Shell($"mdadm --create /dev/md127 --run --metadata=1.0 --level=1 --raid-devices=2 {members} 2>&1; udevadm settle");
        Partition(g, "/dev/md127", (Megabyte, 6 * Megabyte));
        Install(g, "/dev/md127p1", "mirrored");

        // udevd may still be looking at the disks when they are assembled, and then the kernel keeps their own partitions, too.
        layouts.Shell($"mdadm --stop /dev/md127 2>&1; for d in {members}; do blockdev --rereadpt $d; done; for i in 1 2 3 4 5 6 7 8 9; do "
            + $"udevadm settle; mdadm --assemble --run /dev/md127 {members} 2>&1; udevadm settle; "
            + $"[ -b /dev/md127p1 ] && [ ! -b {mirror[0].KernelDevice}1 ] && [ ! -b {mirror[1].KernelDevice}1 ] && break; "
            + "mdadm --stop /dev/md127 2>&1; sleep 0.2; done");

        string broken = left.Dequeue().Device;
        g.PartInit(broken, "gpt");
        g.PartAdd(broken, "p", Megabyte, 4 * Megabyte);
        g.PwriteDevice(broken, "damage"u8, Sector + 16);
        g.PwriteDevice(broken, "damage"u8, g.BlockdevGetsize64(broken) - Sector + 16);
        g.BlockdevRereadpt(broken);

        // What the kernel sees.
        string[] partitions = g.ListPartitions();
        Assert.Equal(
            [$"{two}1", $"{two}2", $"{overlapping}1", $"{overlapping}2", $"{overlapping}3", $"{nested}1", $"{nested}2", $"{both}1",
                "/dev/md127p1"],
            partitions.OrderBy(Place).ThenBy(p => p, StringComparer.Ordinal));

        GuestInspection found = g.Inspect();
        Assert.Equal(
            [$"{two}1", $"{two}2", relative, absolute, $"{overlapping}1", $"{nested}2", $"{both}1", "/dev/md127p1"],
            found.Select(os => os.Root).OrderBy(Place).ThenBy(r => r, StringComparer.Ordinal));
        Assert.All(found, os =>
        {
            Assert.Equal(("15.5", $"host-{os.PrettyName}"), (os.Version?.ToString(), os.HostName));
            Assert.Empty(os.Problems);
        });

        string[] told = [.. found.Problems.Cast<GuestDeviceException>().Select(p => p.Message)];
        Assert.Collection(
            told.OrderBy(Place).ThenBy(t => t, StringComparer.Ordinal),
            t => AssertIs(circle, "/etc", t),
            t => AssertIs(outside, "/etc", t),
            t => AssertIs(overlapping, "partition 3 begins within partition 1", t),
            t => AssertIs(overlapping, "partitions 1 and 2 begin at the same place", t),
            t => AssertIs(nested + "1", "a partition table of its own", t),
            t => AssertIs(both, "both a partition table and what is of type ext4", t),
            t => AssertIs(broken, "GPT", t));

        string Linked(string name, string target)
        {
            string device = left.Dequeue().Device;
            Install(g, device, name, etc: "/private/etc");
            g.Mount(device, "/");
            g.LnS(target, "/etc");
            g.UmountAll();
            return device;
        }

        // Arrays are behind all disks.
        int Place(string text) =>
            (Array.FindIndex(disks, d => text.StartsWith(d.Device, StringComparison.Ordinal)) + disks.Length + 1) % (disks.Length + 1);

        static void AssertIs(string device, string part, string message)
        {
            Assert.StartsWith(device + " ", message, StringComparison.Ordinal);
            Assert.Contains(part, message, StringComparison.Ordinal);
        }
    }

    private static byte[] Table(params (int Start, int Count)[] partitions)
    {
        byte[] table = new byte[Sector];
        for (int i = 0; i < partitions.Length; i++)
        {
            table[446 + (i * 16) + 4] = 0x83;
            BitConverter.GetBytes(partitions[i].Start).CopyTo(table, 446 + (i * 16) + 8);
            BitConverter.GetBytes(partitions[i].Count).CopyTo(table, 446 + (i * 16) + 12);
        }

        (table[510], table[511]) = (0x55, 0xaa);
        return table;
    }

    private static void Partition(GuestfsHandle g, string disk, params (int Start, int Count)[] partitions)
    {
        g.PwriteDevice(disk, Table(partitions), 0);
        g.BlockdevRereadpt(disk);
    }

    private static void Install(GuestfsHandle g, string device, string id, string type = "ext2", string etc = "/etc")
    {
        g.Mkfs(type, device);
        g.Mount(device, "/");
        g.Mkdir("/bin");
        g.MkdirP(etc);
        Write("hosts", "127.0.0.1 localhost\n");
        Write("hostname", $"host-{id}\n");
        Write("os-release", $"PRETTY_NAME={id}\nVERSION_ID=15.5\n");
        g.UmountAll();

        void Write(string name, string content) => g.Write($"{etc}/{name}", Encoding.UTF8.GetBytes(content));
    }

    private sealed class Layouts : ApplianceFixture
    {
        internal Layouts()
            : base(Enumerable.Repeat(16L << 20, 11))
        {
        }
    }
}
