// The appliance of the tests about partitions, volumes and filesystems.
using Xunit;

namespace Guestfs.IntegrationTests.Support;

/// <summary>An appliance with many empty disks and nothing mounted.</summary>
[CollectionDefinition(nameof(DisksAppliance))]
public sealed class DisksAppliance : ApplianceFixture, ICollectionFixture<DisksAppliance>
{
    /// <summary>The size of the large disks: btrfs and XFS want some room.</summary>
    public const long LargeDisk = 320 << 20;

    /// <summary>Starts it.</summary>
    public DisksAppliance()
        : base([.. Enumerable.Repeat(64L << 20, 34), .. Enumerable.Repeat(LargeDisk, 9)])
        => PartitionDisk = TakeDisk();

    /// <summary>The disk that gets one partition table after the other.</summary>
    public ScratchDisk PartitionDisk { get; }

    /// <summary>Mounts a filesystem on a directory of its own.</summary>
    public string Mount(string mountable)
    {
        string mountpoint = NewMountpoint();
        Guestfs.Mount(mountable, mountpoint);
        return mountpoint;
    }

    /// <summary>A directory to mount on.</summary>
    public string NewMountpoint()
    {
        string mountpoint = $"/m{Guid.NewGuid():N}";
        Guestfs.Mkmountpoint(mountpoint);
        return mountpoint;
    }

    /// <summary>Unmounts a filesystem and brings its image up to date.</summary>
    public void Unmount(string mountpoint)
    {
        Guestfs.Umount(mountpoint);
        Flush();
    }
}
