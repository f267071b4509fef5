// The build. Run it through build.sh, which installs what a target needs: './build.sh test'.
using System.Diagnostics;
using System.Xml.Linq;

#load "tests/Matrix.Tests/table.cake"

var target = Argument("target", "Test");
var configuration = Argument("configuration", "Release");

var artifacts = MakeAbsolute(Directory("artifacts"));
var results = artifacts.Combine("tests");

// The tests in the order in which they are begun, three at a time, since many wait: quick ones first, so that a mistake shows within a
// minute, then the longest. Those that need an appliance run one after another in their process; as three processes they are done sooner.
const string ApplianceTests = "tests/Facade.IntegrationTests/Guestfs.IntegrationTests.csproj";

// These publish what the last run takes to a newer release.
const string CliTests = "tests/Cli.Tests/Guestfs.Cli.Tests.csproj", AotTests = "tests/Aot.Tests/Guestfs.Aot.Tests.csproj",
    ExportsTests = "tests/Exports.Tests/Guestfs.Exports.Tests.csproj";

// Compilers of other languages are large: what needs them is a run of its own.
const string InstallTests = "tests/Install.Tests/Guestfs.Install.Tests.csproj", LanguageTests = "Guestfs.Install.Tests.LanguageTests";

// How a run ends for which there is no root.
const int NoRoot = -1;

bool Publishes(TestRun run) => run.Project is AotTests or ExportsTests || run is { Project: CliTests, Part: null };
string[] Only(string[] names) => names.SelectMany(name => new[] { "-namespace", "Guestfs.IntegrationTests." + name }).ToArray();
string[] Without(string[] names) => names.SelectMany(name => new[] { "-namespace-", "Guestfs.IntegrationTests." + name }).ToArray();
var launchNamespaces = new[] { "Launching" };
var handleNamespaces = new[] { "Async", "Inspection", "Observability", "Session" };
var testRuns = new TestRun[]
{
    new("tests/Generator.Tests/Guestfs.Generator.Tests.csproj"),
    new("tests/Interop.Tests/Guestfs.Interop.Tests.csproj"),
    new(ApplianceTests, "launches", Only(launchNamespaces)),
    new(CliTests, "guests", "-namespace", "Guestfs.Cli.Tests.Guests"),
    new("tests/Facade.Tests/Guestfs.Tests.csproj"),
    new("tests/ApplianceBuilder.Tests/Guestfs.Appliances.Tests.csproj"),
    new(ApplianceTests, "calls", Without([.. launchNamespaces, .. handleNamespaces])),
    new(AotTests),
    new(CliTests, null, "-namespace-", "Guestfs.Cli.Tests.Guests"),
    new(ApplianceTests, "handles", Only(handleNamespaces)),
    new("tests/Hosting.Tests/Guestfs.Extensions.Hosting.Tests.csproj"),
    new(ExportsTests),
    new(InstallTests, null, "-class-", LanguageTests),
    new("tests/Package.Tests/Guestfs.Package.Tests.csproj"),
};

// A test project, or the part of it that a filter of the test runner chooses.
sealed record TestRun(string Project, string Part = null, params string[] Filter)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Project) + (Part is null ? "" : "." + Part);
}

// Without libvirt. Settings of the caller win.
Dictionary<string, string> ApplianceEnvironment() =>
    new() { ["LIBGUESTFS_BACKEND"] = EnvironmentVariable("LIBGUESTFS_BACKEND") ?? "direct" };

// Which appliance the tests launch that do not care: this builder's of the profile fast or stock, or the distribution's.
Dictionary<string, string> TestEnvironment(string usual)
{
    var environment = ApplianceEnvironment();
    var appliance = Argument("appliance", usual);
    if (appliance != "distribution")
    {
        var build = new ProcessSettings
        {
            Arguments = $"src/Cli/bin/{configuration}/net10.0/gfs.dll appliance build --profile {appliance}",
            RedirectStandardOutput = true,
        };
        var exit = StartProcess(Installed("dotnet"), build, out var directory);
        environment["LIBGUESTFS_PATH"] = exit == 0
            ? directory.Single()
            : throw new CakeException($"The appliance could not be built ({exit}).");
    }

    return environment;
}

