// An appliance with three operating systems on its disks, and what virt-inspector says about them.
using System.Xml.Linq;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Inspection;

/// <summary>The disks of three machines: Debian, Windows and Arch Linux.</summary>
[CollectionDefinition(nameof(InspectionAppliance))]
public sealed class InspectionAppliance : ApplianceFixture, ICollectionFixture<InspectionAppliance>
{
    /// <summary>In no useful order, with devices that do not exist, and with a directory that does not.</summary>
    internal const string DebianFstab = """
        /dev/guestvg/log  /var/log  ext4   defaults  0 2
        /dev/guestvg/var  /var      ext4   defaults  0 2
        LABEL=boot        /boot     ext2   defaults  0 2
        LABEL=root        /         ext4   defaults  0 1
        /dev/guestvg/log  /missing  ext4   defaults  0 0
        /dev/sdx9         /srv      ext4   defaults  0 2
        /dev/guestvg/swap none      swap   sw        0 0
        tmpfs             /tmp      tmpfs  defaults  0 0
        /dev/guestvg/log  /usr      ext4   noauto    0 0
        /dev/disk/by-id/x /home     ext4   nofail    0 2
        //host/share      /lib      cifs   defaults  0 0
        /var/log          /etc      none   bind      0 0

        """;

    private const int Sector = 512;
    private const int Megabyte = (1 << 20) / Sector;

    private readonly TempDirectory directory = new();
    private readonly ScratchDisk[] disks;
    private readonly Lazy<XElement> judge;

    /// <summary>Starts it and installs the systems.</summary>
    public InspectionAppliance()
        : base([100L << 20, 72L << 20, 320L << 20])
    {
        Command.Require("virt-inspector", "hivexregedit", "pacman", "dpkg-query");
        disks = TakeAllDisks();

        // The first, because looking for its drive letters fails at a disk without partitions, and few partitions,
        // because libguestfs spends most of its time on them.
        InstallWindows(disks[0].Device);
        InstallDebian(disks[1].Device, disks[2].Device);
        InstallArch("/dev/guestvg/arch");
        Guestfs.UmountAll();
        Flush();
        Systems = Guestfs.Inspect();
        judge = new Lazy<XElement>(AskVirtInspector);
    }

    /// <summary>What <see cref="GuestfsHandle.Inspect"/> found.</summary>
    public IReadOnlyList<GuestOperatingSystem> Systems { get; }

    /// <summary>The only one of a distribution.</summary>
    public GuestOperatingSystem Find(string distro) => Systems.Single(os => os.Distro == distro);

    /// <summary>Whether the appliance can make NTFS; if not, Windows is on FAT.</summary>
    public bool HasNtfs { get; private set; }

    /// <summary>What virt-inspector says about the operating system on a root filesystem.</summary>
    public XElement Judge(string root) => judge.Value.Elements("operatingsystem").Single(e => e.Element("root")!.Value == root);

    /// <summary>How many operating systems virt-inspector found.</summary>
    public int JudgedSystems => judge.Value.Elements("operatingsystem").Count();

