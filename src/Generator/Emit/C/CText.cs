// Documentation texts as text of C comments.
using System.Text.RegularExpressions;

using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit.C;

/// <summary>Converts texts. Names of functions in backticks become those of the C ABI.</summary>
internal sealed partial class CText(ApiModel model)
{
    private readonly HashSet<string> functions = [.. model.Functions.Where(f => f.Visibility != Visibility.Test).Select(f => f.Name)];

    // As for C#: only names with an underscore are surely functions.
    internal string Of(string text) => Backticks()
        .Replace(text, m => m.Groups[1].Value is var name && (name == "launch" || name.Contains('_', StringComparison.Ordinal)) && functions.Contains(name) ? $"gfs_{name}()" : name)
        .Replace("*/", "* /", StringComparison.Ordinal)
        .Replace("/*", "/ *", StringComparison.Ordinal);

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Backticks();
}
