using System.Buffers.Binary;
using System.Globalization;

using Guestfs.Cli.Guests;

namespace Guestfs.Cli.Making;

/// <summary>What is in a partition or volume, and how it takes up more space.</summary>
/// <param name="Type">Such as <c>ext4</c>, <c>swap</c> or <c>LVM2_member</c>; null for what nobody knows.</param>
/// <param name="Size">How many bytes it has at least; 0 where it does not matter or is not known.</param>
internal sealed record PartitionContent(string? Type, long Size)
{
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
            "LVM2_member" => (long)(g.PvsFull().FirstOrDefault(pv => g.CanonicalDeviceName(pv.Name) == device)?.Size ?? 0),
            "xfs" => OfXfs(g.PreadDevice(device, 16, 0)),
            null or "swap" => 0,
            _ => OfMounted(g, device),
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

    private static long OfExt(IReadOnlyDictionary<string, string> facts) =>
        long.Parse(facts["Block count"], CultureInfo.InvariantCulture) * long.Parse(facts["Block size"], CultureInfo.InvariantCulture);

    // Mounted, it would not count its log.
    private static long OfXfs(ReadOnlySpan<byte> head) =>
        (long)BinaryPrimitives.ReadUInt64BigEndian(head[8..]) * BinaryPrimitives.ReadUInt32BigEndian(head[4..]);

    private static long OfMounted(GuestfsHandle g, string device)
    {
        if (!GuestAnswer.Does(g, () => g.MountRo(device, "/")))
        {
            return 0;
        }

        StatVfs status = g.Statvfs("/");
        g.UmountAll();
        return status.Blocks * status.FrSize;
    }
}
