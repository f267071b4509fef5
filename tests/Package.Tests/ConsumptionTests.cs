// Programs that take the packages from a feed, as a user's would.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Package.Tests;

public sealed class ConsumptionTests(LocalFeed feed)
{
    [Fact]
    public void A_console_program_builds_and_runs()
    {
        using TempDirectory directory = new();
        Build(directory, "build", "-o", directory.File("out"));
        Assert.Equal(feed.Read("Guestfs", "lib/net10.0/Guestfs.dll"), File.ReadAllBytes(directory.File("out/Guestfs.dll")));
        Judge("dotnet", directory.File("out/consumer.dll"));
    }

    [Fact]
    public void A_trimmed_program_is_published_without_a_warning_and_runs() => Publish("-p:PublishTrimmed=true", "--self-contained");

    [Fact]
    public void A_program_compiled_ahead_of_time_is_published_without_a_warning_and_runs() => Publish("-p:PublishAot=true");

    private void Publish(params string[] how)
    {
        using TempDirectory directory = new();
        Build(directory, ["publish", "-r", "linux-x64", "-o", directory.File("out"), .. how]);
        Judge(directory.File("out/consumer"));
    }

    // The system's NuGet configuration and the feed. What the feed brings does not stay in the user's cache.
    private void Build(TempDirectory directory, params string[] command)
    {
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");
        File.WriteAllText(directory.File("consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <TrimmerSingleWarn>false</TrimmerSingleWarn>
                <RestoreAdditionalProjectSources>{feed.Folder}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{directory.File("packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>{cache}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Guestfs" Version="*" />
                <PackageReference Include="Guestfs.Appliances" Version="*" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(directory.File("Program.cs"), """
            using Guestfs;
            using Guestfs.Appliances;

            using GuestfsHandle g = new(new() { Appliance = new ManagedApplianceSource() });
            g.AddDriveScratch(1 << 20);
            GuestfsVersion version = g.Version();
            Console.WriteLine($"{version.Major}.{version.Minor}.{version.Release} {g.State}");
            """);
        string output = Command.Run("dotnet",
            [command[0], directory.File("consumer.csproj"), "-c", "Release", "--nologo", "--disable-build-servers", .. command[1..]]);
        Assert.DoesNotContain(": warning ", output, StringComparison.OrdinalIgnoreCase);
    }

    // "guestfish 1.48.6"
    private static void Judge(string program, params string[] arguments)
    {
        string version = Command.Run("guestfish", "--version").Split(' ')[1].Trim();
        Assert.Equal($"{version} Config\n", Command.Run(program, arguments));
    }
}
