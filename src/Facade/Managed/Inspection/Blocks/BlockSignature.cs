// What is on a device, by the marks that mkfs and the like leave; names of types are blkid's. The members of volume groups and
// arrays come first, since they hold the beginning of a filesystem where they have none of their own.
namespace Guestfs;

/// <summary>The type of a filesystem or container, with the names by which /etc/fstab may know it.</summary>
internal sealed class BlockSignature(string type, string? uuid = null, string? label = null)
{
    private string? label = label;

    internal string Type { get; } = type;

    internal string? Uuid { get; } = uuid;

    internal string? Label => label ??= ReadLabel?.Invoke();

    /// <summary>Reads a label that is not at the beginning of the device.</summary>
    internal Func<string?>? ReadLabel { private get; init; }

    /// <summary>What only copies have, too: its UUID, or where several devices have one together, its own.</summary>
    internal string? Identity
    {
        get => field ?? Uuid;
        init;
    }

    /// <summary>How many bytes of the device it has for itself; 0 if that is not known.</summary>
    internal long Length { get; init; }

    /// <summary>Where the last mark at the beginning ends that is looked at.</summary>
    internal const int StartSize = 72 << 10;

    private static readonly Func<BlockReader, byte[], BlockSignature?>[] Finders =
    [
        ContainerSignatures.Lvm, ContainerSignatures.Encrypted, ContainerSignatures.Other,
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
        BlockSignature? found = FindAtStart(device, start);

        // A question costs more than bytes do, and where a filesystem fills its device, there is no room behind it.
        return found is { Type: "linux_raid_member" } || (found is { Length: > 0 } && found.Length >= (device.Size & ~4095L))
            ? found
            : ContainerSignatures.RaidAtEnd(device) ?? found;
    }

    /// <summary>The first that is recognised by what is at the beginning.</summary>
    internal static BlockSignature? FindAtStart(BlockReader device, byte[] start)
    {
        BlockSignature? found = ContainerSignatures.RaidAtStart(start);
        for (int i = 0; found is null && i < Finders.Length; i++)
        {
            found = Finders[i](device, start);
        }

        return found;
    }
}
