// Reads guestfs.mli, which tells apart what C cannot: bool from int, optional strings, hashtables.
using System.Text.RegularExpressions;

using Guestfs.Generator.Model;

namespace Guestfs.Generator.Import;

/// <summary>From the text of guestfs.mli to the types of its functions.</summary>
internal static partial class OCamlReader
{
    public static Dictionary<string, OCamlFunction> Read(string text)
    {
        Dictionary<string, OCamlFunction> functions = [];
        foreach (Match m in ValueLine().Matches(text))
        {
            string[] parts = m.Groups[2].Value.Split(" -> ", StringSplitOptions.TrimEntries);
            Dictionary<string, string> options = parts[..^1]
                .Where(p => p.StartsWith('?'))
                .Select(p => p[1..].Split(':', 2))
                .ToDictionary(p => p[0], p => p[^1], StringComparer.Ordinal);
            functions[m.Groups[1].Value] = new(options, [.. parts[..^1].Where(p => !p.StartsWith('?'))], parts[^1]);
        }

        return functions.Count > 0 ? functions : throw new ModelException("guestfs.mli: there is no 'val NAME : t -> ...' in it.");
    }

    [GeneratedRegex(@"^val (\w+) : t -> (.+)$", RegexOptions.Multiline)]
    private static partial Regex ValueLine();
}