    /// <summary>What pacman and dpkg say is installed, as sorted lines of name and version.</summary>
    public string[] Packages(string distro)
    {
        string text;
        if (distro == "archlinux")
        {
            text = FakeArch.Pacman(directory);
        }
        else
        {
            string admin = Directory.CreateDirectory(directory.File("dpkg")).FullName;
            File.WriteAllText(Path.Combine(admin, "status"), FakeDebian.DpkgStatus);
            text = Command.Run("dpkg-query", "--admindir", admin, "-W", "-f", @"${db:Status-Abbrev} ${Package} ${Version}\n");
            text = string.Join(
                '\n', text.Split('\n').Where(line => line.StartsWith("ii ", StringComparison.Ordinal)).Select(line => line[3..].Trim()));
        }

        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    /// <summary>What the appliance's kernel has mounted below the guest's root:
    /// path, kernel's device and whether it is read-only.</summary>
    public (string Path, string Device, bool ReadOnly)[] KernelMounts() =>
    [
        .. Shell("cat /proc/mounts").Split('\n')
            .Select(line => line.Split(' '))
            .Where(fields => fields.Length > 3 && (fields[1] == "/sysroot" || fields[1].StartsWith("/sysroot/", StringComparison.Ordinal)))
            .Select(fields =>
                (fields[1]["/sysroot".Length..] is { Length: > 0 } path ? path : "/", fields[0], fields[3].Split(',').Contains("ro"))),
    ];

    /// <summary>The kernel's name of a partition of a disk, by their numbers.</summary>
    public string KernelName(int disk, int partition) => disks[disk].KernelDevice + partition;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            directory.Dispose();
        }
    }

    private void InstallDebian(string disk, string volumes)
    {
        Partition(disk, 16, 48);
        Guestfs.Mkfs("ext2", disk + "1", new MkfsOptions { Label = "boot" });
        Guestfs.Mkfs("ext4", disk + "2", new MkfsOptions { Label = "root" });
        Guestfs.Pvcreate(volumes);
        Guestfs.Vgcreate("guestvg", [volumes]);
        Guestfs.Lvcreate("var", "guestvg", 40);
        Guestfs.Lvcreate("log", "guestvg", 32);
        Guestfs.Lvcreate("swap", "guestvg", 8);
        Guestfs.Mkfs("ext4", "/dev/guestvg/var");
        Guestfs.Mkfs("ext4", "/dev/guestvg/log");
        Guestfs.Mkswap("/dev/guestvg/swap");
        Guestfs.Mount(disk + "2", "/");
        FakeDebian.Install(Guestfs, DebianFstab, "debhost.example.org");
        Guestfs.Mount("/dev/guestvg/var", "/var");
        Guestfs.Mkdir("/var/log");
        FakeDebian.InstallPackages(Guestfs, "/var");
        Guestfs.UmountAll();
    }

    private void InstallWindows(string disk)
    {
        HasNtfs = Guestfs.FeatureAvailable(["ntfs3g", "ntfsprogs"]);
        string type = HasNtfs ? "ntfs" : "vfat";
        Partition(disk, 48, 48);
        Guestfs.PwriteDevice(disk, System.Text.Encoding.ASCII.GetBytes(FakeWindows.DiskId), 0x1b8);
        Guestfs.Mkfs(type, disk + "1");
        Guestfs.Mkfs(type, disk + "2");
        Guestfs.Mount(disk + "1", "/");
        FakeWindows.Install(Guestfs, directory, ('C', Megabyte * Sector), ('D', 49L * Megabyte * Sector));
        Guestfs.UmountAll();
    }

    // On a logical volume, because upstream mixes up its own names and the kernel's of a disk that has subvolumes.
    private void InstallArch(string device)
    {
        Guestfs.Lvcreate("arch", "guestvg", 160);
        Guestfs.MkfsBtrfs([device]);
        Guestfs.Mount(device, "/");
        Guestfs.BtrfsSubvolumeCreate("/root");
        Guestfs.BtrfsSubvolumeCreate("/home");
        Guestfs.UmountAll();
        Guestfs.Mount($"btrfsvol:{device}/root", "/");
        string uuid = Guestfs.VfsUuid(device);
        FakeArch.Install(Guestfs, $"UUID={uuid} /home btrfs subvol=home 0 0\nUUID={uuid} / btrfs subvol=root 0 0\n");
        Guestfs.UmountAll();
    }

    private void Partition(string disk, params int[] megabytes)
    {
        Guestfs.PartInit(disk, "mbr");
        long start = Megabyte;
        foreach (int size in megabytes)
        {
            Guestfs.PartAdd(disk, "p", start, start + ((long)size * Megabyte) - 1);
            start += (long)size * Megabyte;
        }
    }

    // Copies, since qemu has locked the images.
    private XElement AskVirtInspector()
    {
        List<string> arguments = ["--no-icon", "--format=raw"];
        foreach (ScratchDisk disk in disks)
        {
            string copy = directory.File(Path.GetFileName(disk.Image));
            Command.Run("cp", "--sparse=always", disk.Image, copy);
            arguments.AddRange(["-a", copy]);
        }

        CommandResult result = Command.TryRun("virt-inspector", arguments, NewHandle.ToolEnvironment);
        Assert.True(result.ExitCode == 0, result.Error);
        return XElement.Parse(result.Output);
    }
}
