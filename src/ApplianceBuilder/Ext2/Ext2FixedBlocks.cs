// Blocks that are already bytes: a long link's target, a block of extended attributes.
namespace Guestfs.Appliances.Ext2;

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
