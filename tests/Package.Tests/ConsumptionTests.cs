// Programs that take the packages from a feed, as a user's would.
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Package.Tests;

public sealed partial class ConsumptionTests(LocalFeed feed)
{
    private const string Packages = """
        <PackageReference Include="Guestfs" Version="*" />
        <PackageReference Include="Guestfs.Appliances" Version="*" />
        """;

    private const string Hosting = """<PackageReference Include="Guestfs.Extensions.Hosting" Version="*" />""";

    private const string Program = """
        using Guestfs;
        using Guestfs.Appliances;

        using GuestfsHandle g = new(new() { Appliance = new ManagedApplianceSource() });
        g.AddDriveScratch(1 << 20);
        GuestfsVersion version = g.Version();
        Console.WriteLine($"{version.Major}.{version.Minor}.{version.Release} {g.State}");
        if (args.Length > 0)
        {
            g.Launch();
            g.PingDaemon();
        }
        """;

    private const string Web = """
        using Guestfs;
        using Guestfs.Extensions.Hosting;

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGuestfs(builder.Configuration.GetSection("Guestfs"));
        builder.Services.AddHealthChecks().AddGuestfs();
        await using WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapHealthChecks("/health");
        app.MapGet("/version", async (IGuestfsFactory guestfs) =>
        {
            await using GuestfsLease lease = await guestfs.OpenAsync();
            GuestfsVersion version = lease.Handle.Version();
            return $"{version.Major}.{version.Minor}.{version.Release}";
        });
        await app.StartAsync();
        using HttpClient client = new() { BaseAddress = new Uri(app.Urls.First()) };
        Console.WriteLine($"{await client.GetStringAsync("/version")} Config");
        if (args.Length > 0 && await client.GetStringAsync("/health") is not "Healthy" and var health)
        {
            throw new InvalidOperationException(health);
        }
        """;

    private const string Worker = """
        using Guestfs;
        using Guestfs.Extensions.Hosting;

        using OpenTelemetry.Metrics;
        using OpenTelemetry.Trace;

        List<Metric> metrics = [];
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGuestfs(options => options.MaxAppliances = 1);
        builder.Services.AddHostedService<Look>();
        builder.Services.AddOpenTelemetry()
            .WithMetrics(m => m.AddMeter(GuestfsTelemetry.MeterName).AddInMemoryExporter(metrics))
            .WithTracing(t => t.AddSource(GuestfsTelemetry.ActivitySourceName));
        Look.Launches = args.Length > 0;
        using IHost host = builder.Build();
        host.Run();
        foreach (string name in (string[])["guestfs.call.duration", "guestfs.slot.limit", "guestfs.queue.duration"])
        {
            if (!metrics.Any(metric => metric.Name == name))
            {
                throw new InvalidOperationException($"No {name}.");
            }
        }

        sealed class Look(IGuestfsFactory guestfs, IHostApplicationLifetime lifetime) : BackgroundService
        {
            internal static bool Launches;

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                await using GuestfsLease lease = Launches
                    ? await guestfs.LaunchAsync(g => g.AddDriveScratch(1 << 20), stoppingToken) : await guestfs.OpenAsync(stoppingToken);
                GuestfsVersion version = lease.Handle.Version();
                Console.WriteLine($"{version.Major}.{version.Minor}.{version.Release} Config");
                lifetime.StopApplication();
            }
        }
        """;

    private const string Tests = """
        using Guestfs;
        using Xunit;

        public class Tests
        {
            [Fact]
            public void A_handle_is_open()
            {
                using GuestfsHandle g = new();
                Assert.Equal(GuestfsState.Config, g.State);
                if (Environment.GetEnvironmentVariable("LAUNCH") == "1")
                {
                    g.AddDriveScratch(1 << 20);
                    g.Launch();
                    Assert.Equal(["/dev/sda"], g.ListDevices());
                }
            }
        }
        """;

    // With it all that the documentation shows.
    [Fact]
    public void A_console_program_builds_and_runs()
    {
        using TempDirectory directory = new();
        File.WriteAllText(directory.File("Examples.cs"), Examples());
        Write(directory, "consumer", "Microsoft.NET.Sdk", Packages + Hosting, Program);
        Dotnet("build", directory.File("consumer.csproj"), "-o", directory.File("out"));
        Assert.Equal(feed.Read("Guestfs", "lib/net10.0/Guestfs.dll"), File.ReadAllBytes(directory.File("out/Guestfs.dll")));
        Judge("dotnet", directory.File("out/consumer.dll"));
    }

