// Text for messages, logs and terminals: names out of a guest, a package or an argument are in it, and none of them may drive the
// terminal, pass for another line's text, or fill the memory.
using System.Globalization;
using System.Text;

namespace Guestfs.Interop;

/// <summary>Shows characters that are not for the eye, and cuts what nobody would read.</summary>
internal static class PrintableText
{
    /// <summary>The most characters before escaping; what is longer loses its middle.</summary>
    internal const int MaxLength = 4_096;

    private const int Tail = MaxLength / 4;

    /// <summary>A message, which may have several lines.</summary>
    internal static string Of(string text) => Escape(Cut(text), lines: true);

    /// <summary>A line, or a name in a message: the end of a line is escaped too.</summary>
    internal static string Line(string text) => Escape(Cut(text), lines: false);

    private static string Cut(string text)
    {
        if (text.Length <= MaxLength)
        {
            return text;
        }

        // Not between the halves of a character.
        int head = MaxLength - Tail, tail = text.Length - Tail;
        head -= char.IsHighSurrogate(text[head - 1]) ? 1 : 0;
        tail += char.IsLowSurrogate(text[tail]) ? 1 : 0;
        return string.Concat(text.AsSpan(0, head), " [... ", (tail - head).ToString(CultureInfo.InvariantCulture), string.Concat(
            " characters left out ...] ", text.AsSpan(tail)));
    }

    private static string Escape(string text, bool lines)
    {
        int first = 0;
        while (first < text.Length && IsPlain(text, first, lines))
        {
            first++;
        }

        if (first == text.Length)
        {
            return text;
        }

        StringBuilder result = new(text, 0, first, text.Length + 16);
        for (int i = first; i < text.Length; i++)
        {
            char c = text[i];
            _ = IsPlain(text, i, lines) ? result.Append(c)
                : c == '\n' ? result.Append("\\n")
                // The byte that LosslessUtf8 has made of it.
                : c is >= '\uDC80' and <= '\uDCFF' ? Hex(result.Append("\\x"), c - '\uDC00', 2)
                : c < 0x100 ? Hex(result.Append("\\x"), c, 2)
                : Hex(result.Append("\\u"), c, 4);
        }

        return result.ToString();
    }

    // Formatted by hand: a formatter would be most of what this library adds to a small program.
    private static StringBuilder Hex(StringBuilder text, int value, int digits)
    {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        {
            text.Append("0123456789abcdef"[(value >> shift) & 15]);
        }

        return text;
    }

    private static bool IsPlain(string text, int index, bool lines) => text[index] switch
    {
        '\n' => lines,
        '\t' => true,
        < ' ' or (>= '\x7F' and < '\xA0') => false,
        < '\u061C' => true,

        // What changes the direction of writing, and ends lines.
        '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => false,
        >= '\uD800' and <= '\uDBFF' => index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]),
        >= '\uDC00' and <= '\uDFFF' => index > 0 && char.IsHighSurrogate(text[index - 1]),
        _ => true,
    };
}
