// What the repository's own documents say of its files, and what its settings say of its sources.
using System.Globalization;
using System.Text.RegularExpressions;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Package.Tests;

public sealed partial class RepositoryTests
{
    private static readonly string[] Folders = ["docs", "src", "native", "tests"];

    // A model as the importer writes it: a line for each function.
    private static readonly string[] WithLongLines = ["tests/Generator.Tests/Import/SmallUpstream.cs"];

    [Fact]
    public void Links_between_documents_lead_to_files()
    {
        IEnumerable<string> documents = FilesIn(Folders, "*.md").Concat(Directory.GetFiles(Repository.Root, "*.md"));
        string[] broken = [.. documents.SelectMany(document => Link().Matches(File.ReadAllText(document))
            .Select(match => match.Groups[1].Value)
            .Where(link => !link.StartsWith("https://", StringComparison.Ordinal))
            .Where(link => !link.StartsWith("REPOSITORY", StringComparison.Ordinal))
            .Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(document)!, link.Split('#')[0])))
            .Select(link => $"{document}: {link}"))];
        Assert.Empty(broken);
    }

    // A heading's anchor is its text in small letters, without punctuation, with hyphens for spaces.
    [Fact]
    public void Links_to_headings_lead_to_headings()
    {
        string[] documents = [.. FilesIn(Folders, "*.md").Concat(Directory.GetFiles(Repository.Root, "*.md"))];
        (string Place, string Target, string Anchor)[] links = [.. documents.SelectMany(document => LinkToHeading()
            .Matches(File.ReadAllText(document))
            .Where(match => !match.Groups[1].Value.Contains(':', StringComparison.Ordinal))
            .Where(match => !match.Groups[1].Value.StartsWith("REPOSITORY", StringComparison.Ordinal))
            .Select(match => (
                $"{document}: {match.Value}",
                match.Groups[1].Value is "" ? document : Path.Combine(Path.GetDirectoryName(document)!, match.Groups[1].Value),
                match.Groups[2].Value)))];
        Assert.True(links.Length > 10);
        Assert.Empty(links.Where(link => !Heading().Matches(File.ReadAllText(link.Target))
            .Select(match => Punctuation().Replace(match.Groups[1].Value.Trim(), "").Replace(' ', '-'))
            .Contains(link.Anchor, StringComparer.OrdinalIgnoreCase)).Select(link => link.Place));
    }

    // The site is made of these, and its first page is the README.
    [Fact]
    public void Every_document_can_be_reached_from_the_index()
    {
        HashSet<string> reached = [Repository.File("docs", "README.md")];
        Queue<string> waiting = new(reached);
        while (waiting.TryDequeue(out string? document))
        {
            foreach (string linked in Link().Matches(File.ReadAllText(document)).Select(match => match.Groups[1].Value.Split('#')[0])
                .Where(link => link.EndsWith(".md", StringComparison.Ordinal) && !link.Contains(':', StringComparison.Ordinal)
                    && !link.StartsWith("REPOSITORY", StringComparison.Ordinal))
                .Select(link => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, link)))
                .Where(reached.Add))
            {
                waiting.Enqueue(linked);
            }
        }

        string cake = File.ReadAllText(Repository.File("docs", "site", "site.cake"));
        string[] named = [.. SitePage().Matches(cake).Select(match => Repository.File(match.Groups[1].Value.Split('/')))];
        Assert.True(named.Length > 3);
        Assert.Empty(FilesIn(["docs"], "*.md").Concat(named).Except(reached));
    }

    [Fact]
    public void The_site_has_what_its_menu_and_its_references_name()
    {
        // What is in these two is made with the site.
        string[] pages = [.. MenuEntry().Matches(File.ReadAllText(Repository.File("docs", "site", "toc.yml")))
            .Select(match => match.Groups[1].Value)
            .Where(page => !page.StartsWith("api/", StringComparison.Ordinal) && !page.StartsWith("c/", StringComparison.Ordinal))];
        Assert.True(pages.Length > 5);
        Assert.All(pages, page => Assert.True(File.Exists(Repository.File(page)), page));

        string[] libraries = [.. ReferenceLibrary().Matches(File.ReadAllText(Repository.File("docs", "site", "docfx.json")))
            .Select(match => match.Groups[1].Value + "/" + match.Groups[2].Value)];
        Assert.All(libraries, library => Assert.True(File.Exists(Repository.File(library + ".csproj")), library));
        Assert.Equal(
            LocalFeed.Packages.Select(row => row.Data).Where(package => package != "Guestfs.Interop").Order(),
            libraries.Select(Path.GetFileName).Order());
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

    // In backquotes and in drawings; what changed from where to where is in CHANGELOG.
    [Fact]
    public void Paths_in_documents_are_there()
    {
        string[] paths = [.. FilesIn(Folders, "*.md").Concat(Directory.GetFiles(Repository.Root, "*.md"))
            .Where(document => Path.GetFileName(document) != "CHANGELOG.md")
            .SelectMany(document => PathInText().Matches(File.ReadAllText(document)))
            .Select(match => match.Value.TrimEnd('.'))];
        Assert.True(paths.Length > 100);
        Assert.All(paths, path => Assert.True(Path.Exists(Repository.File(path)), path));
    }

    [Fact]
    public void Lines_are_no_longer_than_the_editor_is_told()
    {
        int max = int.Parse(
            MaxLineLength().Match(File.ReadAllText(Repository.File(".editorconfig"))).Groups[1].Value, CultureInfo.InvariantCulture);
        string[] sources = [.. FilesIn(["src", "native", "tests", "samples"], "*")
            .Where(file => Path.GetExtension(file) is ".cs" or ".c" or ".h" or ".S" or ".sh")
            .Append(Repository.File("build.cake")).Append(Repository.File("build.sh")).Append(Repository.File(".ci", "run"))
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Where(file => !file.Contains("/Generated/", StringComparison.Ordinal))
            .Where(file => !WithLongLines.Contains(file))];
        Assert.True(sources.Length > 500);
        Assert.Empty(sources.SelectMany(file => File.ReadLines(Repository.File(file))
            .Select((line, i) => (line.Length, Place: $"{file}:{i + 1}"))
            .Where(line => line.Length > max)
            .Select(line => $"{line.Place}: {line.Length} columns")));
    }

    // Everybody who clones it gets what was once committed by mistake, such as a disk image.
    [Fact]
    public void No_file_is_large()
    {
        Command.Require("git");
        string[] files = Command.Run("git", "-C", Repository.Root, "ls-files").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(files.Length > 1000);
        Assert.DoesNotContain(files, file => new FileInfo(Repository.File(file)) is { Exists: true, Length: > 1_000_000 });
    }

    private static IEnumerable<string> FilesIn(string[] folders, string pattern) => folders
        .SelectMany(folder => Directory.GetFiles(Repository.File(folder), pattern, SearchOption.AllDirectories))
        .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal));

    // Of inline links, without code in square brackets: those have no parenthesis behind them.
    [GeneratedRegex(@"(?<!`)\]\(([^)\s#][^)\s]*)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<!`)\]\(([^)\s#]*)#([^)\s]+)\)")]
    private static partial Regex LinkToHeading();

    [GeneratedRegex(@"(?m)^#+ (.*)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"(?<![\w./-])(src|tests|native|docs|samples|\.ci|\.github)/[\w./-]+(?![\w*./-])")]
    private static partial Regex PathInText();

    [GeneratedRegex(@"""(\w+/[\w/]+\.md)""")]
    private static partial Regex SitePage();

    [GeneratedRegex(@"href: (\S+)")]
    private static partial Regex MenuEntry();

    [GeneratedRegex(@"""(src/[\w/]+)/bin/Release/net10\.0/([\w.]+)\.dll""")]
    private static partial Regex ReferenceLibrary();

    [GeneratedRegex(@"max_line_length = (\d+)")]
    private static partial Regex MaxLineLength();

    [GeneratedRegex(@"\| `([^`]*)`")]
    private static partial Regex Row();
}
