// What has to be known of filesystems to make one that things fit into: what the filesystem itself takes was measured with the programs of
// Debian 12 and 13, and is rather too much than too little. What still does not fit is tried again in more.
using Guestfs.Cli.Guests;

namespace Guestfs.Cli.Making;

/// <summary>A type of filesystem.</summary>
/// <param name="type">Its name, as mkfs knows it.</param>
internal sealed class TargetFilesystem(string type)
{
    private const long K = 1L << 10, M = 1L << 20, G = 1L << 30;
    private const long FatMaxFile = (4L << 30) - 1;

    // A smaller FAT has a table of fixed length for what is at its top.
    private const long Fat32Size = 513 * M, FatTopEntries = 500;

    internal string Type { get; } = type;

    /// <summary>Whether files have owners, links and attributes there.</summary>
    internal bool IsUnix => Type is not ("vfat" or "fat" or "msdos" or "exfat" or "ntfs");

    internal bool HasXattrs => IsUnix && Type is not ("minix" or "ufs");

    /// <summary>The type of its partition in an MBR.</summary>
    internal int MbrType => Type switch { "vfat" or "fat" or "msdos" => 0x0C, "ntfs" or "exfat" => 0x07, "swap" => 0x82, _ => 0x83 };

    /// <summary>The type of its partition in a GPT.</summary>
    internal string GptType => Type switch
    {
        "swap" => "0657FD6D-A4AB-43C4-84E5-0933C84B4F4F",
        _ when !IsUnix => "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7",
        _ => "0FC63DAF-8483-4772-8E79-3D69D8477DE4",
    };

    private bool IsExt => Type is "ext2" or "ext3" or "ext4";

    private bool IsFat => Type is "vfat" or "fat" or "msdos";

    /// <summary>Refuses a type that the appliance does not know, before anything is erased for it.</summary>
    internal static void CheckKnown(GuestfsHandle g, string type)
    {
        // Making one needs its program alone; the kernel need not know it.
        if (!type.All(char.IsAsciiLetterOrDigit)
            || (type != "swap" && GuestAnswer.OrNull(g, () => g.Debug("sh", [$"command -v mkfs.{type}"])) is null))
        {
            throw new UsageException($"The appliance knows no filesystem '{type}': nothing was erased.");
        }
    }

    /// <summary>Refuses what it cannot hold.</summary>
    internal void Check(Census census)
    {
        if (!IsUnix && Type != "ntfs" && census.FirstLink is { } link)
        {
            throw new UsageException(
                $"{link.Name} is {link.What}, and {Type} has none of those: choose another filesystem with --filesystem.");
        }

        if (IsFat && census.Largest > FatMaxFile)
        {
            throw new UsageException($"A file is larger than 4 GiB, and {Type} has none of those: choose another with --filesystem.");
        }
    }

    /// <summary>How large one must be.</summary>
    /// <param name="census">What comes into it.</param>
    /// <param name="free">How much is to be free then.</param>
    internal long SizeFor(Census census, long free)
    {
        // What it takes for itself depends on how large it is.
        long size = 0;
        for (int i = 0; i < 4; i++)
        {
            size = SizeFor(census, free, size);
        }

        return (size + M - 1) / M * M;
    }

    /// <summary>Makes one.</summary>
    /// <param name="g">The handle.</param>
    /// <param name="device">Where.</param>
    /// <param name="label">Its label.</param>
    /// <param name="census">What comes into it, if that is known.</param>
    internal void Make(GuestfsHandle g, string device, string? label, Census? census)
    {
        try
        {
            if (IsExt)
            {
                long size = g.BlockdevGetsize64(device);
                g.Mke2fs(device, new Mke2fsOptions
                {
                    FsType = Type,
                    Label = label,
                    BlockSize = Math.Max(ExtBlock(size), g.BlockdevGetss(device)),
                    NumberOfInodes = census is null ? null : Inodes(census, size),
                    ReservedBlocksPercentage = census is null ? null : 0,
                });
            }
            else if (Type == "btrfs" && census is not null)
            {
                // What is copied is somewhere else, too: no second copy of what leads to it.
                g.MkfsBtrfs([device], new MkfsBtrfsOptions { Metadata = "single", DataType = "single", Label = label });
            }
            else if (Type == "swap")
            {
                g.Mkswap(device, new MkswapOptions { Label = label });
            }
            else
            {
                g.Mkfs(Type, device, new MkfsOptions { Label = label });
            }
        }
        catch (GuestfsException e) when (g.State == GuestfsState.Ready)
        {
            throw new GuestfsException("mkfs", e.Errno, $"No filesystem of type {Type} could be made: {e.Message}");
        }
    }

