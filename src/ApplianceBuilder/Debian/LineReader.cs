using Guestfs.Appliances.Archives;

namespace Guestfs.Appliances.Debian;

/// <summary>Lines of a stream as bytes, without decoding those that nobody wants.</summary>
internal sealed class LineReader(Stream stream, string source, int maxLineLength)
{
    private byte[] buffer = new byte[64 * 1024];
    private int start, end;

    /// <summary>The number of the line that was read last, from 1.</summary>
    internal int Number { get; private set; }

    /// <summary>Reads a line, without its end. It is valid until the next call. False at the end of the stream.</summary>
    internal bool Next(out ReadOnlyMemory<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int length = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                length += searched;
                line = buffer.AsMemory(start, length);
                start += length + 1;
                Number++;
                return true;
            }

            searched = end - start;
            if (searched > maxLineLength)
            {
                throw ArchiveFault.In(source, $"line {Number + 1} is longer than any should be.");
            }

            if (!Fill())
            {
                line = buffer.AsMemory(start, searched);
                start = end;
                Number++;
                return searched > 0;
            }
        }
    }

    private bool Fill()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        int count = stream.Read(buffer, end, buffer.Length - end);
        end += count;
        return count > 0;
    }
}
