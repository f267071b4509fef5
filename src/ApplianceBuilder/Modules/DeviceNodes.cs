using System.Globalization;
using System.Text;

namespace Guestfs.Appliances.Modules;

/// <summary>Modules that are loaded when somebody opens their device: modules.devname, from which the nodes are made at start-up.</summary>
internal static class DeviceNodes
{
    private const string NamePrefix = "devname:", CharacterPrefix = "char-major-", BlockPrefix = "block-major-";

    /// <summary>The text of modules.devname.</summary>
    internal static string List(IEnumerable<ModuleInfo> modules)
    {
        StringBuilder text = new();
        foreach (ModuleInfo module in modules)
        {
            if (Describe(module.Aliases) is { } node)
            {
                text.Append(module.File.Name).Append(' ').Append(node).Append('\n');
            }
        }

        return text.Length == 0 ? "" : "# Device nodes to trigger on-demand module loading.\n" + text;
    }

    // "name type-major:minor"; null unless the aliases have both a name and a number.
    private static string? Describe(IReadOnlyList<string> aliases)
    {
        string? name = null, number = null;
        foreach (string alias in aliases)
        {
            if (alias.StartsWith(NamePrefix, StringComparison.Ordinal))
            {
                name = alias[NamePrefix.Length..];
            }
            else
            {
                number = Number(alias, CharacterPrefix, 'c') ?? Number(alias, BlockPrefix, 'b') ?? number;
            }

            if (name is not null && number is not null)
            {
                return name + " " + number;
            }
        }

        return null;
    }

    private static string? Number(string alias, string prefix, char type) =>
        alias.StartsWith(prefix, StringComparison.Ordinal)
        && alias[prefix.Length..].Split('-') is [string majorText, string minorText, ..]
        && uint.TryParse(majorText, NumberStyles.None, CultureInfo.InvariantCulture, out uint major)
        && uint.TryParse(minorText, NumberStyles.None, CultureInfo.InvariantCulture, out uint minor)
            ? string.Create(CultureInfo.InvariantCulture, $"{type}{major}:{minor}")
            : null;
}