    [Fact]
    public void A_trimmed_program_is_published_without_a_warning_and_runs() =>
        Publish("-p:PublishTrimmed=true", "--self-contained", "-p:PublishSingleFile=true");

    [Fact]
    public void A_program_compiled_ahead_of_time_is_published_without_a_warning_and_runs() => Publish("-p:PublishAot=true");

    [Fact]
    public void A_web_program_builds_and_runs()
    {
        using TempDirectory directory = new();
        Write(directory, "web", "Microsoft.NET.Sdk.Web", Hosting, Web);
        Dotnet("build", directory.File("web.csproj"), "-o", directory.File("out"));
        Judge("dotnet", directory.File("out/web.dll"));
    }

    [Fact]
    public void A_worker_with_OpenTelemetry_builds_and_runs()
    {
        using TempDirectory directory = new();
        Write(directory, "worker", "Microsoft.NET.Sdk.Worker", Hosting + """
            <PackageReference Include="Microsoft.Extensions.Hosting" Version="10.0.10" />
            <PackageReference Include="OpenTelemetry.Extensions.Hosting" Version="1.20.1" />
            <PackageReference Include="OpenTelemetry.Exporter.InMemory" Version="1.20.1" />
            """, Worker);
        Dotnet("build", directory.File("worker.csproj"), "-o", directory.File("out"));
        Judge("dotnet", directory.File("out/worker.dll"));
    }

    [Fact]
    public void A_test_project_builds_and_runs()
    {
        using TempDirectory directory = new();
        Write(directory, "tests", "Microsoft.NET.Sdk", Packages + """<PackageReference Include="xunit.v3" Version="3.2.2" />""", Tests);
        Dotnet("build", directory.File("tests.csproj"), "-o", directory.File("out"));
        string output = Command.Run("env", $"LAUNCH={(Soak.IsOn ? 1 : 0)}", "dotnet", directory.File("out/tests.dll"), "-noColor");
        Assert.Contains("Total: 1, Errors: 0, Failed: 0, Skipped: 0", output, StringComparison.Ordinal);
    }

    private void Publish(params string[] how)
    {
        using TempDirectory directory = new();
        Write(directory, "consumer", "Microsoft.NET.Sdk", Packages, Program);
        Dotnet("publish", directory.File("consumer.csproj"), ["-r", "linux-x64", "-o", directory.File("out"), .. how]);
        Judge(directory.File("out/consumer"));
    }

    // The system's NuGet configuration and the feed. What the feed brings does not stay in the user's cache.
    private void Write(TempDirectory directory, string name, string sdk, string packages, string program)
    {
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");
        File.WriteAllText(directory.File($"{name}.csproj"), $"""
            <Project Sdk="{sdk}">
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
                {packages}
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(directory.File("Program.cs"), program);
    }

    private static void Dotnet(string command, string project, params string[] more)
    {
        string output = Command.Run(
            "dotnet", [command, project, "-c", "Release", "--nologo", .. NativePublish.ServerOptions, .. more]);
        Assert.DoesNotContain(": warning ", output, StringComparison.OrdinalIgnoreCase);
    }

    // "guestfish 1.48.6"; a soak launches, too.
    private static void Judge(string program, params string[] arguments)
    {
        string version = Command.Run("guestfish", "--version").Split(' ')[1].Trim();
        Assert.Equal($"{version} Config\n", Command.Run(program, Soak.IsOn ? [.. arguments, "launch"] : arguments));
    }

    // Each is the body of a method; those that make no handle are given one.
    private string Examples()
    {
        StringBuilder all = new("""
            #pragma warning disable CS1998 // nothing to await
            using Guestfs;
            using Guestfs.Appliances;

            static class Examples
            {

            """);
        string[] examples = [.. ((string[])["Guestfs", "Guestfs.Appliances"]).SelectMany(package =>
            XDocument.Load(new MemoryStream(feed.Read(package, $"lib/net10.0/{package}.xml")!))
                .Descendants("example").Elements("code").Select(code => code.Value))];
        Assert.True(examples.Length > 10, $"{examples.Length}");
        for (int i = 0; i < examples.Length; i++)
        {
            string parameter = Handle().IsMatch(examples[i]) ? "" : "GuestfsHandle g";
            all.Append($"    static async Task Example{i}({parameter})\n    {{\n{examples[i]}\n    }}\n");
        }

        return all.Append("}\n").ToString();
    }

    [GeneratedRegex(@"GuestfsHandle g\b")]
    private static partial Regex Handle();
}
