// Writes a file of the guest as a stream, in messages of a megabyte.
using System.Buffers;

namespace Guestfs;

/// <summary>A seekable stream for writing.</summary>
internal sealed class GuestWriteStream : Stream
{
    private readonly GuestFile file;
    private byte[]? buffer;
    private int used;
    private long position;
    private long length;
    private bool closed;

    internal GuestWriteStream(GuestFile file, bool append)
    {
        this.file = file;
        length = file.Length;
        position = append ? length : 0;
    }

    public override bool CanRead => false;

    public override bool CanSeek => !closed;

    public override bool CanWrite => !closed;

    public override long Length
    {
        get
        {
            ObjectDisposedException.ThrowIf(closed, this);
            return length;
        }
    }

    public override long Position
    {
        get
        {
            ObjectDisposedException.ThrowIf(closed, this);
            return position;
        }

        set => Seek(value, SeekOrigin.Begin);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        for (buffer = buffer[Put(buffer)..]; !buffer.IsEmpty; buffer = buffer[Put(buffer)..])
        {
            Flush();
        }
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        Write(buffer.AsSpan(offset, count));
    }

    public override void WriteByte(byte value) => Write(new ReadOnlySpan<byte>(in value));

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        cancellationToken.ThrowIfCancellationRequested();
        for (buffer = buffer[Put(buffer.Span)..]; !buffer.IsEmpty; buffer = buffer[Put(buffer.Span)..])
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override void Flush()
    {
        ObjectDisposedException.ThrowIf(closed, this);
        if (Detach() is { } full)
        {
            file.Write(full.Bytes.Span, full.Offset);
            Attach(full.Array);
        }
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        if (Detach() is { } full)
        {
            byte[] array = await file.Handle.RunAsync(
                _ =>
                {
                    file.Write(full.Bytes.Span, full.Offset);
                    return full.Array;
                },
                cancellationToken: cancellationToken).ConfigureAwait(false);
            Attach(array);
        }
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        Flush();
        return position = SeekTarget.Of(offset, origin, position, length);
    }

    public override void SetLength(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Flush();
        if (file.IsDevice)
        {
            throw new NotSupportedException("The size of a device cannot be changed.");
        }

        file.SetLength(value);
        length = value;
        position = Math.Min(position, value);
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("The stream does not support reading.");

    public override async ValueTask DisposeAsync()
    {
        if (!closed)
        {
            try
            {
                await FlushAsync(CancellationToken.None).ConfigureAwait(false);
            }
            finally
            {
                Close();
            }
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        try
        {
            if (disposing && !closed)
            {
                Flush();
            }
        }
        finally
        {
            closed = true;
            if (disposing && buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = null;
            }

            base.Dispose(disposing);
        }
    }

    private int Put(ReadOnlySpan<byte> bytes)
    {
        buffer ??= ArrayPool<byte>.Shared.Rent(GuestfsHandle.MaxMessage);
        int count = Math.Min(bytes.Length, buffer.Length - used);
        bytes[..count].CopyTo(buffer.AsSpan(used));
        used += count;
        position += count;
        length = Math.Max(length, position);
        return count;
    }

    // Whoever writes the bytes has the array to itself, and does not give it back when that fails: they are lost then, and
    // disposing does not try again.
    private (byte[] Array, ReadOnlyMemory<byte> Bytes, long Offset)? Detach()
    {
        if (used == 0)
        {
            return null;
        }

        (byte[] array, int count) = (buffer!, used);
        (buffer, used) = (null, 0);
        return (array, array.AsMemory(0, count), position - count);
    }

    private void Attach(byte[] array) => buffer = array;
}
