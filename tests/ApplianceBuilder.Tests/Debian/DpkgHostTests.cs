// The dpkg database of this machine; the judges are dpkg's own programs.
using System.Text.RegularExpressions;

using Guestfs.Appliances.Debian;
using Guestfs.Appliances.Packages;
using Guestfs.Appliances.Tests.Packages;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Debian;

public sealed class DpkgHostTests
{
    [Fact]
    public void Installed_packages_are_those_of_dpkg_query()
    {
        PackageSet packages = Load();
        string[] expected = Lines("dpkg-query", "-W", "-f", "${db:Status-Status}|${Package}|${Version}|${Architecture}\n");
        Assert.Equal(
            expected.Where(line => line.StartsWith("installed|", StringComparison.Ordinal))
                .Select(line => line[10..])
                .Order(StringComparer.Ordinal),
            packages.Packages.Select(package => $"{package.Name}|{package.Version}|{package.Architecture}").Order(StringComparer.Ordinal));
        Assert.Equal(Command.Run("dpkg", "--print-architecture").Trim(), packages.NativeArchitecture);
    }

    [Fact]
    public void Dependencies_and_provided_names_are_those_of_dpkg_query()
    {
        Dictionary<string, string> expected = Lines(
            "dpkg-query", "-W", "-f", "${Package}:${Architecture}|${Pre-Depends}, ${Depends}|${Provides}\n")
            .Select(line => line.Split('|', 2)).ToDictionary(parts => parts[0], parts => parts[1]);
        foreach (InstalledPackage package in Load().Packages)
        {
            // In one order, and with no white space, which is where the two may differ.
            string depends = string.Join(",", package.Depends.Select(group => Normalise(group.ToString())).Order(StringComparer.Ordinal));
            string provides = string.Join(",", package.Provides.Select(relation => Normalise(relation.ToString())));
            string judge = expected[$"{package.Name}:{package.Architecture}"];
            int bar = judge.LastIndexOf('|');
            Assert.Equal(Sort(judge[..bar]), Sort(depends));
            Assert.Equal(Normalise(judge[(bar + 1)..]), provides);
        }

        static string Sort(string groups) =>
            string.Join(",", groups.Split(',').Select(Normalise).Where(group => group.Length > 0).Order(StringComparer.Ordinal));
        static string Normalise(string text) =>
            text.Replace(" ", "", StringComparison.Ordinal)
                .Replace("(", "", StringComparison.Ordinal)
                .Replace(")", "", StringComparison.Ordinal)
                .Replace(">>", ">", StringComparison.Ordinal).Replace("<<", "<", StringComparison.Ordinal);
    }

