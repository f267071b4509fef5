// './build.sh matrix': the tests on other Debian releases than this system's, with binaries that were built on this one, the oldest.
//   --releases=trixie,sid           some of the releases
//   --parts=Interop.Tests,gfs       some of the parts
//   --fresh=true                    makes the roots anew, with the packages of today
// What each part did is kept under artifacts/matrix; docs/matrix.md shows all results that are there.

// Tests of one project. Minutes bound what hangs: about four times what a part takes on two quiet cores.
sealed record MatrixPart(string Name, TestRun Tests, int Minutes);

const string MatrixTests = "tests/Matrix.Tests/Guestfs.Matrix.Tests.csproj";
var matrixReleases = new[] { "bookworm", "trixie", "sid" };
var matrixMinutes = new Dictionary<string, int>
{
    ["Interop.Tests"] = 10, ["Facade.Tests"] = 30, ["ApplianceBuilder.Tests"] = 60, ["Facade.IntegrationTests"] = 90,
    ["Install.Tests"] = 10,
};

// One release has one process for the appliances' tests at a time: what the test command runs side by side is one part here.
MatrixPart[] matrixParts =
[
    new("gfs", new(MatrixTests, "gfs", "-class", "Guestfs.Matrix.Tests.GfsTests"), 10),
    new("C", new(MatrixTests, "C", "-class", "Guestfs.Matrix.Tests.CLibraryTests"), 10),
    new("demo", new(MatrixTests, "demo", "-class", "Guestfs.Matrix.Tests.DemoTests"), 10),
    new("pairs", new(MatrixTests, "pairs", "-class", "Guestfs.Matrix.Tests.PairTests"), 30),
    new("C.newer", new("tests/Exports.Tests/Guestfs.Exports.Tests.csproj", "newer",
        "-class", "Guestfs.Exports.Tests.NewerFunctionTests", "-class", "Guestfs.Exports.Tests.NewerOptionTests",
        "-class", "Guestfs.Exports.Tests.HostReportTests"), 10),
    .. testRuns.Where(run => run.Part is not ("launches" or "handles"))
        .Append(new(ApplianceTests, "handles", Only([.. launchNamespaces, .. handleNamespaces])))
        .Select(run => (run, folder: new DirectoryPath(run.Project).GetParent().GetDirectoryName()))
        .Where(test => matrixMinutes.ContainsKey(test.folder))
        .Select(test => new MatrixPart(
            test.folder + (test.run.Part is null ? "" : "." + test.run.Part), test.run, matrixMinutes[test.folder])),
];

var matrixResults = artifacts.Combine("matrix");
var roots = artifacts.Combine("roots");

// A root with what some groups of build.sh's packages hold.
string MakeRoot(string name, string release, params string[] groups)
{
    var root = roots.Combine(name).FullPath;
    var (exit, output) = Run("bash", new[] { "tests/Matrix.Tests/root.sh", "make", release, root }.Concat(groups), []);
    return exit == 0
        ? root
        : throw new CakeException(
            $"The root of {release} could not be made ({exit}):\n{string.Join('\n', output.Split('\n').TakeLast(30))}");
}

// The short form, in the test command: one launch of each kind on the next release, in a root with little more than that needs.
var newerRun = new TestRun(MatrixTests, null, "-class-", "Guestfs.Matrix.Tests.PairTests");
string MakeNewerRoot() => MakeRoot("trixie-short", "trixie", "run", "aot", "judge");

// In a root, with what is published where the tests look for it. A judge that is missing there fails its test.
(int Exit, string Output) RunInRoot(string root, int minutes, Dictionary<string, string> environment, params string[] command) => Run(
    "bash",
    [
        "tests/Matrix.Tests/root.sh", "run", root, $"{minutes * 60}",
        "CI=true", "LIBGUESTFS_BACKEND=direct", $"GUESTFS_PUBLISHED={matrixResults}/published",
        .. environment.Select(variable => $"{variable.Key}={variable.Value}"),
        .. command,
    ],
    []);

