// Reads guestfs.h. The file is generated, so its layout is fixed and lines can be matched as they are written.
using System.Globalization;
using System.Text.RegularExpressions;

using Guestfs.Generator.Model;

namespace Guestfs.Generator.Import;

/// <summary>From the text of guestfs.h to its declarations.</summary>
internal static partial class HeaderReader
{
    public static Header Read(string text)
    {
        List<HeaderFunction> functions = Functions(Between(text, "/* Actions. */", "#if GUESTFS_PRIVATE"));
        functions.AddRange(
            Functions(Between(text, "#if GUESTFS_PRIVATE", "/* Private structures. */")).Select(f => f with { Private = true }));
        return new Header(functions, Structs(Between(text, "/* Structures. */", "/* Actions. */")), [.. EventLine().Matches(text)
            .Where(m => m.Groups[1].Value != "ALL")
            .Select(m => (m.Groups[1].Value, int.Parse(m.Groups[2].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))]);
    }

    private static string Between(string text, string from, string to)
    {
        int start = text.IndexOf(from, StringComparison.Ordinal);
        int end = start < 0 ? -1 : text.IndexOf(to, start, StringComparison.Ordinal);
        return end < 0
            ? throw new ModelException($"guestfs.h: there is no '{(start < 0 ? from : to)}'.")
            : Comment().Replace(text[(start + from.Length)..end], "");
    }

    private static List<HeaderFunction> Functions(string text)
    {
        Dictionary<string, IReadOnlyList<HeaderVariable>> options = ArgvLine().Matches(text)
            .ToDictionary(m => m.Groups[1].Value, m => (IReadOnlyList<HeaderVariable>)Options(
                m.Groups[1].Value, m.Groups[2].Value), StringComparer.Ordinal);

        // The forms with va_list and with the structure say nothing that the variadic form does not.
        Dictionary<string, HeaderFunction> declared = FunctionLine().Matches(text)
            .Select(Function)
            .Where(f => f.Arguments is not [.., { Type: "va_list" }] and not [.., { Name: "optargs" }])
            .ToDictionary(f => f.Name, StringComparer.Ordinal);

        List<HeaderFunction> functions = [];
        foreach (HeaderFunction f in declared.Values)
        {
            bool once = declared.TryGetValue(f.Name + "_opts", out HeaderFunction? opts) && options.ContainsKey(opts.Name);
            bool isOnce =
                f.Name.EndsWith("_opts", StringComparison.Ordinal) && options.ContainsKey(f.Name) && declared.ContainsKey(f.Name[..^5]);
            if (!isOnce)
            {
                functions.Add(f with
                {
                    Options = options.GetValueOrDefault(once ? opts!.Name : f.Name, []),
                    OnceHadNoOptions = once,
                    Deprecated = f.Deprecated || (once && opts!.Deprecated),
                    ReplacedBy = f.ReplacedBy ?? (once ? opts!.ReplacedBy : null),
                });
            }
        }

        return functions;
    }

    private static HeaderFunction Function(Match m)
    {
        string name = m.Groups["name"].Value;
        IEnumerable<HeaderVariable> all = m.Groups["parameters"].Value.Split(',', StringSplitOptions.TrimEntries)
            .Where(p => p != "...")
            .Select(p => Variable().Match(p) is { Success: true } v
                ? new HeaderVariable(v.Groups[1].Value.Trim(), v.Groups[2].Value)
                : throw new ModelException($"guestfs.h: {name}: cannot read the parameter '{p}'."));
        return new HeaderFunction(name, m.Groups["returns"].Value.Trim(), [.. all.Skip(1)])
        {
            Deprecated = m.Groups["deprecated"].Success,
            ReplacedBy = m.Groups["by"].Success ? m.Groups["by"].Value : null,
        };
    }

    private static List<HeaderVariable> Options(string function, string body)
    {
        List<HeaderVariable> options = [];
        foreach (Match m in OptionLine().Matches(body))
        {
            if (m.Groups["bit"].Value != options.Count.ToString(CultureInfo.InvariantCulture))
            {
                throw new ModelException($"guestfs.h: {function}: the bits of the options are not in order.");
            }

            options.Add(new HeaderVariable(m.Groups["type"].Value.Trim(), m.Groups["name"].Value));
        }

        return options;
    }

    // A NAME_list structure is only the length and the array of NAMEs.
    private static Dictionary<string, IReadOnlyList<HeaderVariable>> Structs(string text) => StructBlock().Matches(text)
        .Where(m => !m.Groups[1].Value.EndsWith("_list", StringComparison.Ordinal))
        .ToDictionary(
            m => m.Groups[1].Value,
            m => (IReadOnlyList<HeaderVariable>)[.. MemberLine().Matches(m.Groups[2].Value)
                .Select(f => new HeaderVariable(f.Groups["type"].Value.Trim() + f.Groups["array"].Value, f.Groups["name"].Value))],
            StringComparer.Ordinal);

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^#define GUESTFS_EVENT_(\w+)\s+0x([0-9a-f]+)$", RegexOptions.Multiline)]
    private static partial Regex EventLine();

    [GeneratedRegex(
        @"^extern GUESTFS_DLL_PUBLIC (?<returns>.+?)guestfs_(?<name>\w+) \((?<parameters>[^)]*)\)"
            + @"(?<deprecated>\s*GUESTFS_DEPRECATED_(?:NO_REPLACEMENT|REPLACED_BY \(""(?<by>\w+)""\)))?;",
        RegexOptions.Multiline)]
    private static partial Regex FunctionLine();

    [GeneratedRegex(@"^struct guestfs_(\w+)_argv \{\n(.*?)^\};", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ArgvLine();

    [GeneratedRegex(@"^# define \w+_BITMASK \(UINT64_C\(1\)<<(?<bit>\d+)\)\n  (?<type>.+?)(?<name>\w+);$", RegexOptions.Multiline)]
    private static partial Regex OptionLine();

    [GeneratedRegex(@"^struct guestfs_(\w+) \{\n(.*?)^\};", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex StructBlock();

    [GeneratedRegex(@"^  (?<type>.+?)(?<name>\w+)(?<array>\[\d+\])?;", RegexOptions.Multiline)]
    private static partial Regex MemberLine();

    [GeneratedRegex(@"^(.*?)(\w+)$")]
    private static partial Regex Variable();
}
