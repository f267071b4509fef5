// What is in the packages, read as NuGet's clients read it.
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

using Guestfs.Appliances;
using Guestfs.Extensions.Hosting;
using Guestfs.Interop;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Package.Tests;

public sealed partial class ContentTests(LocalFeed feed)
{
    [Fact]
    public void Guestfs_depends_on_two_packages()
    {
        IEnumerable<XElement> dependencies = feed.Metadata("Guestfs").Descendants()
            .Where(e => e.Name.LocalName == "dependency");
        Assert.Equal(["Guestfs.Interop", "Microsoft.Extensions.Logging.Abstractions"],
            dependencies.Select(e => (string?)e.Attribute("id")).Order());
    }

    [Theory]
    [MemberData(nameof(LocalFeed.Packages), MemberType = typeof(LocalFeed))]
    public void Every_package_brings_its_readme_icon_licence_and_notices(string package) => DescribesItself(feed.Folder, package, package);

    /// <summary>Checks what a package of a folder says of itself.</summary>
    internal static void DescribesItself(string folder, string package, string title)
    {
        XElement metadata = LocalFeed.Metadata(folder, package);
        string Of(string name) => metadata.Elements().Single(e => e.Name.LocalName == name).Value;
        byte[] Read(string file) => LocalFeed.Read(folder, package, file)!;
        Assert.Equal("MIT", Of("license"));
        Assert.Contains("libguestfs", Of("tags"), StringComparison.Ordinal);
        Assert.StartsWith("## ", Of("releaseNotes"), StringComparison.Ordinal);
        Assert.Equal(Of("projectUrl"), (string?)metadata.Elements().Single(e => e.Name.LocalName == "repository").Attribute("url"));
        Assert.Equal("\u0089PNG"u8[1..], Read(Of("icon")).AsSpan(0, 4));
        Assert.StartsWith($"# {title}\n", Encoding.UTF8.GetString(Read(Of("readme"))), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(Repository.File("LICENSE")), Read("LICENSE"));
        Assert.Equal(File.ReadAllBytes(Repository.File("THIRD-PARTY-NOTICES.txt")), Read("THIRD-PARTY-NOTICES.txt"));
    }

    [Theory]
    [MemberData(nameof(LocalFeed.Packages), MemberType = typeof(LocalFeed))]
    public void Links_of_a_readme_are_absolute_and_lead_to_files_of_the_repository(string package) => Links(feed.Folder, package);

    /// <summary>Checks the links of the README of a package of a folder.</summary>
    internal static void Links(string folder, string package)
    {
        string repository = LocalFeed.Metadata(folder, package).Elements().Single(e => e.Name.LocalName == "projectUrl").Value;
        string readme = Encoding.UTF8.GetString(LocalFeed.Read(folder, package, "README.md")!);
        string[] links = [.. Link().Matches(readme).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.StartsWith("https://", link, StringComparison.Ordinal));
        Assert.All(links.Where(link => link.StartsWith(repository + "/", StringComparison.Ordinal)), link =>
        {
            // https://.../blob/v0.1.0/README.md
            string path = Repository.File(string.Join('/', link[(repository.Length + 1)..].Split('/').Skip(2)));
            Assert.True(Path.Exists(path), link);
        });
    }

    [Theory]
    [MemberData(nameof(LocalFeed.Packages), MemberType = typeof(LocalFeed))]
    public void The_documentation_is_that_of_public_types(string package)
    {
        string[] exported = [.. Assembly(package).GetExportedTypes().Select(type => type.FullName!.Replace('+', '.'))];
        string[] documented = [.. XDocument.Load(new MemoryStream(feed.Read(package, $"lib/net10.0/{package}.xml")!))
            .Descendants("member").Select(member => (string)member.Attribute("name")!)];
        string[] types = [.. documented.Where(name => name[0] == 'T').Select(name => name[2..])];
        Assert.Empty(types.Except(exported));

        // Structures of the raw bindings are described by guestfs(3) alone.
        Assert.Empty((package == "Guestfs.Interop" ? [typeof(LibGuestfs).FullName!] : exported).Except(types));

        // "M:Guestfs.GuestfsHandle.Cat(System.String)"
        Assert.All(documented.Where(name => name[0] != 'T'), name =>
        {
            string member = name[2..].Split('(', '~')[0];
            Assert.Contains(member[..member.LastIndexOf('.')], exported);
        });
    }

    // Some readers show it twice.
    [Theory]
    [MemberData(nameof(LocalFeed.Packages), MemberType = typeof(LocalFeed))]
    public void What_is_inherited_of_documentation_is_not_written_again(string package)
    {
        Dictionary<string, XElement> members = XDocument.Load(new MemoryStream(feed.Read(package, $"lib/net10.0/{package}.xml")!))
            .Descendants("member").ToDictionary(member => (string)member.Attribute("name")!);
        Assert.All(members.Values, member => Assert.Empty(member.Elements("inheritdoc")
            .Where(inherited => inherited.Attribute("path") is null)
            .Select(inherited => members.GetValueOrDefault((string?)inherited.Attribute("cref") ?? ""))
            .SelectMany(other => other?.Elements() ?? [])
            .Select(Key).Intersect(member.Elements().Select(Key))));

        static string Key(XElement element) => $"{element.Name} {(string?)element.Attribute("name") ?? (string?)element.Attribute("cref")}";
    }

    [Theory]
    [MemberData(nameof(LocalFeed.Packages), MemberType = typeof(LocalFeed))]
    public void Private_members_are_not_documented(string package)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance
            | BindingFlags.DeclaredOnly;
        HashSet<string> documented = [.. XDocument.Load(new MemoryStream(feed.Read(package, $"lib/net10.0/{package}.xml")!))
            .Descendants("member").Select(member => ((string)member.Attribute("name")!)[2..].Split('(', '`')[0])];
        foreach (Type type in Assembly(package).GetExportedTypes())
        {
            // Overloads of a name are documented together.
            IEnumerable<string> visible = type.GetFields(all).Where(field => !field.IsPrivate && !field.IsAssembly)
                .Select(field => field.Name)
                .Concat(type.GetMethods(all).Where(method => !method.IsPrivate && !method.IsAssembly).Select(method => method.Name));
            IEnumerable<string> names = type.GetFields(all).Select(field => field.Name)
                .Concat(type.GetMethods(all).Select(method => method.Name));
            Assert.All(names.Except(visible), name => Assert.DoesNotContain($"{type.FullName!.Replace('+', '.')}.{name}", documented));
        }
    }

    [Theory]
    [MemberData(nameof(LocalFeed.Packages), MemberType = typeof(LocalFeed))]
    public void No_library_names_the_folder_it_was_built_in(string package)
    {
        byte[] library = feed.Read(package, $"lib/net10.0/{package}.dll")!;
        Assert.Equal(-1, library.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Repository.Root + "/")));
        Assert.NotEqual(-1, library.AsSpan().IndexOf("/_/src/"u8));
    }

    private static Assembly Assembly(string package) => package switch
    {
        "Guestfs" => typeof(GuestfsHandle).Assembly,
        "Guestfs.Interop" => typeof(LibGuestfs).Assembly,
        "Guestfs.Extensions.Hosting" => typeof(GuestfsLease).Assembly,
        _ => typeof(ApplianceBuilder).Assembly,
    };

    [GeneratedRegex(@"\]\(([^)]*)\)")]
    private static partial Regex Link();
}
