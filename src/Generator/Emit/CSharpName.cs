// C names to C# names: always the same words, so that guestfs(3) can be followed.
using System.Globalization;

namespace Guestfs.Generator.Emit;

/// <summary>The naming rules.</summary>
internal static class CSharpName
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal",
        "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float",
        "for", "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new",
        "null", "object", "operator", "out", "override", "params", "private", "protected", "public", "readonly", "ref", "return",
        "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try",
        "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    };

    /// <summary><c>inspect_get_mountpoints</c> to <c>InspectGetMountpoints</c>.</summary>
    internal static string Pascal(string name) =>
        string.Concat(name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(Capital));

    /// <summary>A parameter name.</summary>
    internal static string Camel(string name)
    {
        string pascal = Pascal(name);
        return Escape(char.ToLower(pascal[0], CultureInfo.InvariantCulture) + pascal[1..]);
    }

    /// <summary>A C name as a C# identifier.</summary>
    internal static string Escape(string name) => Keywords.Contains(name) ? "@" + name : name;

    private static string Capital(string word) => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..];
}
