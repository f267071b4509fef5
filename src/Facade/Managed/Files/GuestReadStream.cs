// Reads a file of the guest as a stream. The bytes of a call stay in C's memory until they are read from there.
namespace Guestfs;

/// <summary>A seekable stream for reading.</summary>
internal sealed class GuestReadStream(GuestFile file) : Stream
{
    // Small at first, for callers who seek; doubled with every call that continues where the last one ended.
    private const int FirstRead = 64 << 10;

    private int readSize = FirstRead;
    private GuestfsBuffer? chunk;
    private long chunkStart;
    private long position;
    private bool closed;

    public override bool CanRead => !closed;

    public override bool CanSeek => !closed;

    public override bool CanWrite => false;

    public override long Length
    {
        get
        {
            ObjectDisposedException.ThrowIf(closed, this);
            return file.Length;
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

    // Bytes from the position on that are here.
    private ReadOnlyMemory<byte> Here =>
        chunk is not null && position >= chunkStart && position < chunkStart + chunk.Length
            ? chunk.Memory[(int)(position - chunkStart)..]
            : default;

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        if (!buffer.IsEmpty && Here.IsEmpty)
        {
            Keep(file.Read(NextRead(buffer.Length), position));
        }

        return Take(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    public override int ReadByte()
    {
        byte value = 0;
        return Read(new Span<byte>(ref value)) == 0 ? -1 : value;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        return cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken)
            : buffer.IsEmpty || !Here.IsEmpty ? ValueTask.FromResult(Take(buffer.Span))
            : FetchAndTake(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override void CopyTo(Stream destination, int bufferSize)
    {
        ValidateCopyToArguments(destination, bufferSize);
        ObjectDisposedException.ThrowIf(closed, this);
        while (true)
        {
            if (Here.IsEmpty)
            {
                Keep(file.Read(NextRead(0), position));
            }

            ReadOnlyMemory<byte> here = Here;
            if (here.IsEmpty)
            {
                return;
            }

            destination.Write(here.Span);
            position += here.Length;
        }
    }

    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        ValidateCopyToArguments(destination, bufferSize);
        ObjectDisposedException.ThrowIf(closed, this);
        while (true)
        {
            if (Here.IsEmpty)
            {
                await Fetch(0, cancellationToken).ConfigureAwait(false);
            }

            ReadOnlyMemory<byte> here = Here;
            if (here.IsEmpty)
            {
                return;
            }

            await destination.WriteAsync(here, cancellationToken).ConfigureAwait(false);
            position += here.Length;
        }
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        return position = SeekTarget.Of(offset, origin, position, file.Length);
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("The stream does not support writing.");

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("The stream does not support writing.");

    protected override void Dispose(bool disposing)
    {
        closed = true;
        if (disposing)
        {
            chunk?.Dispose();
            chunk = null;
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> FetchAndTake(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await Fetch(buffer.Length, cancellationToken).ConfigureAwait(false);
        return Take(buffer.Span);
    }

    private async Task Fetch(int wanted, CancellationToken cancellationToken)
    {
        (int count, long from) = (NextRead(wanted), position);
        Keep(await file.Handle.RunAsync(_ => file.Read(count, from), cancellationToken: cancellationToken).ConfigureAwait(false));
    }

    private int NextRead(int wanted)
    {
        bool goesOn = chunk is not null && position == chunkStart + chunk.Length;
        readSize = goesOn ? Math.Min(readSize * 2, GuestfsHandle.MaxMessage) : FirstRead;
        return Math.Clamp(wanted, readSize, GuestfsHandle.MaxMessage);
    }

    private void Keep(GuestfsBuffer bytes)
    {
        chunk?.Dispose();
        (chunk, chunkStart) = (bytes, position);
    }

    private int Take(Span<byte> buffer)
    {
        ReadOnlyMemory<byte> here = Here;
        int count = Math.Min(here.Length, buffer.Length);
        here.Span[..count].CopyTo(buffer);
        position += count;
        return count;
    }
}
