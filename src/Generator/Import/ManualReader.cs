// Reads guestfs(3) from its roff source, as pod2man writes it, so that no man program is needed.
using System.Text.RegularExpressions;

using Guestfs.Generator.Model;

namespace Guestfs.Generator.Import;

/// <summary>From the roff source of guestfs(3) to facts.</summary>
internal static partial class ManualReader
{
    public static Manual Read(string roff)
    {
        string version = TitleLine().Match(roff) is { Success: true } title
            ? title.Groups[1].Value
            : throw new ModelException("guestfs(3): its title does not say which version it is.");
        Dictionary<string, ManualFunction> functions = new(StringComparer.Ordinal);
        List<string> structs = [], features = [];
        string chapter = "";
        foreach (string part in Heading().Split(roff))
        {
            int end = part.IndexOf('\n', StringComparison.Ordinal);
            string heading = end < 4 ? "" : Plain(part[4..end]);
            if (part.StartsWith(".SH ", StringComparison.Ordinal))
            {
                chapter = heading;
            }

            if (chapter == "AVAILABILITY")
            {
                features.AddRange(FeatureLine().Matches(part).Select(m => m.Groups[1].Value));
            }
            else if (heading.StartsWith("guestfs_", StringComparison.Ordinal))
            {
                string name = heading["guestfs_".Length..];
                if (chapter == "STRUCTURES")
                {
                    structs.Add(name);
                }
                else if (chapter == "API CALLS" && Facts(Plain(part)) is { } facts)
                {
                    functions[name] = facts;
                }
            }
        }

        return functions.Count > 0
            ? new Manual(version, functions, structs, features)
            : throw new ModelException("guestfs(3): there are no functions below 'API CALLS'.");
    }

    // The _va and _argv forms have sections, but without facts.
    private static ManualFunction? Facts(string text) => Added().Match(text) is not { Success: true } added ? null : new()
    {
        // What the manual calls 0.3 was released as 0.0.3.
        Since = added.Groups[1].Value is { } since && since.Count(c => c == '.') == 1 ? "0." + since : added.Groups[1].Value,
        Feature = DependsOn().Match(text) is { Success: true } feature ? feature.Groups[1].Value : null,
        Progress = text.Contains("can generate progress notification", StringComparison.Ordinal),
        Key = text.Contains("takes a key or passphrase parameter", StringComparison.Ordinal),
        ProtocolLimit = text.Contains("Because of the message protocol, there is a transfer limit", StringComparison.Ordinal),
        Deprecated = text.Contains("This function is deprecated.", StringComparison.Ordinal),
    };

    // Fonts, sizes and quotes go, hyphens become plain, and lines are joined so that a phrase may be broken anywhere.
    private static string Plain(string roff) =>
        Escape().Replace(roff, m => m.Value == @"\-" ? "-" : "").Replace("\"", "", StringComparison.Ordinal).Replace('\n', ' ').Trim();

    [GeneratedRegex(@"^(?=\.S[HS] )", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\.TH guestfs 3 \S+ ""?libguestfs-([0-9.]+)", RegexOptions.Multiline)]
    private static partial Regex TitleLine();

    [GeneratedRegex(@"^\.IP ""?\\fB(\w+)\\fR""? 4$", RegexOptions.Multiline)]
    private static partial Regex FeatureLine();

    [GeneratedRegex(@"\\f\(CW|\\f.|\\s-?\d|\\\*\(..|\\.")]
    private static partial Regex Escape();

    [GeneratedRegex(@"\(Added in ([0-9.]+)\)")]
    private static partial Regex Added();

    [GeneratedRegex(@"This function depends on the feature (\w+)")]
    private static partial Regex DependsOn();
}
