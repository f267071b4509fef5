// Reads files of stanzas, deb822(5), one stanza at a time.
using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Debian;

/// <summary>Reads stanzas, which blank lines separate.</summary>
internal sealed class DpkgStanzaReader(Stream stream, string path)
{
    private const int MaxSize = 16 << 20;
    private byte[] buffer = new byte[256 << 10];
    private int start, end;
    private bool finished;

    /// <summary>Reads the next stanza.</summary>
    /// <param name="stanza">Its bytes, good until the next call.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="ApplianceException">The file cannot be read, or is no such file.</exception>
    internal bool Read(out ReadOnlySpan<byte> stanza)
    {
        int searched = 0;
        while (true)
        {
            while (start < end && buffer[start] == '\n')
            {
                start++;
                searched = 0;
            }

            ReadOnlySpan<byte> available = buffer.AsSpan(start, end - start);
            int length = available[searched..].IndexOf("\n\n"u8);
            if (length >= 0 || finished)
            {
                length = length < 0 ? available.Length : searched + length + 1;
                stanza = available[..length];
                start += length;
                return length > 0;
            }

            // The last byte may be half of the separator.
            searched = Math.Max(available.Length - 1, 0);
            Fill();
        }
    }

    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }

        if (end == buffer.Length)
        {
            if (end >= MaxSize)
            {
                throw DatabaseFile.Damaged(path, "one of its entries has no end");
            }

            Array.Resize(ref buffer, buffer.Length * 2);
        }

        try
        {
            int read = stream.Read(buffer, end, buffer.Length - end);
            end += read;
            finished = read == 0;
        }
        catch (IOException e)
        {
            throw new ApplianceException(ApplianceProblem.UnreadableFile, $"{path} cannot be read: {e.Message}", e);
        }
    }
}
