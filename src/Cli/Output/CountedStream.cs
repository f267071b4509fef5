using Guestfs.Appliances.Archives;

namespace Guestfs.Cli.Output;

/// <summary>A stream that shows how much of it was read.</summary>
/// <param name="inner">The stream.</param>
/// <param name="bar">Where it is shown.</param>
/// <param name="total">How long it is; 0 where nobody knows.</param>
internal sealed class CountedStream(Stream inner, ProgressBar bar, long total = 0) : ReadOnlyStream
{
    private long done;

    public override int Read(Span<byte> buffer) => Count(inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

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
