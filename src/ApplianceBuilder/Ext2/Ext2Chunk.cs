// The unit of work of writing: some megabytes of the image that lie together.
using static Guestfs.Appliances.Ext2.Ext2Format;

namespace Guestfs.Appliances.Ext2;

/// <summary>A part of the image without holes.</summary>
internal sealed class Ext2Chunk
{
    private readonly List<Ext2Segment> segments = [];
    private uint first, count;

    /// <summary>Where it begins in the image, in bytes.</summary>
    internal long Offset => first * (long)BlockSize;

    /// <summary>Its length in bytes.</summary>
    internal int Length => (int)count * BlockSize;

    /// <summary>The last file that has data in it, if there is one.</summary>
    internal string? Item => segments.Select(segment => segment.Source).OfType<Ext2FileData>().LastOrDefault()?.Path;

    /// <summary>Divides an image.</summary>
    /// <param name="segments">Its parts, in order.</param>
    /// <param name="mostBlocks">The longest that a chunk may be.</param>
    internal static IEnumerable<Ext2Chunk> Split(IEnumerable<Ext2Segment> segments, uint mostBlocks)
    {
        Ext2Chunk chunk = new();
        foreach (Ext2Segment segment in segments)
        {
            for (Ext2Segment rest = segment; rest.Count > 0;)
            {
                if (chunk.count == mostBlocks || (chunk.count > 0 && chunk.first + chunk.count != rest.Block))
                {
                    yield return chunk;
                    chunk = new Ext2Chunk();
                }

                uint piece = Math.Min(rest.Count, mostBlocks - chunk.count);
                chunk.Add(rest with { Count = piece });
                rest = rest with { Block = rest.Block + piece, First = rest.First + piece, Count = rest.Count - piece };
            }
        }

        yield return chunk;
    }

    /// <summary>Fills a buffer with it.</summary>
    internal void Read(Span<byte> target, CancellationToken cancellationToken)
    {
        foreach (Ext2Segment segment in segments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int length = (int)segment.Count * BlockSize;
            segment.Source.Read(segment.First, target[..length]);
            target = target[length..];
        }
    }

    private void Add(Ext2Segment segment)
    {
        first = count == 0 ? segment.Block : first;
        count += segment.Count;
        segments.Add(segment);
    }
}
