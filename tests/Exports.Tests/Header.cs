// What the header declares, read as text; gcc says whether it was read right.
using System.Text.RegularExpressions;

using Guestfs.TestSupport;

namespace Guestfs.Exports.Tests;

/// <summary>The declarations of <c>guestfs_facade.h</c>.</summary>
internal sealed partial class Header
{
    internal Header(string text)
    {
        string code = Comment().Replace(text, " ");
        Functions = [.. Prototype().Matches(code).Select(m => new HeaderFunction(
            m.Groups["name"].Value, Squeeze($"{m.Groups["returns"].Value}({m.Groups["parameters"].Value})")))];
        Callbacks = [.. Callback().Matches(code).Select(m => new HeaderFunction(
            m.Groups["name"].Value, Squeeze($"{m.Groups["returns"].Value}({m.Groups["parameters"].Value})")))];
        Structs = [.. Structure()
            .Matches(code)
            .Select(m => new HeaderStruct(m.Groups["name"].Value, [.. Member().Matches(m.Groups["body"].Value).Select(MemberOf)]))];
        Enums = [.. Enumeration().Matches(code).Select(m => new HeaderEnum(m.Groups["name"].Value,
            [.. Value().Matches(m.Groups["body"].Value).Select(v => (v.Groups["name"].Value, v.Groups["value"].Value))]))];
        Constants = [.. Constant().Matches(code).Select(m => (m.Groups["name"].Value, m.Groups["value"].Value.Trim()))];
    }

    internal static string Folder { get; } = Repository.File("native", "install", "include");

    internal static string File { get; } = Path.Combine(Folder, "guestfs_facade.h");

    internal IReadOnlyList<HeaderFunction> Functions { get; }

    internal IReadOnlyList<HeaderFunction> Callbacks { get; }

    internal IReadOnlyList<HeaderStruct> Structs { get; }

    internal IReadOnlyList<HeaderEnum> Enums { get; }

    /// <summary>Macros that are numbers.</summary>
    internal IReadOnlyList<(string Name, string Value)> Constants { get; }

    internal static Header Read() => new(System.IO.File.ReadAllText(File));

    private static string Squeeze(string text) => Space().Replace(text, " ").Trim();

    private static (string Type, string Name) MemberOf(Match m) =>
        (Squeeze(m.Groups["type"].Value) + m.Groups["array"].Value, m.Groups["name"].Value);

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"^(GFS_DEPRECATED )?(GFS_WARN_UNUSED )?GFS_API (?<returns>[^;()]*?)(?<name>gfs_\w+)\((?<parameters>[^;]*)\);",
        RegexOptions.Multiline)]
    private static partial Regex Prototype();

    [GeneratedRegex(@"^typedef (?<returns>[^;()]*?)\(\*(?<name>gfs_\w+)\)\((?<parameters>[^;]*)\);", RegexOptions.Multiline)]
    private static partial Regex Callback();

    [GeneratedRegex(@"^struct (?<name>gfs_\w+) \{(?<body>.*?)^\};", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Structure();

    [GeneratedRegex(@"(?<type>[^;]*?)(?<name>\w+)(?<array>\[\w+\])?;")]
    private static partial Regex Member();

    [GeneratedRegex(@"^(typedef )?enum (?<name>gfs_\w+) \{(?<body>.*?)^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Enumeration();

    [GeneratedRegex(@"(?<name>GFS_\w+) = (?<value>-?\d+)")]
    private static partial Regex Value();

    [GeneratedRegex(@"^#define (?<name>GFS_(EVENT_\w+|ABI|UNSET|UNSET64)) (?<value>.*)$", RegexOptions.Multiline)]
    private static partial Regex Constant();
}
