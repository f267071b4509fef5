// Programs that take a bundle from a feed, with a umask that lets others write. The bundle is one that no glibc is new enough for: the
// refusal says where it was found.
using System.Globalization;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Package.Tests;

public sealed class BundlePackageTests(LocalFeed feed)
{
    [Fact]
    public void A_program_that_references_it_has_the_bundle_and_uses_it()
    {
        using TempDirectory directory = new();
        string bundle = directory.File("bundle"), built = directory.File("built"), published = directory.File("published");
        SmallBundle.Make(bundle);
        SmallBundle.Make(directory.File("other"), "aarch64");
        Gfs.Run("bundle", "pack", bundle, "-o", directory.Path);
        Gfs.Run("bundle", "pack", directory.File("other"), "-o", directory.Path, "--package-version", "2.0.0-beta.1");
        Assert.True(File.Exists(directory.File("Guestfs.Runtime.linux-x64.1.2.3.nupkg")));
        Assert.True(File.Exists(directory.File("Guestfs.Runtime.linux-arm64.2.0.0-beta.1.nupkg")));
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");
        File.WriteAllText(directory.File("consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <InvariantGlobalization>true</InvariantGlobalization>
                <EnableDefaultItems>false</EnableDefaultItems>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestoreAdditionalProjectSources>{feed.Folder};{directory.Path}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{directory.File("packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>{cache}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <Compile Include="Program.cs" />
                <PackageReference Include="Guestfs" Version="*" />
                <PackageReference Include="Guestfs.Runtime.linux-x64" Version="*" />
                <PackageReference Include="Guestfs.Runtime.linux-arm64" Version="*-*" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(directory.File("Program.cs"), "using Guestfs.GuestfsHandle g = new();");

        Build("build", "-o", built);
        Judge(bundle, built, "dotnet", Path.Combine(built, "consumer.dll"));

        Build("publish", "-o", published, "-r", "linux-x64", "--self-contained", "-p:PublishSingleFile=true");
        Assert.False(File.Exists(Path.Combine(published, "Guestfs.dll")));
        Judge(bundle, published, Path.Combine(published, "consumer"));

        void Build(params string[] command) => Command.Run("sh",
            ["-c", "umask 002; exec \"$@\"", "sh", "dotnet", command[0], directory.File("consumer.csproj"), "-c", "Release", "--nologo",
                "--disable-build-servers", .. command[1..]]);
    }

    private static void Judge(string bundle, string folder, params string[] program)
    {
        string found = Path.Combine(folder, "guestfs-bundle");
        Command.Run("diff", "-r", bundle, found);
        Assert.Equal("", Command.Run("find", found, "-perm", "/022"));
        Assert.Equal("", Command.Run("find", found, "(", "-path", "*/bin/*", "-o", "-name", "ld.so", ")", "-not", "-perm", "755"));

        // Holes are there again.
        string root = Path.Combine(found, "appliance", "root");
        Assert.True(long.Parse(Command.Run("stat", "-c", "%b", root), CultureInfo.InvariantCulture) < SmallBundle.RootLength / 512 / 4);

        string told = Command.TryRun(program[0], program[1..]).Error;
        Assert.Contains(
            $"The bundle {found} (beside the program) cannot be used: it needs glibc {SmallBundle.Glibc}", told, StringComparison.Ordinal);
    }
}