// Process.Start would take one of the current directory first.
string Installed(string program) => EnvironmentVariable("PATH").Split(':').Where(folder => folder.StartsWith('/'))
    .Select(folder => System.IO.Path.Combine(folder, program)).First(System.IO.File.Exists);

string Program(string project) =>
    $"{System.IO.Path.GetDirectoryName(project)}/bin/{configuration}/net10.0/{System.IO.Path.GetFileNameWithoutExtension(project)}.dll";

FilePath ResultsOf(TestRun run) => results.CombineWithFilePath(run.Name + ".xml");

// What the tests print comes in one piece, so that two projects at once can be read.
(int Exit, string Output) RunTests(TestRun run, Dictionary<string, string> environment) =>
    Run("dotnet", new[] { Program(run.Project), "-noColor", "-xml", ResultsOf(run).FullPath }.Concat(run.Filter), environment);

(int Exit, string Output) Run(string program, IEnumerable<string> arguments, Dictionary<string, string> environment)
{
    var start = new ProcessStartInfo(Installed(program), arguments)
    {
        RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Context.Environment.WorkingDirectory.FullPath,
    };
    foreach (var (name, value) in environment)
    {
        start.Environment[name] = value;
    }

    var output = new System.Text.StringBuilder();
    void Add(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null)
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }
        }
    }

    using var process = new System.Diagnostics.Process { StartInfo = start };
    process.OutputDataReceived += Add;
    process.ErrorDataReceived += Add;
    process.Start();
    process.BeginOutputReadLine();
    process.BeginErrorReadLine();
    process.WaitForExit();
    return (process.ExitCode, output.ToString());
}

// Runs a program that must succeed.
void Must(string program, string arguments, DirectoryPath folder = null)
{
    var exit = StartProcess(Installed(program), new ProcessSettings { Arguments = arguments, WorkingDirectory = folder ?? "." });
    if (exit != 0)
    {
        throw new CakeException($"'{program} {arguments}' ended with {exit}.");
    }
}

void Generator(string verb) => DotNetRun("src/Generator", verb, new DotNetRunSettings { Configuration = configuration });

Task("Build")
    .Does(() => DotNetBuild("Guestfs.slnx", new DotNetBuildSettings
    {
        Configuration = configuration,
        Verbosity = DotNetVerbosity.Minimal,

        // Otherwise each project starts a compiler of its own, and takes twice as long; some environments turn its server off.
        MSBuildSettings = new DotNetMSBuildSettings().WithProperty("UseSharedCompilation", "true"),
    }));

Task("Generate")
    .Does(() => Generator("generate"));

Task("Verify-Generated")
    .Does(() => Generator("verify"));

// Needs ClangSharp from NuGet and the header of the libguestfs version the bindings are made for.
Task("Generate-Bindings")
    .Does(() =>
{
    var folder = "src/Interop/ClangSharp";
    foreach (var arguments in new[]
    {
        "tool restore", "ClangSharpPInvokeGenerator @LibGuestfs.rsp", "ClangSharpPInvokeGenerator @LibGuestfsInternal.rsp",
    })
    {
        Must("dotnet", arguments, folder);
    }
});

