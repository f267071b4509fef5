namespace Guestfs.Appliances.Plan;

/// <summary>The bytes of a regular file: a part of a file of the host, or memory. Opened when they are written, not before.</summary>
internal abstract class FileContent
{
    /// <summary>How many bytes, holes included.</summary>
    public abstract long Length { get; }

    /// <summary>The parts that are not holes, in order. Everything, unless the source says otherwise.</summary>
    public virtual IReadOnlyList<DataRange> DataRanges => Length == 0 ? [] : [new DataRange(0, Length)];

    /// <summary>Opens the bytes for reading from several threads.</summary>
    /// <exception cref="ApplianceException">The source cannot be read.</exception>
    public abstract IContentReader Open();

    /// <summary>All bytes of a file that is known to be no large one.</summary>
    /// <exception cref="ApplianceException">The source cannot be read.</exception>
    public byte[] ReadAll()
    {
        byte[] bytes = new byte[Length];
        using IContentReader reader = Open();
        reader.ReadExactly(0, bytes);
        return bytes;
    }
}

/// <summary>Open content of a file.</summary>
internal interface IContentReader : IDisposable
{
    /// <summary>Fills the whole buffer from that offset of the content.</summary>
    /// <exception cref="ApplianceException">There are fewer bytes than the plan says, or they cannot be read.</exception>
    void ReadExactly(long offset, Span<byte> buffer);
}

/// <summary>File content in memory.</summary>
internal sealed class BytesContent(ReadOnlyMemory<byte> bytes) : FileContent
{
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
