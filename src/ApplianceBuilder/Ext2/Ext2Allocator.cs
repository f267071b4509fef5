// Hands out blocks from the front of the image to its end, around the tables of the groups.
namespace Guestfs.Appliances.Ext2;

/// <summary>Gives things their places, in the order in which they come.</summary>
internal sealed class Ext2Allocator(Ext2Geometry geometry, Ext2Tables tables)
{
    private readonly List<Ext2Segment> segments = [];
    private uint group;

    /// <summary>Where everything is, in the image's order.</summary>
    internal IReadOnlyList<Ext2Segment> Segments => segments;

    /// <summary>The first block that nothing has been given.</summary>
    internal uint Next { get; private set; }

    /// <summary>Places blocks of one thing.</summary>
    /// <param name="source">The thing.</param>
    /// <param name="first">The first of its blocks.</param>
    /// <param name="count">How many; there must be room.</param>
    /// <param name="placed">Is told of every piece: the first of the thing's blocks, of the image's, and how many.</param>
    internal void Place(IExt2Blocks source, uint first, uint count, Action<uint, uint, uint> placed)
    {
        while (count > 0)
        {
            if (Next == Ext2Geometry.FirstBlockOf(group))
            {
                EnterGroup();
            }

            uint end = Ext2Geometry.FirstBlockOf(group) + geometry.BlocksIn(group);
            uint piece = Math.Min(count, end - Next);
            segments.Add(new Ext2Segment(Next, piece, source, first));
            placed(first, Next, piece);
            Next += piece;
            first += piece;
            count -= piece;
            if (Next == end)
            {
                group++;
            }
        }
    }

    /// <summary>Places the tables of the groups that hold nothing else.</summary>
    internal void Finish()
    {
        if (Next > Ext2Geometry.FirstBlockOf(group))
        {
            group++;
        }

        for (uint end = Next; group < geometry.Groups; group++)
        {
            Next = Ext2Geometry.FirstBlockOf(group);
            EnterGroup();
            Next = end;
        }
    }

    private void EnterGroup()
    {
        segments.Add(new Ext2Segment(Next, tables.WrittenBlocks(group), new Ext2GroupTables(tables, group), 0));
        Next += geometry.Overhead(group);
    }
}