Task("Test")
    .IsDependentOn("Build")
    .IsDependentOn("Verify-Generated")
    .Does(() =>
{
    EnsureDirectoryExists(results);
    CleanDirectory(results);
    var environment = TestEnvironment("fast");
    int passed = 0, failed = 0, skipped = 0;
    var gate = new object();
    var newer = System.Threading.Tasks.Task.Run(MakeNewerRoot);
    var waiting = new System.Collections.Concurrent.ConcurrentQueue<TestRun>([.. testRuns, newerRun]);
    var published = new System.Threading.CountdownEvent(testRuns.Count(Publishes));
    System.Threading.Tasks.Task.WhenAll(Enumerable.Range(0, 3).Select(_ => System.Threading.Tasks.Task.Run(() =>
    {
        while (waiting.TryDequeue(out var run))
        {
            var (exit, output) = (0, "");
            try
            {
                (exit, output) = run == newerRun ? RunOnNewer() : RunTests(run, environment);
            }
            finally
            {
                if (Publishes(run))
                {
                    published.Signal();
                }
            }

            lock (gate)
            {
                Console.Write(output);
                Count(run, exit);
            }
        }
    }))).GetAwaiter().GetResult();

    // What other tests have published then runs on a newer release. A root that cannot be made is as a missing judge.
    (int Exit, string Output) RunOnNewer()
    {
        try
        {
            var root = newer.GetAwaiter().GetResult();
            published.Wait();
            TakePublished("artifacts/aot/gfs", "artifacts/aot/guestfs-demo", "artifacts/tests/facade");
            return RunInRoot(
                root, 10, [], ["dotnet", Program(newerRun.Project), "-noColor", "-xml", ResultsOf(newerRun).FullPath, .. newerRun.Filter]);
        }
        catch (CakeException e)
        {
            return (NoRoot, $"{newerRun.Name} was not run: {e.Message}\n");
        }
    }

    void Count(TestRun run, int exit)
    {
        var name = run.Name;
        var xml = ResultsOf(run);
        if (exit == NoRoot)
        {
            _ = EnvironmentVariable("CI") == "true" ? failed++ : skipped++;
            return;
        }

        // A program that died has no results: that is a failure too.
        if (!FileExists(xml))
        {
            Error($"{name} ended with {exit} and left no results.");
            failed++;
            return;
        }

        foreach (var assembly in XDocument.Load(xml.FullPath).Root.Elements("assembly"))
        {
            int Of(string attribute) => (int?)assembly.Attribute(attribute) ?? 0;
            passed += Of("passed");
            failed += Of("failed") + Of("errors");
            skipped += Of("skipped");
            if (exit != 0 && Of("failed") + Of("errors") == 0)
            {
                Error($"{name} ended with {exit}.");
                failed++;
            }
        }
    }

    System.IO.File.WriteAllText(
        results.CombineWithFilePath("summary.txt").FullPath, $"{passed} passed, {failed} failed, {skipped} skipped\n");
    if (failed > 0)
    {
        throw new CakeException($"{failed} tests failed.");
    }
});

// The stress tests again, with many times the rounds: the classes that ask Soak for theirs.
Task("Soak")
    .IsDependentOn("Build")
    .Does(() =>
{
    var environment = TestEnvironment("distribution");
    environment["GUESTFS_SOAK"] = Argument("factor", "1");
    var failed = new List<string>();
    foreach (var project in testRuns.Select(run => run.Project).Distinct())
    {
        var classes = GetFiles($"{System.IO.Path.GetDirectoryName(project)}/**/*Tests.cs")
            .Select(file => (file, text: System.IO.File.ReadAllText(file.FullPath)))
            .Where(test => test.text.Contains("Soak."))
            .Select(test => System.Text.RegularExpressions.Regex.Match(test.text, "(?m)^namespace (.*);").Groups[1].Value
                + "." + test.file.GetFilenameWithoutExtension())
            .ToArray();
        if (classes.Length > 0
            && StartProcess(Installed("dotnet"), new ProcessSettings
            {
                Arguments = $"{Program(project)} -class {string.Join(" -class ", classes)} -noColor", EnvironmentVariables = environment,
            }) != 0)
        {
            failed.Add(project);
        }
    }

    if (failed.Count > 0)
    {
        throw new CakeException($"The soak failed in {string.Join(", ", failed)}.");
    }
});

// The C library's header and examples in Go and Rust.
Task("Test-Languages")
    .IsDependentOn("Build")
    .Does(() =>
{
    EnsureDirectoryExists(results);
    var (exit, output) = RunTests(new(InstallTests, "languages", "-class", LanguageTests), ApplianceEnvironment());
    Console.Write(output);
    if (exit != 0)
    {
        throw new CakeException("Tests of other languages failed.");
    }
});

Task("Demo")
    .Does(() => DotNetRun("samples/Demo", new ProcessArgumentBuilder().AppendQuoted(Argument("directory", "")),
        new DotNetRunSettings { Configuration = configuration, EnvironmentVariables = ApplianceEnvironment() }));

