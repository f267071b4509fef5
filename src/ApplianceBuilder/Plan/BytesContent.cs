namespace Guestfs.Appliances.Plan;

/// <summary>File content in memory.</summary>
internal sealed class BytesContent(ReadOnlyMemory<byte> bytes) : FileContent
{
    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <inheritdoc/>
    public override long Length => bytes.Length;

    /// <inheritdoc/>
    public override IContentReader Open() => new Reader(bytes);

    private sealed class Reader(ReadOnlyMemory<byte> bytes) : IContentReader
    {
        public void ReadExactly(long offset, Span<byte> buffer) => bytes.Span.Slice(checked((int)offset), buffer.Length).CopyTo(buffer);

        public void Dispose()
        {
        }
    }
}
