// A result of bytes that stays where libguestfs put it: large ones would go to the large object heap and be copied there.
using System.Buffers;

namespace Guestfs;

/// <summary>
/// Bytes that were read from the guest, in native memory that this object owns. Dispose it after use; spans of it must
/// not be used after that, while <see cref="MemoryManager{T}.Memory"/> and what was sliced from it then throw
/// <see cref="ObjectDisposedException"/>. Memory that is pinned meanwhile is freed when it is unpinned.
/// </summary>
/// <remarks>Keep the object itself, best with <c>using</c>: a span does not keep the memory from being freed.</remarks>
public sealed unsafe class GuestfsBuffer : MemoryManager<byte>
{
    private readonly NativeBlock block;

    /// <exception cref="GuestfsException">There are too many bytes for a span.</exception>
    internal GuestfsBuffer(NativeBlock block, nuint size, string operation)
    {
        this.block = block;
        if (size > int.MaxValue)
        {
            const int Efbig = 27;
            block.Dispose();
            throw new GuestfsException(
                operation, Efbig, $"{operation}: {size} bytes are more than a Memory<byte> can hold ({int.MaxValue}). "
                    + $"Read them with {nameof(GuestfsHandle.OpenRead)}.");
        }

        Length = (int)size;
        GuestfsMetrics.CountRead(Length);
    }

    /// <summary>How many bytes there are.</summary>
    public int Length { get; }

    /// <summary>The bytes, valid until this object is disposed.</summary>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(block.IsClosed, this);
        return new Span<byte>((void*)block.DangerousGetHandle(), Length);
    }

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)Length, nameof(elementIndex));
        bool pinned = false;
        block.DangerousAddRef(ref pinned);
        return new MemoryHandle((byte*)block.DangerousGetHandle() + elementIndex, pinnable: this);
    }

    /// <inheritdoc/>
    public override void Unpin() => block.DangerousRelease();

    /// <summary>Frees the bytes.</summary>
    public void Dispose() => block.Dispose();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            block.Dispose();
        }
    }
}