    [Fact]
    public void Files_and_where_they_lie_are_those_of_dpkg_listfiles()
    {
        PackageSet packages = Load();
        List<string> names = [.. packages.Packages.Select(package => $"{package.Name}:{package.Architecture}")];
        string[] blocks = Command.Run("dpkg-query", ["-L", .. names]).Split("\n\n");
        Assert.Equal(names.Count, blocks.Length);
        HashSet<string> diverted = [];
        for (int i = 0; i < blocks.Length; i++)
        {
            // A diversion is told on the line after the file it concerns.
            List<string> expected = [];
            foreach (string line in blocks[i].Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                int to = line.IndexOf(" to: ", StringComparison.Ordinal);
                if (line.StartsWith("diverted by ", StringComparison.Ordinal)
                    || line.StartsWith("locally diverted", StringComparison.Ordinal))
                {
                    expected[^1] = $"{expected[^1].Split('|')[0]}|{line[(to + 5)..]}";
                    diverted.Add(expected[^1].Split('|')[0]);
                }
                else if (line.StartsWith('/') && line != "/.")
                {
                    expected.Add($"{line}|{line}");
                }
            }

            Assert.Equal(expected, packages.Packages[i].Files.Select(file => $"{file.Path}|{file.HostPath}"));
        }

        // Of all diversions, those of files that a package has other than the one that diverts: releases with a merged /usr have many
        // of files that no package has any more.
        string[] others = [.. Lines("dpkg-divert", "--list")
            .Select(line => Regex.Match(line, "^(?:local )?diversion of (.+) to .+?(?: by (.+))?$"))
            .Where(found => Lines("sh", "-c", "dpkg-query -S \"$0\" 2>/dev/null || true", found.Groups[1].Value)
                .Select(line => Regex.Match(line, "^([^ ,]+(?:, [^ ,]+)*): (/.*)$"))
                .Any(owner => owner.Success && owner.Groups[2].Value == found.Groups[1].Value
                    && owner.Groups[1].Value.Split(", ").Any(name => name.Split(':')[0] != found.Groups[2].Value)))
            .Select(found => found.Groups[1].Value)];
        Assert.Equal(others.Order(StringComparer.Ordinal), diverted.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Configuration_files_are_those_of_dpkg_query()
    {
        Dictionary<string, string> expected = Command.Run("dpkg-query", "-W", "-f", "%${Package}:${Architecture}|${Conffiles}")
            .Split('%', StringSplitOptions.RemoveEmptyEntries)
            .Select(text => text.Split('|', 2)).ToDictionary(parts => parts[0], parts => parts[1]);
        int seen = 0;
        foreach (InstalledPackage package in Load().Packages)
        {
            string[] conffiles = [.. expected[$"{package.Name}:{package.Architecture}"]
                .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' ')[0])];
            string[] files = [.. package.Files.Select(file => file.Path)];
            string[] found = [.. package.Files.Where(file => file.IsConfiguration).Select(file => file.Path)];
            Assert.Equal(conffiles.Intersect(files).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
            seen += found.Length;
        }

        Assert.NotEqual(0, seen);
    }

    [Fact]
    public void Alternatives_are_those_of_update_alternatives()
    {
        List<string> expected = [];
        foreach (string group in Lines("update-alternatives", "--get-selections").Select(line => line.Split(' ')[0]))
        {
            // The first block names the links, the one of the current choice says where they lead.
            string[] blocks = Command.Run("update-alternatives", "--query", group).Split("\n\n");
            string value = Field(blocks[0], "Value");
            if (value != "none")
            {
                expected.Add($"{Field(blocks[0], "Link")}|/etc/alternatives/{group}|{value}");
                Dictionary<string, string> links = Slaves(blocks[0]);
                expected.AddRange(Slaves(blocks.Skip(1).First(block => Field(block, "Alternative") == value))
                    .Select(slave => $"{links[slave.Key]}|/etc/alternatives/{slave.Key}|{slave.Value}"));
            }
        }

        IReadOnlyList<AlternativeLink> found = Load().Alternatives;
        Assert.NotEmpty(found);
        Assert.Equal(expected.Order(StringComparer.Ordinal),
            found.Select(link => $"{link.Link}|{link.Middle}|{link.Target}").Order(StringComparer.Ordinal));
        Assert.All(found, link => Assert.Equal(link.Middle, new FileInfo(link.Link).LinkTarget));
    }

    [Fact]
    public void Digests_are_distinct_and_repeatable()
    {
        string[] first = [.. Load().Packages.Select(package => package.Digest)];
        Assert.All(first, digest => Assert.Matches("^[0-9a-f]{64}$", digest));
        Assert.Equal(first.Length, first.Distinct().Count());
        Assert.Equal(first, Load().Packages.Select(package => package.Digest));
    }

    [Fact]
    public void Versions_are_ordered_as_dpkg_orders_them()
    {
        Command.Require("dpkg");
        Random random = new(20);
        foreach ((string first, string second) in RandomVersions.Pairs(random, Soak.Rounds(150, 1500), "0019azA.+~"))
        {
            string sign = DebianVersion.Compare(first, second) switch { < 0 => "lt", > 0 => "gt", _ => "eq" };
            Assert.True(Command.TryRun("dpkg", ["--compare-versions", first, sign, second]).ExitCode == 0, $"{first} {sign} {second}");
            Assert.Equal(-Math.Sign(DebianVersion.Compare(first, second)), Math.Sign(DebianVersion.Compare(second, first)));
        }
    }

    private static string Field(string block, string name) =>
        block.Split('\n').First(line => line.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];

    private static Dictionary<string, string> Slaves(string block) =>
        block.Split('\n')
            .Where(line => line.StartsWith(' '))
            .Select(line => line.Trim().Split(' '))
            .ToDictionary(words => words[0], words => words[1]);

    private static PackageSet Load()
    {
        Command.Require("dpkg-query");
        return DpkgDatabase.Find("/")!.Load(TestContext.Current.CancellationToken);
    }

    private static string[] Lines(string program, params string[] arguments) =>
        Command.Run(program, arguments).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
