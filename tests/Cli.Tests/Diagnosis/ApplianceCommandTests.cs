// The commands that tell about appliances. The judges are the files themselves, dpkg and a launch.
using System.Text.Json;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Diagnosis;

public sealed class ApplianceCommandTests
{
    private static readonly string Usual = Gfs.Run("appliance", "path").Output.Trim();

    [Fact]
    public void An_appliance_is_found_and_described()
    {
        Assert.True(File.Exists(Path.Combine(Usual, "README.fixed")));
        JsonElement path = JsonDocument.Parse(Gfs.Run("appliance", "path", "--json").Output).RootElement;
        Assert.Equal(Usual, path.GetProperty("directory").GetString());
        string[][] listed = [.. Lines(Gfs.Run("appliance", "list").Output)];
        string[] line = Assert.Single(listed, line => line[0] == Usual);
        string[][] shown = [.. Lines(Gfs.Run("appliance", "show").Output)];
        Assert.Equal(line[2], Assert.Single(shown, fact => fact[0] == "kernel")[1]);
        Assert.Contains(line[2], Command.Run("ls", "/lib/modules"), StringComparison.Ordinal);
        Assert.All(shown.Where(fact => fact[0] == "file"), file =>
            Assert.Equal(file[2], Command.Run("stat", "-c", "%s", Path.Combine(Usual, file[1])).Trim()));
        string[] package = shown.First(fact => fact[0] == "package");
        if (File.Exists("/usr/bin/dpkg-query"))
        {
            Assert.Equal(package[2], Command.Run("dpkg-query", "-W", "-f", "${Version}", $"{package[1]}:{package[3]}"));
        }

        JsonElement manifest = JsonDocument.Parse(Gfs.Run("appliance", "show", "--json", Usual).Output).RootElement;
        Assert.Equal(manifest.GetProperty("packages").GetArrayLength(), shown.Count(fact => fact[0] == "package"));
    }

    [Fact]
    public void One_that_boots_passes_and_one_that_does_not_is_told_with_its_console()
    {
        CommandResult good = Gfs.Run("appliance", "test", Usual);
        Assert.Contains("mounted and written", good.Output, StringComparison.Ordinal);
        using TempDirectory work = new();
        Command.Run("cp", "-r", "--sparse=always", Usual, work.File("bad"));
        File.WriteAllBytes(work.File("bad/root"), new byte[1 << 20]);
        CommandResult bad = Gfs.TryRun(["appliance", "test", work.File("bad")]);
        Assert.Equal(4, bad.ExitCode);
        Assert.StartsWith("launch\tproblem\t", bad.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_are_compared_by_their_manifests()
    {
        using TempDirectory work = new();
        Assert.Equal("", Gfs.Run("appliance", "diff", Usual, Usual).Output);
        Command.Run("cp", "-r", "--sparse=always", Usual, work.File("other"));
        string manifest = File.ReadAllText(work.File("other/manifest.json"));
        string kernel = Lines(Gfs.Run("appliance", "show", Usual).Output).First(fact => fact[0] == "kernel")[1];
        File.WriteAllText(
            work.File("other/manifest.json"), manifest.Replace($"\"kernelVersion\": \"{kernel}\"", "\"kernelVersion\": \"1.2.3\"",
                StringComparison.Ordinal));
        CommandResult result = Gfs.TryRun(["appliance", "diff", Usual, work.File("other")]);
        Assert.Equal((1, $"appliance\tkernel\t{kernel}\t1.2.3\n"), (result.ExitCode, result.Output));
    }

    // The judge is find: what was there before and is not afterwards. What another uses stays.
    [Fact]
    public void What_is_cleaned_is_foretold()
    {
        Command.Require("flock", "find");
        using TempDirectory work = new();
        CommandResult result = Command.TryRun("bash", ["-c", """
            set -e
            tool=("$@"); mkdir -m 700 cache; cd cache
            for key in aa bb cc; do
              mkdir $key $key.tmp-1; touch $key/root $key.build $key.use $key.verified $key.boot-1
              mkdir $key.state-0123456789abcdef-0123456789abcdef
            done
            mkdir -m 700 packages; touch gone.fresh packages/old packages/.use
            find . -exec touch -d '3 days ago' {} +
            touch packages/new cc.use
            find . -type f,d | sort > ../before
            exec 9< bb.use; flock -s 9
            "${tool[@]}" appliance clean --cache . --unused-for 2 --dry-run > ../foretold
            find . -type f,d | sort | diff ../before -
            "${tool[@]}" appliance clean --cache . --unused-for 2 --dry-run --json |
              diff <(tr -d '\n' < ../foretold | wc -c) <(tr -d '\n' | sed 's/{"path"://g; s/{"changes":\[//; s/[]},"]//g' | wc -c)
            "${tool[@]}" appliance clean --cache . --unused-for 2
            comm -23 ../before <(find . -type f,d | sort) | grep -v /root | sed "s|^\.|$PWD|" | diff <(sort ../foretold) -
            [ -d bb ] && [ -d cc ] && [ ! -e aa ] && [ ! -e bb.tmp-1 ] && [ -e packages/new ] && [ ! -e packages/old ]
            """, "bash", .. Gfs.CommandLine], directory: work.Path);
        Assert.True(result.ExitCode == 0, $"{result.Output}\n{result.Error}");
    }

    private static IEnumerable<string[]> Lines(string text) => text.TrimEnd('\n').Split('\n').Select(line => line.Split('\t'));
}
