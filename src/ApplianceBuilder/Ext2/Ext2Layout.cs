using Guestfs.Appliances.Common;

namespace Guestfs.Appliances.Ext2;

/// <summary>An image of which everything is decided but nothing written. May be written more than once.</summary>
internal sealed class Ext2Layout
{
    internal Ext2Layout(Ext2Options options, long size, IReadOnlyList<Ext2Segment> segments)
    {
        Options = options;
        Size = size;
        Segments = segments;
        WrittenSize = segments.Sum(segment => (long)segment.Count) * Ext2Format.BlockSize;
    }

    /// <summary>What it was planned with.</summary>
    public Ext2Options Options { get; }

    /// <summary>Size of the image in bytes.</summary>
    public long Size { get; }

    /// <summary>How much of it is not a hole, in bytes.</summary>
    public long WrittenSize { get; }

    /// <summary>Whether more of it is a hole than not, so that it gets a <see cref="DataDigest"/> in place of one over every
    /// byte.</summary>
    public bool IsMostlyHoles => Size - WrittenSize > WrittenSize;

    /// <summary>What is not a hole, in ascending order, not overlapping.</summary>
    internal IReadOnlyList<Ext2Segment> Segments { get; }
}
