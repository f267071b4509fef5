using System.Buffers.Binary;
using System.Globalization;

using Guestfs.Cli.Guests;

namespace Guestfs.Cli.Making;

/// <summary>What is in a partition or volume, and how it takes up more space.</summary>
/// <param name="Type">Such as <c>ext4</c>, <c>swap</c> or <c>LVM2_member</c>; null for what nobody knows.</param>
/// <param name="Size">How many bytes it needs, with its own tables; 0 where it does not matter or is not known.</param>
internal sealed record PartitionContent(string? Type, long Size)
{
    // Where the latest one of a superblock begins, that of btrfs, and how much of it is read.
    private const int BtrfsSuperblock = 64 << 10, F2fsSuperblock = 1 << 10, HeadLength = BtrfsSuperblock + 512;

    /// <summary>How it is made as large as what it is in; null where it cannot be.</summary>
    internal string? Growth => Type switch
    {
        "ext2" or "ext3" or "ext4" => "resize2fs",
        "xfs" => "xfs_growfs",
        "btrfs" => "btrfs",
        "ntfs" => "ntfsresize",
        "f2fs" => "f2fs",
        "swap" => "mkswap",
        "LVM2_member" => "pvresize",
        _ => null,
    };

    /// <summary>Asks the appliance.</summary>
    internal static PartitionContent Read(GuestfsHandle g, string device)
    {
        string? type = GuestAnswer.OrNull(g, () => g.VfsType(device));
        return new(type, type switch
        {
            "ext2" or "ext3" or "ext4" => OfExt(g.Tune2fsL(device)),
            "LVM2_member" => g.PvsFull().FirstOrDefault(pv => g.CanonicalDeviceName(pv.Name) == device) is { } pv ? OfLvm(pv) : 0,
            "xfs" or "ntfs" or "vfat" or "exfat" or "f2fs" or "btrfs" => OfSuperblock(type, g.PreadDevice(device, HeadLength, 0)),
            _ => 0,
        });
    }

    /// <summary>Makes it as large as what it is in.</summary>
    internal static void Grow(GuestfsHandle g, string device)
    {
        switch (Read(g, device).Growth)
        {
            case "resize2fs":
                g.E2fsck(device, new E2fsckOptions { Correct = true });
                g.Resize2fs(device);
                break;
            case "xfs_growfs":
                WhileMounted(g, device, () => g.XfsGrowfs("/"));
                break;
            case "btrfs":
                WhileMounted(g, device, () => g.BtrfsFilesystemResize("/"));
                break;
            case "ntfsresize":
                g.Ntfsresize(device);
                break;
            case "f2fs":
                g.F2fsExpand(device);
                break;
            case "pvresize":
                g.Pvresize(device);
                break;
            case "mkswap":
                g.Mkswap(device, new MkswapOptions
                {
                    Uuid = GuestAnswer.OrNull(g, () => g.VfsUuid(device)), Label = GuestAnswer.OrNull(g, () => g.VfsLabel(device)),
                });
                break;
            default:
                break;
        }
    }

    private static void WhileMounted(GuestfsHandle g, string device, Action grow)
    {
        g.Mount(device, "/");
        grow();
        g.UmountAll();
    }

    private static long OfExt(IReadOnlyDictionary<string, string> facts) => Product(
        ulong.Parse(facts["Block count"], CultureInfo.InvariantCulture), ulong.Parse(facts["Block size"], CultureInfo.InvariantCulture));

    // Mounted, they would not count their tables, the sector that some have at their end, or twice what they have twice.
    private static long OfSuperblock(string type, ReadOnlySpan<byte> head)
    {
        if (head.Length < HeadLength)
        {
            return 0;
        }

        ushort sector = BinaryPrimitives.ReadUInt16LittleEndian(head[11..]);
        return type switch
        {
            "xfs" => Product(BinaryPrimitives.ReadUInt64BigEndian(head[8..]), BinaryPrimitives.ReadUInt32BigEndian(head[4..])),
            "ntfs" => Product(BinaryPrimitives.ReadUInt64LittleEndian(head[40..]) is > 0 and var sectors ? sectors + 1 : 0, sector),
            "vfat" when BinaryPrimitives.ReadUInt16LittleEndian(head[19..]) is > 0 and var few => Product(few, sector),
            "vfat" => Product(BinaryPrimitives.ReadUInt32LittleEndian(head[32..]), sector),
            "exfat" => Product(BinaryPrimitives.ReadUInt64LittleEndian(head[72..]), 1UL << (head[108] & 15)),
            "f2fs" => Product(
                BinaryPrimitives.ReadUInt64LittleEndian(head[(F2fsSuperblock + 36)..]),
                1UL << (int)(BinaryPrimitives.ReadUInt32LittleEndian(head[(F2fsSuperblock + 16)..]) & 31)),
            _ => Product(BinaryPrimitives.ReadUInt64LittleEndian(head[(BtrfsSuperblock + 0xd1)..]), 1),
        };
    }

    // What it says of its size is its extents alone, which its own table comes before, and perhaps a second one after.
    private static long OfLvm(LvmPv pv) => (long)(pv.MdaCount > 1 ? pv.DevSize : pv.PeStart + pv.Size);

    // The numbers are the guest's.
    private static long Product(ulong count, ulong size) => (long)UInt128.Min((UInt128)count * size, long.MaxValue);
}
