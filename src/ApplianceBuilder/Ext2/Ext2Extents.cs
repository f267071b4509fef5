// Which blocks of the image a row of numbered blocks lies in: nearly always one piece, split where a group's tables are in the way.
using static System.Buffers.Binary.BinaryPrimitives;

namespace Guestfs.Appliances.Ext2;

/// <summary>A map from a file's blocks to the image's. Filled in ascending order, then only read.</summary>
internal sealed class Ext2Extents
{
    private readonly List<Extent> extents = [];

    /// <summary>The next piece.</summary>
    internal void Add(uint logical, uint block, uint count) => extents.Add(new Extent(logical, block, count));

    /// <summary>The image's block, or 0 in a hole.</summary>
    internal uint Find(uint logical)
    {
        int index = IndexOf(logical);
        return index < extents.Count && extents[index].Logical <= logical ? extents[index].Block + (logical - extents[index].Logical) : 0;
    }

    /// <summary>Writes the pointers of a row of blocks over zeros, four bytes each.</summary>
    internal void EncodePointers(uint logical, Span<byte> target)
    {
        ulong end = logical + (ulong)(target.Length / 4);
        for (int i = IndexOf(logical); i < extents.Count && extents[i].Logical < end; i++)
        {
            Extent extent = extents[i];
            ulong stop = Math.Min(end, (ulong)extent.Logical + extent.Count);
            for (uint at = Math.Max(logical, extent.Logical); at < stop; at++)
            {
                WriteUInt32LittleEndian(target[(int)((at - logical) * 4)..], extent.Block + (at - extent.Logical));
            }
        }
    }

    // The first piece that ends after that block.
    private int IndexOf(uint logical)
    {
        int low = 0, high = extents.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if ((ulong)extents[middle].Logical + extents[middle].Count <= logical)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private readonly record struct Extent(uint Logical, uint Block, uint Count);
}
