namespace Guestfs.Tests.Inspection;

/// <summary>A disk image in memory.</summary>
internal sealed class ImageReader(byte[] content) : BlockReader
{
    internal override long? Size => content.Length;

    internal byte[] Start => content[..Math.Min(content.Length, BlockSignature.StartSize)];

    internal override ReadOnlySpan<byte> Read(long offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return offset < 0 || offset >= content.Length
            ? default
            : content.AsSpan((int)offset, (int)Math.Min(count, content.Length - offset));
    }
}
