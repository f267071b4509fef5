// An appliance whose disks hold small guests, to be damaged and made whole again without starting another.
using Guestfs.Appliance.Tests.Support;
using Guestfs.TestSupport;

namespace Guestfs.Appliance.Tests.Inspection;

/// <summary>Guests on ext4, FAT, NTFS and btrfs, two of each, on disks without partitions.</summary>
internal sealed class CorruptAppliance : ApplianceFixture
{
    private const int Copies = 2;
    private const long Size = 24 << 20;

    private static readonly string[] Kinds = ["ext4", "vfat", "ntfs", "btrfs"];

    internal CorruptAppliance()
        : base(Enumerable.Repeat(Size, Kinds.Length * Copies))
    {
        using TempDirectory directory = new();
        Disks = TakeAllDisks();
        for (int i = 0; i < Kinds.Length; i++)
        {
            Install(Kinds[i], Disks[i * Copies], directory);
            Guestfs.UmountAll();
            Shell($"sync; cp --sparse=always {Disks[i * Copies].KernelDevice} /tmp/{Kinds[i]}");
        }
    }

    /// <summary>The disks, by kind of filesystem; the first two are ext4.</summary>
    internal ScratchDisk[] Disks { get; }

    /// <summary>Writes a guest to each disk, as it was before any damage.</summary>
    internal void Restore() => Shell(string.Join("; ", Disks.Select((d, i) => $"cat /tmp/{Kinds[i / Copies]} > {d.KernelDevice}")) + "; sync");

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
