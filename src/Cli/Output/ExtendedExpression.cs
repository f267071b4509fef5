using System.Text;

namespace Guestfs.Cli.Output;

/// <summary>POSIX' extended regular expressions in .NET's form, where the two differ: what is between brackets, and the ends of
/// words.</summary>
internal static class ExtendedExpression
{
    internal static string Translate(string pattern)
    {
        StringBuilder result = new();
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                i++;
                result.Append(pattern[i] switch
                {
                    '<' => "\\b(?=\\w)", '>' => "\\b(?<=\\w)", '`' => "\\A", '\'' => "\\z", var c => $"\\{c}",
                });
            }
            else if (pattern[i] == '[')
            {
                i = Brackets(pattern, i + 1, result.Append('['));
            }
            else
            {
                // A quantifier with nothing before it stands for itself there, and begins a group of another kind here.
                result.Append(pattern[i] == '?' && result is [.., '('] ? "\\?" : pattern[i]);
            }
        }

        return result.ToString();
    }

    // A backslash is itself there, and so is a bracket that stands first.
    private static int Brackets(string pattern, int at, StringBuilder result)
    {
        if (at < pattern.Length && pattern[at] == '^')
        {
            result.Append('^');
            at++;
        }

        for (int start = at; at < pattern.Length && (pattern[at] != ']' || at == start); at++)
        {
            int end = pattern.AsSpan(at) is ['[', ':', ..] ? pattern.IndexOf(":]", at + 2, StringComparison.Ordinal) : -1;
            if (end > 0)
            {
                result.Append(Class(pattern[(at + 2)..end]));
                at = end + 1;
            }
            else
            {
                result.Append(pattern[at] is '\\' or '[' or ']' ? "\\" : "").Append(pattern[at]);
            }
        }

        if (at < pattern.Length)
        {
            result.Append(']');
        }

        return at;
    }

    private static string Class(string name) => name switch
    {
        "alpha" => "\\p{L}",
        "digit" => "0-9",
        "alnum" => "\\p{L}0-9",
        "upper" => "\\p{Lu}",
        "lower" => "\\p{Ll}",
        "space" => "\\s",
        "blank" => " \\t",
        "punct" => "!-/:-@\\[-`{-~",
        "cntrl" => "\\p{Cc}",
        "xdigit" => "0-9A-Fa-f",
        "print" => "\\P{C}",
        "graph" => "!-~\\p{L}\\p{N}\\p{P}\\p{S}",
        _ => throw new UsageException($"[:{name}:] is no class of characters."),
    };
}
