// 'dotnet new' makes the programs, and they build.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Package.Tests;

public sealed class TemplateTests(LocalFeed feed)
{
    [Fact]
    public void Each_template_makes_a_program_that_builds()
    {
        using TempDirectory directory = new();
        string package = Assert.Single(Directory.GetFiles(feed.Folder, "Guestfs.Templates.*.nupkg"));
        string hive = directory.File("hive");
        Command.Run("dotnet", "new", "install", package, "--debug:custom-hive", hive);
        string[] templates = ["guestfs-console", "guestfs-aot", "guestfs-worker"];
        foreach (string template in templates)
        {
            Command.Run(
                "dotnet", "new", template, "-o", directory.File("All/" + template), "-n", "my-" + template, "--debug:custom-hive", hive);
            Assert.True(File.Exists(directory.File($"All/{template}/my-{template}.csproj")));
        }

        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");
        File.WriteAllText(directory.File("All/Directory.Build.props"), $"""
            <Project>
              <PropertyGroup>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestoreAdditionalProjectSources>{feed.Folder}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{directory.File("packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>{cache}</RestoreFallbackFolders>
              </PropertyGroup>
            </Project>
            """);
        File.WriteAllText(directory.File("All/All.slnx"), $"""
            <Solution>
            {string.Concat(templates.Select(template => $"  <Project Path=\"{template}/my-{template}.csproj\" />\n"))}</Solution>
            """);
        Command.Run(
            "dotnet", ["build", directory.File("All/All.slnx"), "-c", "Release", "--nologo", .. NativePublish.ServerOptions]);

        // Its own error, not the runtime's: the word of a program that was made here.
        CommandResult result = Command.TryRun("dotnet", [directory.File("All/guestfs-console/bin/Release/net10.0/my-guestfs-console.dll")]);
        Assert.Equal((2, "Which disk image?\n"), (result.ExitCode, result.Error));
    }
}