    /// <summary>Mounts it, so that names are what they are.</summary>
    internal void Mount(GuestfsHandle g, string device) => g.MountOptions(IsFat ? "utf8" : "", device, "/");

    /// <summary>The number of a partition of its own, on a disk of which it takes everything.</summary>
    /// <param name="g">The handle.</param>
    /// <param name="disk">The disk.</param>
    /// <param name="table">gpt or mbr.</param>
    /// <param name="mbrType">The type in an MBR; null for the filesystem's.</param>
    /// <param name="gptType">The type in a GPT; null for the filesystem's.</param>
    /// <returns>The partition.</returns>
    internal string MakePartition(GuestfsHandle g, string disk, string table, int? mbrType = null, string? gptType = null)
    {
        long sector = g.BlockdevGetss(disk), edge = M / sector;
        g.PartInit(disk, table);
        g.PartAdd(disk, "p", edge, (g.BlockdevGetsize64(disk) / sector) - (table == "mbr" ? 1 : edge));
        if (table == "gpt")
        {
            g.PartSetGptType(disk, 1, gptType ?? GptType);
        }
        else
        {
            g.PartSetMbrId(disk, 1, mbrType ?? MbrType);
        }

        return g.ListPartitions().First(partition => GuestAnswer.OrNull(g, () => g.PartToDev(partition)) == disk);
    }

    private static long ExtBlock(long size) => size < 16 * M ? K : 4 * K;

    // As many as are needed, or as mke2fs would make.
    private static long Inodes(Census census, long size) => Math.Max(census.Count + (census.Count / 20) + 32, size / (16 * K));

    private long SizeFor(Census census, long free, long size)
    {
        long block = IsExt ? ExtBlock(size) : IsFat ? FatCluster(size) : 4 * K;
        long contents = census.Contents(block, hasHoles: IsUnix || Type == "ntfs") + free;
        return Type switch
        {
            "ext2" or "ext3" or "ext4" =>
                contents + (Type == "ext4" ? 0 : contents / (block / 5)) + (Inodes(census, size) * 256) + Journal(size / block, block)
                + (size * 3 / 200) + (512 * K),
            "xfs" => Math.Max(300 * M, contents + (census.Count * 600) + Math.Max(64 * M, size / 2048) + (48 * M) + (size / 40)),
            "btrfs" => Math.Max(128 * M, (contents * 9 / 8) + (census.Count * 3 * K) + (80 * M)),
            "vfat" or "fat" or "msdos" => Math.Max(
                census.TopEntries > FatTopEntries ? Fat32Size : 0, contents + (size / block * 8) + (size / 100) + M),
            "ntfs" => contents + (census.Count * 1100) + Math.Min(64 * M, Math.Max(2 * M, size / 100)) + (size / 50) + (4 * M),
            "minix" => contents + (census.Count * 64) + (size / 50) + M,
            _ => contents + (census.Count * K) + (size / 20) + (32 * M),
        };
    }

    // mke2fs' own table.
    private long Journal(long blocks, long block) => Type == "ext2" || blocks < 2048 ? 0 : block * blocks switch
    {
        < 32 * K => K,
        < 256 * K => 4 * K,
        < 512 * K => 8 * K,
        < M => 16 * K,
        < 4 * M => 32 * K,
        < 8 * M => 64 * K,
        < 16 * M => 128 * K,
        _ => 256 * K,
    };

    // mkfs.fat's, from above.
    private static long FatCluster(long size) => size switch
    {
        < 128 * M => 2 * K,
        < 256 * M => 4 * K,
        < 512 * M => 8 * K,
        < 8 * G => 4 * K,
        < 16 * G => 8 * K,
        < 32 * G => 16 * K,
        _ => 32 * K,
    };
}
