namespace Guestfs.Appliances.Archives;

/// <summary>A part of a seekable stream, which it does not dispose.</summary>
internal sealed class PartStream(Stream whole, long offset, long length) : ReadOnlyStream
{
    private long at;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        buffer = buffer[..(int)Math.Min(buffer.Length, length - at)];
        whole.Position = offset + at;
        int count = whole.Read(buffer);
        at += count;
        return count;
    }
}
