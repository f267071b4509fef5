// sed's command s, with extended regular expressions: s/this/that/flags, with any character in place of the slash.
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

using Guestfs.Interop;

namespace Guestfs.Cli.Output;

/// <summary>Replaces in lines.</summary>
internal sealed class Substitution
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly Regex expression;
    private readonly string replacement;
    private readonly bool all;
    private readonly int first;

    private Substitution(Regex expression, string replacement, bool all, int first) =>
        (this.expression, this.replacement, this.all, this.first) = (expression, replacement, all, first);

    /// <summary>Reads one; null where it is none, with the reason.</summary>
    internal static Substitution? TryParse(string text, out string fault)
    {
        fault = "it is not s/this/that/flags.";
        if (text.Length < 4 || text[0] != 's' || char.IsLetterOrDigit(text[1]) || text[1] is '\\' or '\n')
        {
            return null;
        }

        List<string> parts = Split(text[2..], text[1]);
        if (parts.Count != 3)
        {
            return null;
        }

        (bool all, int first, RegexOptions options) = (false, 1, RegexOptions.CultureInvariant);
        string digits = string.Concat(parts[2].Where(char.IsAsciiDigit));
        foreach (char flag in parts[2].Where(c => !char.IsAsciiDigit(c)))
        {
            switch (flag)
            {
                case 'g':
                    all = true;
                    break;
                case 'i' or 'I':
                    options |= RegexOptions.IgnoreCase;
                    break;
                default:
                    fault = $"it has the flag '{flag}', which is none of g, i and a number.";
                    return null;
            }
        }

        if (digits.Length > 0 && (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out first) || first == 0))
        {
            fault = $"{digits} is not the number of a match.";
            return null;
        }

        try
        {
            return new Substitution(new Regex(ExtendedExpression.Translate(parts[0]), options, Limit), parts[1], all, first);
        }
        catch (ArgumentException e)
        {
            fault = e.Message;
            return null;
        }
    }

    /// <summary>Replaces in each line of a file. Bytes that are not UTF-8 stay as they are.</summary>
    internal static byte[] Apply(IReadOnlyList<Substitution> substitutions, byte[] contents)
    {
        string[] lines = LosslessUtf8.GetString(contents).Split('\n');

        // What ends the file ends no other line.
        int count = lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
        for (int i = 0; i < count; i++)
        {
            foreach (Substitution substitution in substitutions)
            {
                lines[i] = substitution.Replace(lines[i]);
            }
        }

        return LosslessUtf8.GetBytes(string.Join('\n', lines));
    }

    private string Replace(string line)
    {
        int number = 0;
        return expression.Replace(line, match => ++number < first || (number > first && !all) ? match.Value : Expand(match));
    }

    private string Expand(Match match)
    {
        StringBuilder result = new();
        for (int i = 0; i < replacement.Length; i++)
        {
            char c = replacement[i];
            if (c == '&')
            {
                result.Append(match.Value);
            }
            else if (c == '\\' && i + 1 < replacement.Length)
            {
                char next = replacement[++i];
                _ = char.IsAsciiDigit(next) ? result.Append(match.Groups[next - '0'].Value)
                    : next == 'n' ? result.Append('\n')
                    : next == 't' ? result.Append('\t')
                    : result.Append(next);
            }
            else
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }

    // A delimiter after a backslash is the character itself.
    private static List<string> Split(string text, char delimiter)
    {
        List<string> parts = [];
        StringBuilder part = new();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == delimiter)
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else if (text[i] == '\\' && i + 1 < text.Length)
            {
                i++;
                part.Append(text[i] == delimiter ? "" : "\\").Append(text[i]);
            }
            else
            {
                part.Append(text[i]);
            }
        }

        parts.Add(part.ToString());
        return parts;
    }
}
