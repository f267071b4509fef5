// Reads Debian control files: package indexes of 70,000 paragraphs as well as the one of a .deb.
using System.Text;

using Guestfs.Appliances.Archives;

namespace Guestfs.Appliances.Debian;

/// <summary>Reads paragraphs of "Field: text" lines, one at a time.</summary>
internal static class StanzaReader
{
    private const int MaxLineLength = 8 << 20;

    /// <summary>All paragraphs, lazily.</summary>
    /// <param name="stream">The text. The caller disposes it.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="wanted">The only fields to keep, in the case in which they are usually written; null keeps all.</param>
    /// <exception cref="ApplianceException">While enumerating: the text is not well-formed.</exception>
    internal static IEnumerable<Stanza> Read(Stream stream, string source, IReadOnlyList<string>? wanted = null)
    {
        byte[][]? names = wanted?.Select(Encoding.ASCII.GetBytes).ToArray();
        LineReader lines = new(stream, source, MaxLineLength);
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
                throw ArchiveFault.In(source, $"a paragraph in it has two fields {name}.");
            }

            name = null;
            value.Clear();
        }

        ApplianceException Malformed() => ArchiveFault.In(source, $"line {lines.Number} is not one of a Debian control file.");
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
}
