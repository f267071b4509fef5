// Inspect beside guestfs_inspect_os and its companions, on the files of a dozen distributions; and where those give up.
using System.Text;
using System.Text.Json;

using Guestfs.IntegrationTests.Support;

using Xunit;

namespace Guestfs.IntegrationTests.Inspection;

public sealed class SameAnswersTests
{
    private const long Size = 4 << 20;

    [Fact]
    public void Both_say_the_same_of_every_distribution_and_one_says_it_of_broken_files_too()
    {
        using Guests guests = new();
        GuestfsHandle g = guests.Guestfs;
        int calls = 0;
        g.FunctionEntered += Count;
        GuestInspection found = g.Inspect();
        g.FunctionEntered -= Count;

        IReadOnlyList<GuestOperatingSystem> judge = g.InspectByLibguestfs();
        Assert.Equal(SmallGuest.All.Length, judge.Count);
        Assert.Equal(judge.Select(Answers), found.Select(Answers));
        Assert.InRange(calls, found.Count * 5, found.Count * 40);

        // The packages come out as libguestfs lists them.
        GuestOperatingSystem alpine = found.Single(os => os.Distro == "alpinelinux");
        g.MountAll(alpine);
        Assert.Equal(
            g.InspectListApplications2(alpine.Root)
                .Select(a => string.Join('|', a.Name, a.Epoch, a.Version, a.Release, a.Arch, a.Url, a.Summary, a.Description)),
            g.ListApplications(alpine).Applications
                .Select(a => string.Join(
                    '|', a.Name, a.Epoch, a.Version, a.Release, a.Architecture, a.Homepage, a.Summary, a.Description)));
        g.UmountAll();

        BreakFiles(guests, found);

        void Count(object? sender, GuestfsMessageEventArgs e) => calls++;
    }

    // Each file in its own way; upstream's answer to the first is no answer for any system.
    private static void BreakFiles(Guests guests, IReadOnlyList<GuestOperatingSystem> whole)
    {
        GuestfsHandle g = guests.Guestfs;
        string fedora = whole.Single(os => os.Distro == "fedora").Root;
        string ubuntu = whole.Single(os => os.Distro == "ubuntu").Root;
        string alpine = whole.Single(os => os.Distro == "alpinelinux").Root;
        string leap = whole.Single(os => os.Distro == "opensuse").Root;
        Change(fedora, () => g.WriteAppend(
            "/etc/fstab",
            "UUID=\"00000000-0000-0000-0000-000000000009\" TYPE=\"ext4\" /u02 ext4 defaults,nofail 1 2\n/dev/vdz /last ext4\n"u8));
        Assert.Contains("parse", Assert.Throws<GuestfsException>(() => g.InspectOs()).Message, StringComparison.Ordinal);
        g.UmountAll();

        Change(ubuntu, () => g.WriteAppend("/etc/os-release", "no variable\n"u8));
        Change(ubuntu, () => g.Write("/etc/hostname", [.. Enumerable.Repeat((byte)0, 100)]));
        Change(alpine, () =>
        {
            g.Rm("/etc/os-release");
            g.LnS("os-release", "/etc/os-release");
        });
        string centos = whole.Single(os => os.Distro == "centos").Root;
        Change(centos, () =>
        {
            g.WriteAppend("/etc/fstab", "/dev/mapper/x /x ext4\n"u8);
            g.Write("/etc/crypttab", "one\nx UUID=1\n"u8);
            g.Write("/etc/machine-id", []);
            g.TruncateSize("/etc/machine-id", 1L << 30);
            g.Write("/etc/mdadm.conf", [0xff, 0, 0xfe]);
            g.Rm("/etc/sysconfig/network");
            g.LnS("../../../../../../../../outside", "/etc/sysconfig/network");
        });
        Change(leap, () =>
        {
            g.Rm("/etc/fstab");
            g.Mkfifo(0x1ff, "/etc/fstab");
            g.Write("/etc/alpine-release", "3.19\n"u8);
            g.MkdirP("/etc/hostname");
        });

        IReadOnlyList<GuestOperatingSystem> systems = g.Inspect();
        Assert.Equal(whole.Select(os => os.Root), systems.Select(os => os.Root));
        GuestFileException line = Assert.IsType<GuestFileException>(Assert.Single(Find(fedora).Problems));
        Assert.Equal(("/etc/fstab", 3), (line.Path, line.Line));
        Assert.Contains("/last", Find(fedora).Mountpoints.Select(m => m.Path));
        Assert.Equal("fedora", Find(fedora).Distro);
        Assert.Equal(["/etc/os-release", "/etc/hostname"], Find(ubuntu).Problems.Cast<GuestFileException>().Select(p => p.Path));
        Assert.Equal("22.04", Find(ubuntu).Version?.ToString(2).Replace(".4", ".04", StringComparison.Ordinal));
        Assert.Equal(
            [("/etc/crypttab", 1), ("/etc/machine-id", null)],
            Find(centos).Problems.Cast<GuestFileException>().Select(p => (p.Path, p.Line)));
        Assert.Equal("CentOS Linux release 7.9.2009 (Core)", Find(centos).ProductName);
        Assert.Contains("/etc/os-release", Find(alpine).Problems.Cast<GuestFileException>().Select(p => p.Path));
        Assert.Equal("opensuse", Find(leap).Distro);

        GuestOperatingSystem Find(string root) => systems.Single(os => os.Root == root);

        void Change(string root, Action change)
        {
            g.Mount(root, "/");
            change();
            g.UmountAll();
        }
    }

    // As a program sees it. A parameter of the root that begins with a slash has one slash, not two.
    internal static string Answers(GuestOperatingSystem os) => Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(os with
    {
        Problems = [],
        MachineId = null,
        MountEntries = [],
        Mountpoints = [.. os.Mountpoints.Select(m => m with { Mountable = OneSlash(m.Mountable), FilesystemType = null })],
        Filesystems = [.. os.Filesystems.Select(OneSlash).Order(StringComparer.Ordinal)],
    }));

    private static string OneSlash(string mountable) => mountable.Replace("//", "/", StringComparison.Ordinal);

    private sealed class Guests : ApplianceFixture
    {
        internal Guests()
            : base(SmallGuest.All.Select(_ => Size))
        {
            foreach ((SmallGuest guest, ScratchDisk disk) in SmallGuest.All.Zip(TakeAllDisks()))
            {
                Guestfs.Mkfs("ext2", disk.Device);
                Guestfs.Mount(disk.Device, "/");
                guest.Install(Guestfs);
                Guestfs.UmountAll();
            }
        }
    }
}
