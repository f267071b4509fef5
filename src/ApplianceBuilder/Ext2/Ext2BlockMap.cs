// A file's tree of block pointers: twelve direct ones, then blocks of pointers one, two and three deep.
using static Guestfs.Appliances.Ext2.Ext2Format;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Guestfs.Appliances.Ext2;

/// <summary>
/// Where a file's blocks are. How many blocks of pointers it needs is known from the start; what is in them, once
/// everything has its place.
/// </summary>
internal sealed class Ext2BlockMap : IExt2Blocks
{
    private const uint SinglePointers = PointersPerBlock, DoublePointers = SinglePointers * PointersPerBlock;
    private const uint Single = DirectPointers, Double = Single + SinglePointers, Triple = Double + DoublePointers;

    private readonly Ext2Extents dataExtents = new(), nodeExtents = new();

    // Most files are too small to have any.
    private readonly List<Node> nodes = [];
    private Dictionary<Node, uint>? indexes;

    /// <summary>A map for a file's blocks.</summary>
    /// <param name="extents">The blocks that are not holes, in order, not touching.</param>
    internal Ext2BlockMap(IReadOnlyList<Ext2Extent> extents)
    {
        Extents = extents;
        foreach (Ext2Extent extent in extents)
        {
            DataBlocks += extent.Count;
            AddNodes(extent);
        }
    }

    /// <summary>The blocks that are not holes.</summary>
    internal IReadOnlyList<Ext2Extent> Extents { get; }

    /// <summary>How many blocks of data.</summary>
    internal uint DataBlocks { get; }

    /// <summary>How many blocks of pointers.</summary>
    internal uint PointerBlocks => (uint)nodes.Count;

    /// <summary>Says where blocks of data are.</summary>
    internal void PlaceData(uint logical, uint block, uint count) => dataExtents.Add(logical, block, count);

    /// <summary>Says where blocks of pointers are.</summary>
    internal void PlacePointers(uint first, uint block, uint count) => nodeExtents.Add(first, block, count);

    /// <summary>Writes the inode's pointers over zeros.</summary>
    internal void EncodeRoot(Span<byte> pointers)
    {
        dataExtents.EncodePointers(0, pointers[..(DirectPointers * 4)]);
        Span<byte> trees = pointers[(DirectPointers * 4)..];
        WriteUInt32LittleEndian(trees, BlockOf(new Node(1, Single)));
        WriteUInt32LittleEndian(trees[4..], BlockOf(new Node(2, Double)));
        WriteUInt32LittleEndian(trees[8..], BlockOf(new Node(3, Triple)));
    }

    /// <inheritdoc/>
    public void Read(uint first, Span<byte> target)
    {
        target.Clear();
        for (int index = (int)first; !target.IsEmpty; index++)
        {
            Node node = nodes[index];
            if (node.Level == 1)
            {
                dataExtents.EncodePointers(node.First, target[..BlockSize]);
            }
            else
            {
                uint span = node.Level == 2 ? SinglePointers : DoublePointers;
                for (uint i = 0; i < PointersPerBlock; i++)
                {
                    WriteUInt32LittleEndian(target[(int)(i * 4)..], BlockOf(new Node(node.Level - 1, node.First + (i * span))));
                }
            }

            target = target[BlockSize..];
        }
    }

    private uint BlockOf(Node node) => indexes is not null && indexes.TryGetValue(node, out uint index) ? nodeExtents.Find(index) : 0;

    private void AddNodes(Ext2Extent extent)
    {
        uint end = extent.Logical + extent.Count;
        uint at = Math.Max(extent.Logical, Single);
        while (at < end)
        {
            if (at >= Triple)
            {
                Add(new Node(3, Triple));
                Add(new Node(2, Triple + ((at - Triple) / DoublePointers * DoublePointers)));
            }
            else if (at >= Double)
            {
                Add(new Node(2, Double));
            }

            uint start = at >= Triple ? Triple : at >= Double ? Double : Single;
            uint leaf = start + ((at - start) / SinglePointers * SinglePointers);
            Add(new Node(1, leaf));
            at = leaf + SinglePointers;
        }
    }

    private void Add(Node node)
    {
        indexes ??= [];
        if (indexes.TryAdd(node, (uint)nodes.Count))
        {
            nodes.Add(node);
        }
    }

    // A block of pointers: how many levels of them, and the first of the file's blocks that it leads to.
    private readonly record struct Node(int Level, uint First);
}

/// <summary>Blocks of a file that follow one another and are not holes.</summary>
/// <param name="Logical">The first, counted from the file's start.</param>
/// <param name="Count">How many.</param>
internal readonly record struct Ext2Extent(uint Logical, uint Count);
