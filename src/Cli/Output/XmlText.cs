// XML with the indentation and the escapes of libxml2's writer, which is virt-inspector's.
using System.Text;

namespace Guestfs.Cli.Output;

/// <summary>Writes a document of elements.</summary>
/// <param name="stream">Where it goes.</param>
internal sealed class XmlText(Stream stream)
{
    private readonly Stack<string> open = new();
    private bool isTagOpen, isInLine;

    internal void Begin(string name)
    {
        if (isTagOpen)
        {
            Write(">\n");
        }

        Write($"{Indentation}<{name}");
        open.Push(name);
        isTagOpen = true;
    }

    /// <summary>An attribute of the element that was begun last.</summary>
    internal void Attribute(string name, string value) => Write($" {name}=\"{Escape(value, isAttribute: true)}\"");

    /// <summary>What an element without others has in it.</summary>
    internal void Text(string text)
    {
        if (isTagOpen)
        {
            Write(">");
        }

        (isTagOpen, isInLine) = (false, true);
        Write(Escape(text, isAttribute: false));
    }

    internal void End()
    {
        string name = open.Pop();
        Write(isTagOpen ? "/>\n" : isInLine ? $"</{name}>\n" : $"{Indentation}</{name}>\n");
        isTagOpen = isInLine = false;
    }

    private string Indentation => new(' ', 2 * open.Count);

    private void Write(string text) => stream.Write(Encoding.UTF8.GetBytes(text));

    // A guest's file may have characters that no XML can have, and libxml2 would write a document that nobody reads.
    private static string Escape(string text, bool isAttribute)
    {
        StringBuilder escaped = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\r' => escaped.Append("&#13;"),
                '\n' or '\t' when isAttribute => escaped.Append("&#").Append(rune.Value).Append(';'),
                '\n' or '\t' => escaped.Append((char)rune.Value),
                < ' ' or 0xFFFE or 0xFFFF => escaped.Append('\uFFFD'),

                // These would drive a terminal, and are the same to who reads XML.
                >= 0x7F and < 0xA0 => escaped.Append("&#").Append(rune.Value).Append(';'),
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }
}
