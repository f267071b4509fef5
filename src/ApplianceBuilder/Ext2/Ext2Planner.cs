// Decides the image: its size, and the place of every block. The order: what the filesystem needs to find files, then their data.
using Guestfs.Appliances.Plan;

using static Guestfs.Appliances.Ext2.Ext2Format;

namespace Guestfs.Appliances.Ext2;

/// <summary>Lays images out.</summary>
internal static class Ext2Planner
{
    private const int MaxLabelLength = 16, BlocksPerSpareInode = 4;

    /// <summary>Lays an image out.</summary>
    /// <exception cref="ApplianceException">The plan does not fit.</exception>
    internal static Ext2Layout Plan(FilePlan plan, Ext2Options options, CancellationToken cancellationToken)
    {
        CheckOptions(options);
        Ext2Tree tree = new(plan, options, cancellationToken);
        Ext2Geometry geometry = ChooseGeometry(tree, options);
        Ext2Tables tables = new(geometry, tree, options);
        Ext2Allocator allocator = new(geometry, tables);
        foreach (Ext2File file in tree.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PlaceTables(file, allocator);
        }

        foreach (Ext2File file in tree.Files.Where(file => file.Content is Ext2FileData))
        {
            cancellationToken.ThrowIfCancellationRequested();
            PlaceContent(file, allocator);
        }

        tables.EndOfUse = allocator.Next;
        allocator.Finish();
        return new Ext2Layout(options, options.Size ?? geometry.Blocks * (long)BlockSize, allocator.Segments);
    }

    private static void PlaceTables(Ext2File file, Ext2Allocator allocator)
    {
        if (file.Map is { } map)
        {
            allocator.Place(map, 0, map.PointerBlocks, map.PlacePointers);
        }

        if (file.Content is not Ext2FileData)
        {
            PlaceContent(file, allocator);
        }

        if (file.Xattrs is { Block: { Length: > 0 } attributes })
        {
            allocator.Place(new Ext2FixedBlocks(attributes), 0, 1, (_, block, _) => file.XattrBlock = block);
        }
    }

    private static void PlaceContent(Ext2File file, Ext2Allocator allocator)
    {
        if (file.Map is { } map)
        {
            foreach (Ext2Extent extent in map.Extents)
            {
                allocator.Place(file.Content!, extent.Logical, extent.Count, map.PlaceData);
            }
        }
    }

    private static void CheckOptions(Ext2Options options)
    {
        if (LosslessUtf8.GetBytes(options.Label).Length > MaxLabelLength)
        {
            throw new ApplianceException(ApplianceProblem.InvalidInput,
                $"The label '{options.Label}' is too long: a filesystem's label has at most {MaxLabelLength} bytes.");
        }

        if (options.FreeSpace < 0)
        {
            throw new ApplianceException(
                ApplianceProblem.InvalidInput, $"{options.FreeSpace} bytes is not an amount of free space. Ask for 0 or more.");
        }
    }

    private static Ext2Geometry ChooseGeometry(Ext2Tree tree, Ext2Options options)
    {
        if (options.Size is not { } size)
        {
            long free = DivideUp(options.FreeSpace, BlockSize);
            return Ext2Geometry.ForContent(tree.Blocks, free, tree.LastInode + (free / BlocksPerSpareInode));
        }

        Ext2Geometry smallest = Ext2Geometry.ForContent(tree.Blocks, 0, tree.LastInode);
        long blocks = Math.Min(size / BlockSize, uint.MaxValue);
        if (smallest.Blocks > blocks)
        {
            throw new ApplianceException(
                ApplianceProblem.InvalidInput,
                $"The appliance's files do not fit into a root filesystem of {size} bytes: it must have at least "
                + $"{smallest.Blocks * (long)BlockSize}. Give a larger size, or none.");
        }

        // Spare inodes and further groups take room themselves; where there is next to none, they are left out.
        long spareInodes = (blocks - smallest.Blocks) / BlocksPerSpareInode;
        Ext2Geometry?[] choices =
        [
            Ext2Geometry.TryCreate(blocks, tree.LastInode + spareInodes),
            Ext2Geometry.TryCreate(blocks, tree.LastInode),
        ];
        return choices.FirstOrDefault(choice => choice?.UsableBlocks >= tree.Blocks) ?? smallest;
    }
}