// The binaries that run in the roots, together.
void TakePublished(DirectoryPath gfs, DirectoryPath demo, DirectoryPath facade)
{
    var published = matrixResults.Combine("published");
    EnsureDirectoryExists(published);
    CleanDirectory(published);
    CopyFileToDirectory(gfs.CombineWithFilePath("gfs"), published);
    CopyFileToDirectory(demo.CombineWithFilePath("guestfs-demo"), published);
    CopyDirectory(facade, published.Combine("facade"));
}

Task("Matrix")
    .IsDependentOn("Build")
    .IsDependentOn("Publish")
    .Does(() =>
{
    string[] Chosen(string argument, IEnumerable<string> all) => Argument(argument, "") is { Length: > 0 } given
        ? given.Split(',').Select(name => all.Contains(name)
            ? name
            : throw new CakeException($"--{argument}={given}: '{name}' is none of {string.Join(", ", all)}.")).ToArray()
        : all.ToArray();
    var releases = Chosen("releases", matrixReleases);
    var names = Chosen("parts", matrixParts.Select(part => part.Name));
    TakePublished(artifacts.Combine("publish"), artifacts.Combine("publish"), artifacts.Combine("facade"));

    // One release after the other makes its root: they would wait for the same disk. Then two at a time run their parts.
    foreach (var release in releases)
    {
        if (Argument("fresh", false) && DirectoryExists(roots.Combine(release)))
        {
            DeleteDirectory(roots.Combine(release), new DeleteDirectorySettings { Recursive = true, Force = true });
        }

        Information($"The root of {release}...");
        MakeRoot(release, release, "run", "aot", "cross", "test");
    }

    var waiting = new System.Collections.Concurrent.ConcurrentQueue<string>(releases);
    System.Threading.Tasks.Task.WhenAll(Enumerable.Range(0, 2).Select(_ => System.Threading.Tasks.Task.Run(() =>
    {
        while (waiting.TryDequeue(out var release))
        {
            RunRelease(release, matrixParts.Where(part => names.Contains(part.Name)));
        }
    }))).GetAwaiter().GetResult();

    var table = Table();
    Information(table.Text);
    var failed = releases
        .SelectMany(release => names.Where(name => table.Failed(release, name)).Select(name => $"{release} {name}"))
        .ToArray();
    if (failed.Length > 0)
    {
        throw new CakeException($"Failed: {string.Join(", ", failed)}.");
    }
});

MatrixTable Table() =>
    new(matrixReleases, matrixParts.Select(part => part.Name).ToArray(), matrixResults.FullPath, roots.FullPath);

void RunRelease(string release, IEnumerable<MatrixPart> parts)
{
    var folder = matrixResults.Combine(release);
    var root = roots.Combine(release).FullPath;
    EnsureDirectoryExists(folder);

    // Appliances of an earlier build, which may have had the same version.
    var cache = roots.Combine(release).Combine("root/.cache/guestfs-appliances");
    if (DirectoryExists(cache))
    {
        DeleteDirectory(cache, new DeleteDirectorySettings { Recursive = true, Force = true });
    }

    // The appliance that tests launch that do not care.
    var (built, appliance) = RunInRoot(root, 10, [], $"{matrixResults}/published/gfs", "appliance", "build");
    var environment = new Dictionary<string, string>();
    if (built == 0)
    {
        environment["LIBGUESTFS_PATH"] = appliance.Split('\n').Last(line => line.StartsWith('/'));
    }

    foreach (var part in parts)
    {
        var xml = folder.CombineWithFilePath(part.Name + ".xml").FullPath;
        foreach (var old in new[] { xml, folder.CombineWithFilePath(part.Name + ".txt").FullPath })
        {
            System.IO.File.Delete(old);
        }

        var (exit, output) = RunInRoot(root, part.Minutes, environment,
            ["dotnet", Program(part.Tests.Project), "-noColor", "-longRunning", "120", "-xml", xml, .. part.Tests.Filter]);
        var end = exit == 137 ? $"still ran after {part.Minutes} minutes, and was ended" : $"ended with {exit}";
        System.IO.File.WriteAllText(folder.CombineWithFilePath(part.Name + ".txt").FullPath, $"{output}\n{part.Name} {end}\n");
        lock (matrixResults)
        {
            System.IO.File.WriteAllText("docs/matrix.md", Table().Text);
        }

        Information($"{release}: {part.Name} {end}");
    }
}
