namespace Guestfs.Cli.Output;

/// <summary>A stream that shows how much of it was read.</summary>
/// <param name="inner">The stream.</param>
/// <param name="bar">Where it is shown.</param>
/// <param name="total">How long it is; 0 where nobody knows.</param>
internal sealed class CountedStream(Stream inner, ProgressBar bar, long total = 0) : Stream
{
    private long done;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) => Count(inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Count(int count)
    {
        done += count;
        if (total > 0)
        {
            bar.Show("", done, total);
        }
        else
        {
            bar.Count("", 0, done);
        }

        return count;
    }
}
