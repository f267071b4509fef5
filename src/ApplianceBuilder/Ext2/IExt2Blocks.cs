namespace Guestfs.Appliances.Ext2;

/// <summary>Something that fills blocks of the image: a directory, a file's data, tables.</summary>
internal interface IExt2Blocks
{
    /// <summary>Fills whole blocks, every byte of them. Called from several threads.</summary>
    /// <param name="first">The first block wanted, counted from the thing's own first.</param>
    /// <param name="target">As many blocks as are wanted.</param>
    void Read(uint first, Span<byte> target);
}

// Blocks that are already bytes: a long link's target, a block of extended attributes.
/// <summary>Bytes in memory, with zeros after them.</summary>
internal sealed class Ext2FixedBlocks(ReadOnlyMemory<byte> bytes) : IExt2Blocks
{
    /// <inheritdoc/>
    public void Read(uint first, Span<byte> target)
    {
        ReadOnlySpan<byte> rest = bytes.Span[((int)first * Ext2Format.BlockSize)..];
        int length = Math.Min(rest.Length, target.Length);
        rest[..length].CopyTo(target);
        target[length..].Clear();
    }
}

/// <summary>Blocks of the image that lie together and come from one thing.</summary>
/// <param name="Block">The first block in the image.</param>
/// <param name="Count">How many.</param>
/// <param name="Source">What fills them.</param>
/// <param name="First">Which block of the source comes first.</param>
internal readonly record struct Ext2Segment(uint Block, uint Count, IExt2Blocks Source, uint First);
