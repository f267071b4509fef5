// Tests with a bundle in place of what is installed.

// './build.sh test-bundle': the tests that launch appliances, in .NET, from C, by the tool and in services, with a bundle of the installed
// packages in place of the system's libguestfs, qemu and appliance.
//   --bundle=DIR                    another bundle
Task("Test-Bundle")
    .IsDependentOn("Build")
    .Does(() =>
{
    EnsureDirectoryExists(results);
    var bundle = Argument("bundle", artifacts.Combine("bundle").FullPath);
    if (!HasArgument("bundle"))
    {
        DotNetExecute(
            $"src/Cli/bin/{configuration}/net10.0/gfs.dll", new ProcessArgumentBuilder().Append("bundle build -o").AppendQuoted(bundle));
    }

    var environment = ApplianceEnvironment();
    environment["GUESTFS_BUNDLE"] = bundle;
    environment["LIBGUESTFS_PATH"] = System.IO.Path.Combine(bundle, "appliance");
    string[] launching = ["DeathTests", "InspectionTests", "ProgramTests", "SessionTests"];
    var failed = new List<string>();
    foreach (var run in new TestRun[]
    {
        new("tests/Hosting.Tests/Guestfs.Extensions.Hosting.Tests.csproj", "bundle"),
        new(ExportsTests, "bundle", launching.SelectMany(name => new[] { "-class", "Guestfs.Exports.Tests." + name }).ToArray()),
        new(CliTests, "bundle", "-namespace", "Guestfs.Cli.Tests.Guests"),
        new(ApplianceTests, "bundle"),
    })
    {
        var (exit, output) = RunTests(run, environment);
        Console.Write(output);
        if (exit != 0)
        {
            failed.Add(run.Name);
        }
    }

    if (failed.Count > 0)
    {
        throw new CakeException($"Tests failed with the bundle: {string.Join(", ", failed)}.");
    }
});

// './build.sh test-bundle-roots': a bundle of each release, in the smallest roots of all releases, and in one of musl alone.
//   --releases=bookworm,trixie      some of the releases
Task("Test-Bundle-Roots")
    .IsDependentOn("Build")
    .IsDependentOn("Publish")
    .IsDependentOn("Pack")
    .Does(() =>
{
    TakePublished(artifacts.Combine("publish"), artifacts.Combine("publish"), artifacts.Combine("facade"));
    var published = matrixResults.Combine("published");
    CopyDirectory("native/install/include", published.Combine("include"));
    var bundles = artifacts.Combine("bundles");
    EnsureDirectoryExists(bundles);
    var releases = Argument("releases", string.Join(",", matrixReleases)).Split(',');
    var programs = artifacts.Combine("bundle-programs");
    foreach (var release in releases)
    {
        Must($"{published}/gfs", $"bundle build --suite {release} --allow-expired -o \"{bundles}/{release}\"");
        PublishGuide($"{bundles}/{release}", programs.Combine(release), $"{published}/gfs");
    }

    foreach (var root in releases.Select(release => MakeRoot($"bare-{release}", release)))
    {
        foreach (var release in releases)
        {
            Information($"The bundle of {release} in {root}...");
            Must("bash", $"tests/Matrix.Tests/bundle.sh use \"{root}\" \"{bundles}/{release}\" \"{published}\"");
            Must("bash", $"tests/Matrix.Tests/bundle.sh program \"{root}\" \"{programs}/{release}/published\"");
        }
    }

    if (releases.Contains("bookworm") && releases.Contains("trixie"))
    {
        var (exit, output) = RunInRoot(
            MakeNewerRoot(), 10, [], "bash", "tests/Matrix.Tests/bundle.sh", "together", $"{bundles}/bookworm", $"{bundles}/trixie",
            $"{published}/gfs");
        if (exit != 0)
        {
            throw new CakeException($"Not together:\n{output}");
        }
    }

    var musl = artifacts.Combine("musl");
    EnsureDirectoryExists(musl);
    CleanDirectory(musl);
    EnsureDirectoryExists(musl.Combine("root"));
    System.IO.File.WriteAllText($"{musl}/program.csproj", SmallProject($"""
        <ItemGroup>
          <Reference Include="{MakeAbsolute(Directory("src/Interop/bin"))}/{configuration}/net10.0/Guestfs.Interop.dll" />
        </ItemGroup>
        """));
    System.IO.File.WriteAllText($"{musl}/program.cs", """
        try
        {
            System.Console.WriteLine(Guestfs.Interop.GuestfsLibrary.Load());
        }
        catch (System.DllNotFoundException e)
        {
            System.Console.WriteLine(e.Message);
        }
        """);
    PublishAlone($"{musl}/program.csproj", $"{musl}/program", "linux-musl-x64");
    Must("bash", $"tests/Matrix.Tests/bundle.sh musl \"{musl}/root\" \"{bundles}/{releases[0]}\" \"{musl}/program\"");
});

