// The tool as 'dotnet tool install' takes it from a feed.
using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Package.Tests;

public sealed class ToolTests(ToolFeed feed) : IClassFixture<ToolFeed>
{
    private static readonly string[] All = ["Guestfs.Tool", "Guestfs.Tool.linux-x64", "Guestfs.Tool.any"];

    private static readonly string Version = XDocument.Load(Repository.File("Directory.Build.props")).Descendants("Version").Single().Value;

    [Fact]
    public void The_compiled_tool_is_installed_where_it_runs()
    {
        using TempDirectory directory = new();
        Install(directory, feed.Folder);
        Assert.Equal(["guestfs.tool", "guestfs.tool.linux-x64"], Store(directory));
        Judge(directory.File("gfs"));
        string installed = Command.Run("find", directory.File(".store"), "-path", "*/tools/*", "-type", "f", "-printf", "%f\n");
        Assert.Equal(
            [
                "DOTNET-THIRD-PARTY-NOTICES.txt", "DotnetToolSettings.xml", "DotnetToolSettings.xml", "LICENSE", "THIRD-PARTY-NOTICES.txt",
                "gfs",
            ],
            installed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    // As on a processor that has no package of its own.
    [Fact]
    public void Other_processors_take_the_one_that_NET_runs()
    {
        using TempDirectory directory = new();
        Install(directory, feed.OtherFolder);
        Assert.Equal(["guestfs.tool", "guestfs.tool.any"], Store(directory));
        Judge(directory.File("gfs"));
        Assert.Empty(Directory.GetFiles(directory.File(".store"), "*.pdb", SearchOption.AllDirectories));
        byte[] settings = LocalFeed.Read(feed.Folder, All[0], "tools/any/any/DotnetToolSettings.xml")!;
        Assert.Equal(
            ["any Guestfs.Tool.any", "linux-x64 Guestfs.Tool.linux-x64"],
            XDocument.Load(new MemoryStream(settings)).Descendants("RuntimeIdentifierPackage")
                .Select(package => $"{(string?)package.Attribute("RuntimeIdentifier")} {(string?)package.Attribute("Id")}").Order());
    }

    [Fact]
    public void The_packages_describe_themselves() => Assert.All(All, package =>
    {
        ContentTests.DescribesItself(feed.Folder, package, All[0]);
        ContentTests.Links(feed.Folder, package);
    });

    private static void Install(TempDirectory directory, string feed) =>
        Command.Run("dotnet", "tool", "install", All[0], "--tool-path", directory.Path, "--source", feed);

    private static IEnumerable<string?> Store(TempDirectory directory) =>
        Directory.GetDirectories(directory.File($".store/guestfs.tool/{Version}")).Select(Path.GetFileName).Order();

    // What was built here beside it says the same.
    private static void Judge(string program)
    {
        Assert.Equal(Version, Command.Run(program, "--version").Trim());
        Assert.Equal(Gfs.Run("help", "virt-df").Output, Command.Run(program, "help", "virt-df"));
    }
}

/// <summary>A folder with the tool's packages.</summary>
[SuppressMessage("Design", "CA1515", Justification = "xunit makes it.")]
public sealed class ToolFeed : IDisposable
{
    private readonly TempDirectory directory = new(), other = new();

    /// <summary>Packs. What is compiled has been, for other tests, and what is run by .NET is of the libraries as they are built.</summary>
    public ToolFeed()
    {
        Assert.True(PublishedProgram.Gfs.Publishing.ExitCode == 0, PublishedProgram.Gfs.Publishing.Output);
        string project = Repository.File("src", "Cli");
        Pack(OtherFolder, "--no-build", "-p:ToolPackageRuntimeIdentifiers=any");
        Pack(OtherFolder, "-p:ForAnyProcessor=true", "-p:BuildProjectReferences=false");
        Pack(Folder, "--no-build");
        Pack(Folder, "-r", "linux-x64", "--artifacts-path", Repository.File("artifacts", "aot"));
        string any = Assert.Single(Directory.GetFiles(OtherFolder, "Guestfs.Tool.any.*"));
        File.Copy(any, Path.Combine(Folder, Path.GetFileName(any)));

        void Pack(string folder, params string[] more)
        {
            CommandResult result = NativePublish.Pack(project, folder, more);
            Assert.True(result.ExitCode == 0, result.Output + result.Error);
        }
    }

    /// <summary>The folder.</summary>
    public string Folder => directory.Path;

    /// <summary>A folder with one that names only the package for all processors.</summary>
    public string OtherFolder => other.Path;

    /// <inheritdoc/>
    public void Dispose()
    {
        directory.Dispose();
        other.Dispose();
    }
}
