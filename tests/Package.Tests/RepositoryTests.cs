// What the repository's own documents say of its files.
using System.Text.RegularExpressions;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Package.Tests;

public sealed partial class RepositoryTests
{
    private static readonly string[] Folders = ["docs", "src", "native", "tests"];

    [Fact]
    public void Links_between_documents_lead_to_files()
    {
        IEnumerable<string> documents = Folders
            .SelectMany(folder => Directory.GetFiles(Repository.File(folder), "*.md", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal))
            .Concat(Directory.GetFiles(Repository.Root, "*.md"));
        string[] broken = [.. documents.SelectMany(document => Link().Matches(File.ReadAllText(document))
            .Select(match => match.Groups[1].Value)
            .Where(link => !link.StartsWith("https://", StringComparison.Ordinal))
            .Where(link => !link.StartsWith("REPOSITORY", StringComparison.Ordinal))
            .Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(document)!, link.Split('#')[0])))
            .Select(link => $"{document}: {link}"))];
        Assert.Empty(broken);
    }

    [Fact]
    public void What_the_map_says_is_there()
    {
        string map = File.ReadAllText(Repository.File("CONTRIBUTING.md"));
        int start = map.IndexOf("## Where is", StringComparison.Ordinal), end = map.IndexOf("## How a call", StringComparison.Ordinal);
        string[] places = [.. Row().Matches(map[start..end]).Select(match => match.Groups[1].Value)];
        Assert.InRange(places.Length, 10, 20);
        Assert.All(places, place => Assert.True(Path.Exists(Repository.File(place)), place));
    }

    // Of inline links, without code in square brackets: those have no parenthesis behind them.
    [GeneratedRegex(@"(?<!`)\]\(([^)\s#][^)\s]*)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\| `([^`]*)`")]
    private static partial Regex Row();
}
