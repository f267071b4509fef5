using System.Buffers;
using System.Text;

namespace Guestfs.Cli.Output;

/// <summary>Names for programs that read lines: the characters that would end a line or a field, and the backslash, are escaped as the
/// shell's printf %b and C understand it. All other bytes are as they were.</summary>
internal static class EscapedText
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\\\n\t\r");

    internal static string Of(string text)
    {
        if (!text.AsSpan().ContainsAny(Special))
        {
            return text;
        }

        StringBuilder escaped = new(text.Length + 8);
        foreach (char c in text)
        {
            _ = c switch
            {
                '\\' => escaped.Append("\\\\"),
                '\n' => escaped.Append("\\n"),
                '\t' => escaped.Append("\\t"),
                '\r' => escaped.Append("\\r"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }
}
