// An appliance whose disks hold small guests, to be damaged and made whole again without starting another.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

namespace Guestfs.IntegrationTests.Inspection;

/// <summary>Guests on ext4, FAT, NTFS and btrfs, each on a disk without partitions: inspection starts dozens of programs a disk.</summary>
internal sealed class CorruptAppliance : ApplianceFixture
{
    // The last has the size that btrfs needs; the others are small, since each round writes them anew.
    private static readonly long[] Sizes = [8 << 20, 4 << 20, 8 << 20, 24 << 20];
    private static readonly string[] Kinds = ["ext4", "vfat", "ntfs", "btrfs"];

    private readonly byte[][] guests = new byte[Kinds.Length][];

    internal CorruptAppliance()
        : base(Sizes)
    {
        using TempDirectory directory = new();
        Disks = TakeAllDisks();
        for (int i = 0; i < Kinds.Length; i++)
        {
            Install(Kinds[i], Disks[i], directory);
            Guestfs.UmountAll();
            Flush();
            guests[i] = File.ReadAllBytes(Disks[i].Image);
        }
    }

    /// <summary>The disks, of which the first has ext4.</summary>
    internal ScratchDisk[] Disks { get; }

    /// <summary>A host file with the ext4 guest.</summary>
    internal string Ext4Guest()
    {
        string file = HostFile("ext4");
        File.WriteAllBytes(file, guests[0]);
        return file;
    }

    /// <summary>Writes a guest to each disk, damaged as told, through the appliance: its kernel must not have old blocks of it.</summary>
    internal void WriteGuests(Action<byte[]> damage)
    {
        string file = HostFile("damaged");
        for (int i = 0; i < Disks.Length; i++)
        {
            byte[] content = [.. guests[i]];
            damage(content);
            File.WriteAllBytes(file, content);

            // At once: after each closing of a device the appliance looks at all of it again.
            Guestfs.Upload(file, Disks[i].Device);
        }
    }

    private void Install(string kind, ScratchDisk disk, TempDirectory directory)
    {
        if (kind == "btrfs")
        {
            Shell($"mkfs.btrfs --mixed --force {disk.KernelDevice}");
        }
        else
        {
            // Any filesystem will do where the appliance has no NTFS.
            Guestfs.Mkfs(kind == "ntfs" && !Guestfs.FeatureAvailable(["ntfs3g", "ntfsprogs"]) ? "vfat" : kind, disk.Device);
        }

        Guestfs.Mount(disk.Device, "/");
        if (kind is "ntfs" or "vfat")
        {
            FakeWindows.Install(Guestfs, directory);
        }
        else
        {
            FakeDebian.Install(Guestfs, "/dev/sdx1 /home ext4 defaults 0 0\n", "small");
            FakeDebian.InstallPackages(Guestfs, "/var");
        }
    }
}
