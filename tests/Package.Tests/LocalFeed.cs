using System.IO.Compression;
using System.Xml.Linq;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Package.Tests;

/// <summary>A folder with the packages of what this checkout's build left.</summary>
public sealed class LocalFeed : IDisposable
{
    private readonly TempDirectory directory = new();

    /// <summary>Packs.</summary>
    public LocalFeed() => Pack(Repository.Root, Folder, "--no-build");

    /// <summary>The projects of the packages.</summary>
    public static IReadOnlyList<string> Projects { get; } =
        ["src/Interop", "src/Facade/Managed", "src/ApplianceBuilder", "src/Hosting", "src/Templates/Package"];

    /// <summary>The names of the packages, for theories.</summary>
    public static TheoryData<string> Packages { get; } = ["Guestfs.Interop", "Guestfs", "Guestfs.Appliances", "Guestfs.Extensions.Hosting"];

    /// <summary>The folder.</summary>
    public string Folder => directory.Path;

    /// <summary>Packs a checkout into a folder, all projects at once.</summary>
    public static void Pack(string checkout, string folder, params string[] more)
    {
        using TempDirectory directory = new();
        string solution = directory.File("Packages.slnx");
        File.WriteAllText(solution, $"""
            <Solution>
            {string.Concat(Projects.SelectMany(project => Directory.GetFiles(Path.Combine(checkout, project), "*.csproj"))
                .Select(project => $"  <Project Path=\"{project}\" />\n"))}</Solution>
            """);

        Command.Run("dotnet", ["pack", solution, "-o", folder, .. NativePublish.BuildOptions, .. more]);
    }

    /// <summary>A file of a package, or null.</summary>
    public byte[]? Read(string package, string file) => Read(Folder, package, file);

    /// <summary>A file of a package in a folder, or null.</summary>
    public static byte[]? Read(string folder, string package, string file)
    {
        string name = Assert.Single(Directory.GetFiles(folder, "*.nupkg"), f => IsOf(package, f));
        using ZipArchive archive = ZipFile.OpenRead(name);
        using Stream? content = archive.GetEntry(file)?.Open();
        if (content is null)
        {
            return null;
        }

        using MemoryStream bytes = new();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>All files of a package in a folder.</summary>
    public static IReadOnlyDictionary<string, byte[]> Files(string folder, string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(folder, "*.nupkg"), f => IsOf(package, f)));
        return archive.Entries.ToDictionary(entry => entry.FullName, entry => Read(folder, package, entry.FullName)!);
    }

    /// <summary>The metadata of a package.</summary>
    public XElement Metadata(string package) => Metadata(Folder, package);

    /// <summary>The metadata of a package in a folder.</summary>
    public static XElement Metadata(string folder, string package)
    {
        XElement root = XElement.Load(new MemoryStream(Read(folder, package, package + ".nuspec")!));
        return root.Elements().Single(e => e.Name.LocalName == "metadata");
    }

    /// <inheritdoc/>
    public void Dispose() => directory.Dispose();

    // Guestfs.0.1.0.nupkg is Guestfs', Guestfs.Interop.0.1.0.nupkg is not.
    private static bool IsOf(string package, string file) =>
        Path.GetFileName(file) is { } name
        && name.StartsWith(package + ".", StringComparison.Ordinal)
        && char.IsAsciiDigit(name[package.Length + 1]);
}