// The guide's samples as one file that has .NET in it, with the bundle from a package beside it.
void PublishGuide(string bundle, DirectoryPath folder, string gfs)
{
    EnsureDirectoryExists(folder);
    CleanDirectory(folder);
    Must(gfs, $"bundle pack \"{bundle}\" -o \"{folder}\"");
    var packages = EnvironmentVariable("NUGET_PACKAGES") ?? $"{EnvironmentVariable("HOME")}/.nuget/packages";
    System.IO.File.WriteAllText($"{folder}/program.csproj", SmallProject($"""
        <PropertyGroup>
          <ImplicitUsings>enable</ImplicitUsings>
          <PublishSingleFile>true</PublishSingleFile>
          <RestoreAdditionalProjectSources>{artifacts}/packages;{folder}</RestoreAdditionalProjectSources>
          <RestorePackagesPath>{folder}/packages</RestorePackagesPath>
          <RestoreFallbackFolders>{packages}</RestoreFallbackFolders>
        </PropertyGroup>
        <ItemGroup>
          <Using Include="Guestfs" />
          <PackageReference Include="Guestfs" Version="*" />
          <PackageReference Include="Guestfs.Runtime.linux-x64" Version="*" />
        </ItemGroup>
        """));
    var guide = System.IO.File.ReadAllText("tests/Facade.IntegrationTests/Guide/GuideTests.cs");
    string Sample(string name) => System.Text.RegularExpressions.Regex.Match(
        guide, $@"// <{name}>\n(.*?)// </{name}>", System.Text.RegularExpressions.RegexOptions.Singleline) is { Success: true } found
        ? found.Groups[1].Value
        : throw new CakeException($"The guide has no sample '{name}'.");
    System.IO.File.WriteAllText($"{folder}/program.cs", $$"""
        Folder host = new(args[0]);
        string disk = host.File("disk.img"), image = host.File("image"), directory = "/samples", path = "/samples/log";
        CancellationToken cancellationToken = default;
        void Print(string? line) => Console.WriteLine(line);
        File.WriteAllBytes(image, new byte[1 << 20]);
        using (FileStream empty = File.Create(disk))
        {
            empty.SetLength(64 << 20);
        }

        {
            {{Sample("Session")}}
        }

        using (GuestfsHandle g = new())
        {
            g.AddDrive(disk, new() { Format = "raw" });
            g.Launch();
            g.Mount("/dev/sda", "/");
            g.Mkdir(directory);
            {
                {{Sample("Asynchronous")}}
                Print(checksum);
            }

            {
                {{Sample("GuestFiles")}}
                Print(first);
            }

            {
                {{Sample("Streams")}}
            }

            string target = host.File("reports");
            g.LnS("/etc/passwd", directory + "/report.link");
            {
                {{Sample("Extraction")}}
            }

            g.Shutdown();
        }

        sealed record Folder(string Name)
        {
            public string File(string name) => Path.Combine(Name, name);
        }
        """);
    PublishAlone($"{folder}/program.csproj", $"{folder}/published", "linux-x64");
    DeleteDirectory(folder.Combine("packages"), new DeleteDirectorySettings { Recursive = true, Force = true });
}

string SmallProject(string more) => $"""
    <Project Sdk="Microsoft.NET.Sdk">
      <PropertyGroup>
        <OutputType>Exe</OutputType>
        <TargetFramework>net10.0</TargetFramework>
        <Nullable>enable</Nullable>
        <InvariantGlobalization>true</InvariantGlobalization>
        <EnableDefaultItems>false</EnableDefaultItems>
      </PropertyGroup>
      <ItemGroup>
        <Compile Include="program.cs" />
      </ItemGroup>
      {more}
    </Project>
    """;

// With .NET, and nothing of this checkout's settings.
void PublishAlone(string project, string output, string runtime) => Must(
    "dotnet",
    $"publish \"{project}\" -c {configuration} -r {runtime} --self-contained -o \"{output}\" --nologo "
    + "-p:ImportDirectoryBuildProps=false -p:ImportDirectoryBuildTargets=false -p:ImportDirectoryPackagesProps=false");
