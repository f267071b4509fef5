// File content with holes, of any length: its bytes follow from their place.
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Tests.Ext2;

/// <summary>Content that is not zero exactly in its ranges.</summary>
internal sealed class SparseContent(long length, params DataRange[] ranges) : FileContent
{
    public override long Length => length;

    public override IReadOnlyList<DataRange> DataRanges => ranges;

    public override IContentReader Open() => new Reader(ranges);

    internal byte[] Read(long offset, int count)
    {
        byte[] bytes = new byte[count];
        using IContentReader reader = Open();
        reader.ReadExactly(offset, bytes);
        return bytes;
    }

    private sealed class Reader(DataRange[] ranges) : IContentReader
    {
        public void ReadExactly(long offset, Span<byte> buffer)
        {
            buffer.Clear();
            foreach (DataRange range in ranges)
            {
                for (long at = Math.Max(offset, range.Offset); at < Math.Min(offset + buffer.Length, range.Offset + range.Length); at++)
                {
                    buffer[(int)(at - offset)] = (byte)((at % 251) + 1);
                }
            }
        }

        public void Dispose()
        {
        }
    }
}
