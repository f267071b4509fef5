// The page that shows what the matrix found.

// What is read of the results: xunit's XML, and what a part printed.
sealed class MatrixTable(string[] releases, string[] parts, string results, string roots)
{
    // Packages whose versions say what was run; the first that is there of several names.
    private static readonly (string Name, string[] Packages)[] Versions =
    [
        ("libguestfs", ["libguestfs0t64", "libguestfs0"]), ("supermin", ["supermin"]), ("kernel", ["linux-image-cloud-amd64"]),
        ("qemu", ["qemu-system-x86"]), ("systemd", ["systemd"]), ("gcc", ["gcc"]), ("glibc", ["libc6"]),
    ];

    public string Text => string.Join('\n',
    [
        "# Releases", "",
        "What `./build.sh matrix` found: the test projects on each Debian release, with its own libguestfs, qemu, kernel and judges.",
        "*gfs*, *C* and *demo* are the tool, the C library and the demonstration as they were built on the oldest; *pairs* runs each",
        "release's libguestfs on the appliances of all three, and *C.newer* calls from C what is newer than the oldest. That target",
        "writes this page.", "",
        Row(["", .. releases]), Row([.. Enumerable.Repeat("---", releases.Length + 1)]),
        .. parts.Select(part => Row([part, .. releases.Select(release => Cell(release, part))])), "",
        "## Versions", "",
        Row(["", .. releases]), Row([.. Enumerable.Repeat("---", releases.Length + 1)]),
        .. Versions.Select(version => Row([version.Name, .. releases.Select(release => Version(release, version.Packages))])), "",
        .. releases.SelectMany(Reasons),
    ]);

    public bool Failed(string release, string part) =>
        Load(release, part) is not { } tests || tests.Any(test => test.Result == "Fail") || !Ended(release, part);

    private string File(string release, string part, string extension) => System.IO.Path.Combine(results, release, part + extension);

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private sealed record Outcome(string Name, string Result, string Reason);

    // Null when the part left no results: it was not run, or did not come to its end.
    private Outcome[] Load(string release, string part)
    {
        var file = File(release, part, ".xml");
        return System.IO.File.Exists(file)
            ? XDocument.Load(file).Descendants("test").Select(test => new Outcome(
                (string)test.Attribute("name"), (string)test.Attribute("result"),
                FirstLines((string)test.Element("reason") ?? (string)test.Descendants("message").FirstOrDefault() ?? "")))
              .Concat(XDocument.Load(file).Descendants("error").Select(error => new Outcome(
                (string)error.Attribute("name") ?? "outside of any test", "Fail",
                FirstLines((string)error.Descendants("message").FirstOrDefault() ?? ""))))
              .ToArray()
            : null;
    }

    private bool Ended(string release, string part)
    {
        var file = File(release, part, ".txt");
        return !System.IO.File.Exists(file) || !System.IO.File.ReadAllText(file).TrimEnd().EndsWith("and was ended");
    }

    private string Cell(string release, string part)
    {
        if (Load(release, part) is not { } tests)
        {
            return System.IO.File.Exists(File(release, part, ".txt")) ? "**no results**" : "not run";
        }

        int Count(string result) => tests.Count(test => test.Result == result);
        return $"{Count("Pass")} passed"
            + (Count("Fail") > 0 ? $", **{Count("Fail")} failed**" : "")
            + (Count("Skip") > 0 ? $", {Count("Skip")} skipped" : "");
    }

    // Tests that share a reason share a line.
    private IEnumerable<string> Reasons(string release)
    {
        var lines = parts.SelectMany(part => Load(release, part) is { } tests
            ? tests.Where(test => test.Result is "Fail" or "Skip")
                .GroupBy(test => (test.Result, test.Reason))
                .Select(same => $"- {part}, {(same.Key.Result == "Fail" ? "**failed**" : "skipped")}: {Escaped(same.Key.Reason)}"
                    + $" ({string.Join(", ", same.Select(test => $"`{Short(test.Name)}`").Distinct())})")
            : System.IO.File.Exists(File(release, part, ".txt"))
                ? [$"- {part}, **no results**: {Escaped(LastLine(File(release, part, ".txt")))}"]
                : []).ToArray();
        return lines.Length == 0 ? [] : [$"## Not passed on {release}", "", .. lines, ""];
    }

    private static string LastLine(string file) => System.IO.File.ReadLines(file).Last(line => line.Length > 0);

    private static string Short(string name) =>
        name.StartsWith("Guestfs.") ? string.Join('.', name.Split('(')[0].Split('.').TakeLast(2)) : name;

    private static string FirstLines(string text)
    {
        // xunit escapes them a second time.
        text = text.Replace("\\\"", "\"").Replace(System.IO.Directory.GetCurrentDirectory() + "/", "");
        var line = string.Join(' ', text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(3));
        return line.Length <= 300 ? line : line[..300] + "...";
    }

    private static string Escaped(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"([\\`*_<>|\[\]])", @"\$1");

    private string Version(string release, string[] packages)
    {
        var status = System.IO.Path.Combine(roots, release, "var/lib/dpkg/status");
        var installed = !System.IO.File.Exists(status) ? [] : System.IO.File.ReadAllText(status).Split("\n\n")
            .Where(paragraph => paragraph.Contains("\nStatus: install ok installed\n"))
            .Select(paragraph => paragraph.Split('\n'))
            .GroupBy(lines => lines[0]["Package: ".Length..])
            .ToDictionary(group => group.Key, group => group.First().First(line => line.StartsWith("Version: "))["Version: ".Length..]);
        return packages.Where(installed.ContainsKey).Select(package => installed[package]).FirstOrDefault() ?? "";
    }
}
