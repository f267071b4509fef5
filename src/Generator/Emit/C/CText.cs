// Documentation texts as text of C comments.
using System.Text.RegularExpressions;

using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit.C;

/// <summary>Converts texts. Names of functions in backticks become those of the C ABI.</summary>
internal sealed partial class CText(ApiModel model)
{
    // Only names with an underscore are surely functions, as for C#, and the name that is no other word here.
    private readonly HashSet<string> functions =
    [
        .. model.Functions.Where(f => f.Visibility != Visibility.Test
            && (f.Role == FunctionRole.Launch || f.Name.Contains('_', StringComparison.Ordinal))).Select(f => f.Name),
    ];

    internal string Of(string text) => Backticks()
        .Replace(text, m => m.Groups[1].Value is var name && functions.Contains(name) ? $"gfs_{name}()" : name)
        .Replace("*/", "* /", StringComparison.Ordinal)
        .Replace("/*", "/ *", StringComparison.Ordinal);

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Backticks();
}
