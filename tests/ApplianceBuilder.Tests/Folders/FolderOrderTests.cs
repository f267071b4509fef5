// The builder's folders use each other in one direction only: the one that CONTRIBUTING.md draws.
using System.Text.RegularExpressions;

using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Folders;

public partial class FolderOrderTests
{
    private const string Namespace = "Guestfs.Appliances", Sources = "/src/ApplianceBuilder/", Heading = "## The builder's folders",
        TopFolder = "(top)";

    private static readonly Lazy<IReadOnlyList<ReferencingType>> Types = new(
        () => TypeReferences.Read(typeof(ApplianceBuilder).Assembly.Location, Sources));

    [Fact]
    public void Every_folder_is_drawn_once()
    {
        Assert.Equal(Types.Value.Select(FolderOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            DrawnRows().SelectMany(row => row).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_uses_only_folders_of_lower_rows()
    {
        Dictionary<string, string> folders = Types.Value.ToDictionary(type => type.FullName, FolderOf, StringComparer.Ordinal);
        (string From, string To, string What)[] uses =
        [
            .. Types.Value.SelectMany(type => type.Uses.Where(folders.ContainsKey)
                .Select(other => (FolderOf(type), folders[other], $"{type.Name} uses {other}"))),
            .. UsedConstants(),
        ];

        // That uses are found at all, in signatures and in code.
        Assert.Contains(uses, use => use is { From: TopFolder, To: "Build" });
        Assert.Contains(uses, use => use is { From: "Output", To: "Cpio" });
        Assert.Empty(uses.Where(use => use.From != use.To && Rank(use.From) <= Rank(use.To))
            .Select(use => $"{use.From} -> {use.To}: {use.What}")
            .Distinct());

        int Rank(string folder) => -Array.FindIndex(DrawnRows(), row => row.Contains(folder));
    }

    [Fact]
    public void Callers_need_one_namespace_and_internal_types_have_that_of_their_folder()
    {
        // What serves a public type alone may lie beside it.
        HashSet<string> publicFiles = [.. Types.Value.Where(type => type.IsPublic).Select(type => type.File)];
        Assert.Empty(Types.Value
            .Where(type => type.Namespace != (publicFiles.Contains(type.File) || FolderOf(type) == TopFolder
                ? Namespace
                : $"{Namespace}.{FolderOf(type)}"))
            .Select(type => $"{type.FullName} is in {type.File}"));
    }

    private static string FolderOf(ReferencingType type) => FolderOf(type.File);

    private static string FolderOf(string file) => Path.GetDirectoryName(file) is { Length: > 0 } folder ? folder : TopFolder;

    // The compiler leaves no trace of a constant's origin in the code; the file still needs the namespace.
    private static IEnumerable<(string From, string To, string What)> UsedConstants()
    {
        string root = Repository.File("src", "ApplianceBuilder") + "/";
        return from file in Types.Value.Select(type => type.File).Distinct(StringComparer.Ordinal)
               from Match match in UsedNamespace().Matches(File.ReadAllText(root + file))
               select (FolderOf(file), match.Groups[1].Value, $"{file} names the namespace");
    }

    // A line of the drawing: folders of one rank, then what they are.
    private static string[][] DrawnRows()
    {
        string text = File.ReadAllText(Repository.File("CONTRIBUTING.md"));
        string drawing = text[text.IndexOf(Heading, StringComparison.Ordinal)..].Split("```")[1];
        return [.. drawing.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split("  ", 2)[0].Split(' '))];
    }

    [GeneratedRegex(@"^using (?:static |\w+ = )?Guestfs\.Appliances\.(\w+)[.;]", RegexOptions.Multiline)]
    private static partial Regex UsedNamespace();
}
