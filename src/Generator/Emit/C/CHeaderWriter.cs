// Text of a C header: declarations, and comments that are wrapped.
using System.Text;

namespace Guestfs.Generator.Emit.C;

/// <summary>Collects the lines of a header.</summary>
internal sealed class CHeaderWriter
{
    private const int Width = 100;

    private readonly StringBuilder text = new();

    /// <summary>A variable, in C's way of writing it: no space after the star of a pointer.</summary>
    internal static string Declare(string type, string name) => type.EndsWith('*') ? type + name : $"{type} {name}";

    internal void Line(string line = "") => text.Append(line).Append('\n');

    /// <summary>A comment for doxygen and clangd; each paragraph is wrapped, its further lines indented as asked.</summary>
    internal void Comment(string indent, params (string Text, int Hang)[] paragraphs)
    {
        List<string> lines = [.. paragraphs.SelectMany(p => Wrap(Escape(p.Text), Width - indent.Length - 4, p.Hang))];
        if (lines.Count == 1 && indent.Length + lines[0].Length + 7 <= Width)
        {
            Line($"{indent}/** {lines[0]} */");
            return;
        }

        for (int i = 0; i < lines.Count; i++)
        {
            Line($"{indent}{(i == 0 ? "/**" : " *")} {lines[i]}".TrimEnd());
        }

        Line(indent + " */");
    }

    /// <summary>A function with its comment.</summary>
    internal void Function(CFunctionDescription f)
    {
        List<(string, int)> paragraphs = [(f.Paragraphs[0], 0)];
        foreach (string paragraph in f.Paragraphs.Skip(1))
        {
            paragraphs.AddRange([("", 0), (paragraph, 0)]);
        }

        paragraphs.AddRange(f.Parameters.Select(p => ($"@param {p.Name} {p.Text}", 7)));
        if (f.Returns is not null)
        {
            paragraphs.Add(($"@return {f.Returns}", 8));
        }

        paragraphs.AddRange([("@par Threads", 0), (f.Threads, 0), ($"@since {f.Since}", 0)]);
        if (f.Deprecated is not null)
        {
            paragraphs.Add(($"@deprecated {f.Deprecated}", 12));
        }

        Comment("", [.. paragraphs]);
        string attributes = $"{(f.Deprecated is null ? "" : "GFS_DEPRECATED ")}{(f.Ignorable ? "" : "GFS_WARN_UNUSED ")}GFS_API ";
        Prototype(f.Type, f.Name, [.. f.Parameters.Select(p => p.ToString())], attributes);
        Line();
    }

    /// <summary>A function's declaration, wrapped where its parameters are too long for a line.</summary>
    internal void Prototype(string returns, string name, IReadOnlyList<string> parameters, string prefix = "GFS_API ")
    {
        string head = prefix + Declare(returns, name) + "(";
        string line = head;
        string separator = "";
        foreach (string parameter in parameters.Count == 0 ? ["void"] : parameters)
        {
            if (line.Length + separator.Length + 1 + parameter.Length > Width)
            {
                Line(line + ",");
                line = "    " + parameter;
            }
            else
            {
                line += separator + (separator.Length == 0 ? "" : " ") + parameter;
            }

            separator = ",";
        }

        Line(line + ");");
    }

    public override string ToString() => text.ToString();

    // What doxygen takes for a command or a tag of HTML.
    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("<", "\\<", StringComparison.Ordinal);

    private static IEnumerable<string> Wrap(string text, int width, int hang)
    {
        StringBuilder line = new();
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear().Append(' ', hang).Append(word);
            }
            else
            {
                line.Append(line.Length == 0 ? "" : " ").Append(word);
            }
        }

        yield return line.ToString();
    }
}