Task("Publish")
    .Does(() =>
{
    foreach (var project in new[] { "src/Cli", "samples/Demo" })
    {
        DotNetPublish(project, new DotNetPublishSettings
        {
            Configuration = configuration,
            Runtime = "linux-x64",
            OutputDirectory = artifacts.Combine("publish"),
        });
    }

    // The C libraries, laid out as they are installed.
    var facade = artifacts.Combine("facade");
    foreach (var project in new[] { "src/Facade/Exports", "src/Facade/ApplianceExports" })
    {
        DotNetPublish(
            project, new DotNetPublishSettings { Configuration = configuration, Runtime = "linux-x64", OutputDirectory = facade });
    }

    var arguments = new ProcessArgumentBuilder().Append("native/install/install.sh").AppendQuoted($"--libraries={facade}")
        .AppendQuoted($"--prefix={Argument("prefix", "/usr/local")}")
        .AppendQuoted($"--libdir={Argument("libdir", "lib")}")
        .AppendQuoted($"--destdir={MakeAbsolute(Directory(Argument("destdir", "artifacts/install")))}");
    Must("bash", arguments.Render());
});

Task("Pack")
    .Does(() =>
{
    // Which commit a package is of, where that is known.
    var settings = new DotNetMSBuildSettings();
    var revision = new ProcessSettings { Arguments = "rev-parse HEAD", RedirectStandardOutput = true, RedirectStandardError = true };
    if (StartProcess(Installed("git"), revision, out var commit) == 0)
    {
        settings.WithProperty("RepositoryCommit", commit.Single());
    }

    // The tool has a package that names the others, one that is compiled ahead of time, and one for all other processors.
    foreach (var (project, options) in new[]
    {
        ("src/Interop", ""), ("src/Facade/Managed", ""), ("src/ApplianceBuilder", ""), ("src/Hosting", ""), ("src/Templates/Package", ""),
        ("src/Cli", ""), ("src/Cli", "--runtime linux-x64"), ("src/Cli", "-p:ForAnyProcessor=true"),
    })
    {
        DotNetPack(project, new DotNetPackSettings
        {
            Configuration = configuration,
            OutputDirectory = artifacts.Combine("packages"),
            MSBuildSettings = settings,
            ArgumentCustomization = arguments => arguments.Append(options),
        });
    }
});

// Debian packages of the C library and of gfs, by Debian's own tools, in artifacts/deb; lintian looks at them.
Task("Deb")
    .Does(() =>
{
    // A changelog names the version that it packages.
    var version = XDocument.Load("Directory.Build.props").Descendants("Version").Single().Value;
    var changelog = System.IO.File.ReadLines("native/debian/changelog").First();
    if (!changelog.StartsWith($"guestfs-facade ({version})"))
    {
        throw new CakeException($"native/debian/changelog begins with '{changelog}', and the version is {version}: add an entry.");
    }

    var deb = artifacts.Combine("deb");
    var source = deb.Combine($"guestfs-facade-{version}");
    EnsureDirectoryExists(deb);
    CleanDirectory(deb);
    foreach (var (project, folder) in
        new[] { ("src/Facade/Exports", "facade"), ("src/Facade/ApplianceExports", "facade"), ("src/Cli", "gfs") })
    {
        DotNetPublish(project, new DotNetPublishSettings
        {
            Configuration = configuration,
            Runtime = "linux-x64",
            OutputDirectory = source.Combine("published").Combine(folder),
        });
    }

    CopyDirectory("native/debian", source.Combine("debian"));
    CopyDirectory("native/install", source.Combine("native/install"));
    CopyFile("Directory.Build.props", source.CombineWithFilePath("Directory.Build.props"));
    var examples = "native/install/examples";
    Must("chmod", $"755 debian/rules native/install/install.sh {examples}/disk.py {examples}/disk_cffi.py", source);
    Must("dpkg-buildpackage", "--build=binary --unsigned-source --unsigned-changes", source);
    Must("lintian", $"--pedantic --fail-on error,warning,info,pedantic guestfs-facade_{version}_amd64.changes", deb);
});

Task("Bench")
    .IsDependentOn("Build")
    .Does(() =>
{
    foreach (var name in new[] { "run", "exports", "transfers", "appliance", "launch", "inspect", "extract", "tool" })
    {
        Must("bash", $"tests/Bench/{name}.sh");
    }
});

#load "tests/Matrix.Tests/matrix.cake"
#load "tests/Matrix.Tests/bundles.cake"
#load "docs/site/site.cake"

RunTarget(target);
