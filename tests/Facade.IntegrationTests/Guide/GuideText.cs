// The guide's text, with each sample taken from the test that runs it.
using System.Text.RegularExpressions;

namespace Guestfs.IntegrationTests.Guide;

/// <summary>Puts samples into the guide.</summary>
internal static partial class GuideText
{
    /// <summary>The guide with the text between <c>// &lt;Name&gt;</c> and <c>// &lt;/Name&gt;</c> at each place marked for it.</summary>
    internal static string WithSamples(string guide, string source) =>
        Place()
            .Replace(guide, place => $"<!-- sample: {place.Groups[1].Value} -->\n```csharp\n{Sample(source, place.Groups[1].Value)}```\n");

    private static string Sample(string source, string name)
    {
        Match found = Regex.Match(source, $@"^ *// <{name}>\n(.*?)^ *// </{name}>$", RegexOptions.Singleline | RegexOptions.Multiline);
        string[] lines = found.Success
            ? found.Groups[1].Value.Split('\n')
            : throw new InvalidOperationException($"There is no sample {name}.");
        int indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length == 0 ? line : line[indent..]));
    }

    [GeneratedRegex(@"<!-- sample: (\w+) -->\n```csharp\n.*?```\n", RegexOptions.Singleline)]
    private static partial Regex Place();
}
