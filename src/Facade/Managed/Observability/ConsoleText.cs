using System.Text;

namespace Guestfs;

/// <summary>Removes what only a terminal understands.</summary>
internal static class ConsoleText
{
    private const char Escape = '\x1b';

    /// <summary>The text without sequences that colour and move, and without control characters but tabs and the ends of lines.</summary>
    internal static string Plain(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\x1f') && !text.Contains('\x7f', StringComparison.Ordinal))
        {
            return text;
        }

        StringBuilder plain = new(text.Length);
        for (int at = 0; at < text.Length; at++)
        {
            char c = text[at];
            if (c == Escape)
            {
                at += SequenceLength(text.AsSpan(at + 1));
            }
            else if (c is >= ' ' and not '\x7f' or '\t' or '\n' or '\r')
            {
                plain.Append(c);
            }
        }

        return plain.ToString();
    }

    // ECMA-48: after the escape character a control sequence with parameters, or one other character.
    private static int SequenceLength(ReadOnlySpan<char> rest)
    {
        if (rest is ['[', .. var sequence])
        {
            int parameters = Count(sequence, '0', '?');
            int final = parameters + Count(sequence[parameters..], ' ', '/');
            if (final < sequence.Length && sequence[final] is >= '@' and <= '~')
            {
                return final + 2;
            }
        }

        return rest is [>= '@' and <= '_' or >= 'a' and <= 'z', ..] ? 1 : 0;
    }

    private static int Count(ReadOnlySpan<char> text, char first, char last) =>
        text.IndexOfAnyExceptInRange(first, last) is >= 0 and int count ? count : text.Length;
}
