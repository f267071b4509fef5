// The documentation as a site: './build.sh docs'. Pages keep their places in the repository, so that their links to each other hold;
// links to files that are no pages lead to the repository.
using System.Text.RegularExpressions;

var pages = artifacts.Combine("docs/source");
var site = artifacts.Combine("docs/site");

// What of the repository is on the site.
string[] SitePages() => new[] { "*.md", "docs/**/*.md", "docs/**/*.svg", "src/ApplianceBuilder/*.svg" }.SelectMany(pattern => GetFiles(pattern))
    .Select(file => Context.Environment.WorkingDirectory.GetRelativePath(file).FullPath)
    .Concat(["src/Facade/GUIDE.md", "src/ApplianceBuilder/README.md", "src/Hosting/PACKAGE.md", "native/install/examples/README.md"])
    .ToArray();

// The README is the site's first page.
string PageOf(string file) => file == "README.md" ? "index.md" : file;

void WritePages()
{
    CleanDirectory(pages);
    var files = SitePages();
    var repository = XDocument.Load("Directory.Build.props").Descendants("RepositoryUrl").Single().Value;
    foreach (var file in files)
    {
        var target = pages.CombineWithFilePath(PageOf(file));
        EnsureDirectoryExists(target.GetDirectory());
        if (!file.EndsWith(".md"))
        {
            CopyFile(file, target);
            continue;
        }

        var folder = System.IO.Path.GetDirectoryName(file);
        var text = System.IO.File.ReadAllText(file);
        System.IO.File.WriteAllText(target.FullPath, Regex.Replace(text, @"(?<!`)\]\(([^)\s#][^)\s]*)\)", match =>
        {
            var link = match.Groups[1].Value;
            if (Regex.IsMatch(link, "^[a-z]+:"))
            {
                return match.Value;
            }

            var parts = Regex.Replace(link, "^REPOSITORY/blob/VERSION/", System.IO.Path.GetRelativePath(folder is "" ? "." : folder, ".") + "/")
                .Split('#', 2);
            var linked = System.IO.Path.GetRelativePath(".", System.IO.Path.Combine(folder, parts[0]));
            var anchor = parts.Length == 2 ? "#" + parts[1] : "";
            return files.Contains(linked)
                ? $"]({System.IO.Path.GetRelativePath(folder is "" ? "." : folder, PageOf(linked))}{anchor})"
                : $"]({repository}/blob/main/{linked}{anchor})";
        }));
    }

    CopyDirectory("docs/site/template", pages.Combine("template"));
    CopyFile("docs/site/docfx.json", pages.CombineWithFilePath("docfx.json"));
    CopyFile("src/Packaging/icon.png", pages.CombineWithFilePath("icon.png"));
    CopyFile("docs/site/toc.yml", pages.CombineWithFilePath("toc.yml"));
}

// Every link within the site leads to a file, and to a place in it.
string[] BrokenLinks()
{
    var places = new Dictionary<string, HashSet<string>>();
    HashSet<string> PlacesIn(string file) => places.TryGetValue(file, out var known) ? known : places[file] = Regex
        .Matches(System.IO.File.ReadAllText(file), @"\b(?:id|name)=""([^""]*)""").Select(match => match.Groups[1].Value).ToHashSet();
    var broken = new List<string>();
    foreach (var file in System.IO.Directory.GetFiles(site.FullPath, "*.html", System.IO.SearchOption.AllDirectories))
    {
        foreach (Match match in Regex.Matches(System.IO.File.ReadAllText(file), @"\b(?:href|src)=""([^""]*)"""))
        {
            var link = System.Net.WebUtility.HtmlDecode(match.Groups[1].Value);
            if (link is "" or "#" || Regex.IsMatch(link, "^([a-z]+:|//)"))
            {
                continue;
            }

            var parts = link.Split('#', 2);
            var path = Uri.UnescapeDataString(parts[0].Split('?')[0]);
            var target = path == "" ? file : System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file), path));
            if (System.IO.Directory.Exists(target))
            {
                target = System.IO.Path.Combine(target, "index.html");
            }

            if (!System.IO.File.Exists(target)
                || (parts.Length == 2 && parts[1] != "" && target.EndsWith(".html") && !PlacesIn(target).Contains(Uri.UnescapeDataString(parts[1]))))
            {
                broken.Add($"{System.IO.Path.GetRelativePath(site.FullPath, file)}: {link}");
            }
        }
    }

    return broken.Distinct().ToArray();
}

// The C library's functions as HTML and as manual pages, from the same descriptions; the pages and the C# reference beside them.
Task("Docs")
    .IsDependentOn("Build")
    .Does(() =>
{
    EnsureDirectoryExists(artifacts.Combine("docs"));
    DotNetRun(
        "src/Generator",
        new ProcessArgumentBuilder().Append("man").AppendQuoted(artifacts.Combine("docs/man/man3").FullPath),
        new DotNetRunSettings { Configuration = configuration });
    Must("doxygen", "native/install/Doxyfile");

    WritePages();
    CopyDirectory(artifacts.Combine("docs/html"), pages.Combine("c"));
    CleanDirectory(site);
    Must("dotnet", "tool restore", "docs/site");
    Must("dotnet", $"docfx \"{pages.CombineWithFilePath("docfx.json")}\"", "docs/site");
    var broken = BrokenLinks();
    if (broken.Length > 0)
    {
        throw new CakeException($"{broken.Length} links lead nowhere:\n{string.Join('\n', broken.Take(50))}");
    }

    Information($"The site is in {site}.");
});
