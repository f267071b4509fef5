// Reads Debian control files, deb822(5): package indexes of 70,000 stanzas and dpkg's database as well as the one stanza of a .deb.
using System.Text;

using Guestfs.Appliances.Archives;

namespace Guestfs.Appliances.Debian;

/// <summary>Reads stanzas of "Field: text" lines, one at a time.</summary>
internal static class StanzaReader
{
    /// <summary>All stanzas, lazily.</summary>
    /// <param name="stream">The text. The caller disposes it.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="wanted">The only fields to keep, in the case in which they are usually written; null keeps all.</param>
    /// <param name="damaged">Makes the exception for text that is not well-formed, of the source and what is wrong;
    /// null for that of an archive.</param>
    /// <exception cref="ApplianceException">While enumerating: the text is not well-formed, or cannot be read.</exception>
    internal static IEnumerable<Stanza> Read(
        Stream stream, string source, IReadOnlyList<string>? wanted = null, Func<string, string, ApplianceException>? damaged = null)
    {
        damaged ??= (name, what) => ArchiveFault.In(name, what + ".");
        byte[][]? names = wanted?.Select(Encoding.ASCII.GetBytes).ToArray();
        LineReader lines = new(stream, source, damaged);
        Stanza? stanza = null;
        string? name = null;
        StringBuilder value = new();
        bool inField = false;
        while (lines.Next(out ReadOnlyMemory<byte> line))
        {
            ReadOnlySpan<byte> span = line.Span;
            if (span.Trim(" \t\r"u8).IsEmpty)
            {
                Finish();
                if (stanza is not null)
                {
                    yield return stanza;
                }

                (stanza, inField) = (null, false);
            }
            else if (span[0] is (byte)' ' or (byte)'\t')
            {
                if (!inField)
                {
                    throw Malformed();
                }

                if (name is not null)
                {
                    value.Append('\n').Append(LosslessUtf8.GetString(span.Trim(" \t\r"u8)));
                }
            }
            else if (span[0] != (byte)'#')
            {
                Finish();
                int colon = span.IndexOf((byte)':');
                if (colon <= 0)
                {
                    throw Malformed();
                }

                stanza ??= new Stanza();
                inField = true;
                if (NameOf(span[..colon], wanted, names) is { } field)
                {
                    name = field;
                    value.Append(LosslessUtf8.GetString(span[(colon + 1)..].Trim(" \t\r"u8)));
                }
            }
        }

        Finish();
        if (stanza is not null)
        {
            yield return stanza;
        }

        void Finish()
        {
            if (name is not null && !stanza!.TryAdd(name, value.ToString()))
            {
                throw damaged(source, $"one of its stanzas has the field {name} twice");
            }

            name = null;
            value.Clear();
        }

        ApplianceException Malformed() => damaged(source, $"line {lines.Number} is not valid in a Debian control file");
    }

    private static string? NameOf(ReadOnlySpan<byte> name, IReadOnlyList<string>? wanted, byte[][]? names)
    {
        if (names is null)
        {
            return LosslessUtf8.GetString(name);
        }

        for (int i = 0; i < names.Length; i++)
        {
            if (Ascii.EqualsIgnoreCase(names[i], name))
            {
                return wanted![i];
            }
        }

        return null;
    }

    /// <summary>Lines of a stream as bytes, without decoding those that nobody wants.</summary>
    private sealed class LineReader(Stream stream, string source, Func<string, string, ApplianceException> damaged)
    {
        private const int MaxLineLength = 8 << 20;

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
                if (searched > MaxLineLength)
                {
                    throw damaged(source, $"line {Number + 1} is too long");
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

            try
            {
                int count = stream.Read(buffer, end, buffer.Length - end);
                end += count;
                return count > 0;
            }
            catch (IOException e)
            {
                throw new ApplianceException(ApplianceProblem.UnreadableFile, $"{source} cannot be read: {e.Message}", e);
            }
        }
    }
}
