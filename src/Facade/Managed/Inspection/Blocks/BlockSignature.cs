// What is on a device, by the marks that mkfs and the like leave; names of types are blkid's. The members of volume groups and
// arrays come first, since they hold the beginning of a filesystem where they have none of their own.
namespace Guestfs;

/// <summary>The type of a filesystem or container, with the names by which /etc/fstab may know it.</summary>
internal sealed class BlockSignature(string type, string? uuid = null, string? label = null)
{
    internal string Type { get; } = type;

    internal string? Uuid { get; } = uuid;

    internal string? Label { get; } = label;

    /// <summary>Where the last mark at the beginning ends that is looked at.</summary>
    internal const int StartSize = 72 << 10;

    private static readonly Func<BlockReader, byte[], BlockSignature?>[] Containers =
        [ContainerSignatures.Raid, ContainerSignatures.Lvm, ContainerSignatures.Encrypted, ContainerSignatures.Other];

    private static readonly Func<BlockReader, byte[], BlockSignature?>[] Filesystems =
    [
        LinuxSignatures.Xfs, LinuxSignatures.Ext, LinuxSignatures.Btrfs, LinuxSignatures.Swap, LinuxSignatures.F2fs,
        LinuxSignatures.ReadOnly, LinuxSignatures.Other, ForeignSignatures.Ntfs, ForeignSignatures.Exfat, ForeignSignatures.Optical,
        ForeignSignatures.Apple, ForeignSignatures.Unix, FatSignature.Find,
    ];

    /// <summary>Whether it is part of something else, which is not mounted itself.</summary>
    internal bool IsMember => Type.EndsWith("_member", StringComparison.Ordinal) || Type is "bcache";

    /// <summary>Whether it must be opened with a key.</summary>
    internal bool IsEncrypted => Type is "crypto_LUKS" or "BitLocker";

    /// <summary>The first that is recognised; null if none is.</summary>
    /// <param name="device">The device.</param>
    /// <param name="start">Its first <see cref="StartSize"/> bytes, or all of a smaller one.</param>
    internal static BlockSignature? Find(BlockReader device, byte[] start)
    {
        foreach (Func<BlockReader, byte[], BlockSignature?> find in Containers.Concat(Filesystems))
        {
            if (find(device, start) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
