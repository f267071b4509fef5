// gfs doctor as a shell runs it. The judges are what guestfish, qemu and the kernel say of themselves, and a host that lacks something.
using System.Text.Json;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Diagnosis;

public sealed class DoctorTests
{
    [Fact]
    public void A_host_that_works_is_described_and_a_launch_is_measured()
    {
        Command.Require("guestfish");
        CommandResult result = Run("\"$@\" doctor --json");
        Assert.True(result.ExitCode == 0, result.Error + result.Output);
        JsonElement report = JsonDocument.Parse(result.Output).RootElement;
        Dictionary<string, JsonElement> findings =
            report.GetProperty("findings").EnumerateArray().ToDictionary(finding => finding.GetProperty("subject").GetString()!);
        Assert.All(findings.Values, finding => Assert.NotEqual("problem", finding.GetProperty("condition").GetString()));

        // "guestfish 1.48.6"
        Assert.StartsWith($"{Run("guestfish --version").Output.Trim().Split(' ')[1]}, /", Text("libguestfs"), StringComparison.Ordinal);
        Assert.Equal(
            Run("r=$(readlink -f \"$(echo /usr/lib/*/libguestfs.so.0)\"); echo $r").Output.Trim(), Text("libguestfs").Split(", ")[1]);
        string qemu = Text("qemu").Split(", ")[1];
        Assert.Contains($"version {Text("qemu").Split(',')[0]}", Run($"{qemu} --version").Output, StringComparison.Ordinal);
        Assert.Contains(Run("uname -r").Output.Trim(), Text("host"), StringComparison.Ordinal);
        Assert.Contains("all digests right", Text("appliance"), StringComparison.Ordinal);
        Assert.Contains("mounted and written", Text("session"), StringComparison.Ordinal);
        string[] stages =
            [.. report.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("name").GetString()!)];
        Assert.Equal(["appliance", "qemu", "kernel", "init", "daemon"], stages);
        Assert.All(report.GetProperty("stages").EnumerateArray(), stage => Assert.True(stage.GetProperty("seconds").GetDouble() > 0));

        string Text(string subject) => findings[subject].GetProperty("text").GetString()!;
    }

    // What is missing is told by whoever first needs it, too: the launch.
    [Theory]
    [InlineData("LIBGUESTFS_HV=/nowhere/qemu", 4, "qemu", "apt install")]
    [InlineData("LIBGUESTFS_HV=/nowhere/qemu", 4, "launch", "apt install")]
    [InlineData("GUESTFS_LIBRARY=/nowhere/libguestfs.so", 4, "libguestfs", "")]
    [InlineData("TMPDIR=/nowhere", 4, "environment", "TMPDIR")]
    public void What_is_missing_is_a_problem_with_a_remedy(string variable, int exitCode, string subject, string remedy)
    {
        CommandResult result = Run($"env {variable} \"$@\" doctor");
        Assert.True(exitCode == result.ExitCode, result.Error + result.Output);
        Assert.Equal("", result.Error);
        string[][] lines = [.. result.Output.TrimEnd('\n').Split('\n').Select(line => line.Split('\t'))];
        string[] line = Assert.Single(lines, line => line[0] == subject);
        Assert.Equal("problem", line[1]);
        Assert.Contains(remedy, line[3], StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_appliance_is_found()
    {
        using TempDirectory work = new();
        CommandResult result = TryRun(work.Path, """
            directory=$("$@" appliance build)
            cp -r --sparse=always "$directory" copy
            printf x | dd of=copy/initrd bs=1 seek=1000 conv=notrunc 2> /dev/null
            "$@" doctor --appliance copy --no-launch | cut -f 1,2 | grep '^appliance'
            "$@" doctor --appliance copy | grep '^appliance'
            """);
        Assert.StartsWith("appliance\tproblem\nappliance\tproblem\t", result.Output, StringComparison.Ordinal);
        Assert.Contains("initrd", result.Output, StringComparison.Ordinal);
        Assert.Contains("gfs appliance build", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_gets_what_it_can_show()
    {
        Command.Require("script");
        CommandResult plain = Run("script -qec \"env NO_COLOR=1 LC_ALL=C ${*@Q} doctor --no-launch 2> /dev/null\" /dev/null");
        Assert.Equal(0, plain.ExitCode);
        Assert.DoesNotContain('\e', plain.Output);
        Assert.All(plain.Output, c => Assert.InRange(c, '\n', '~'));
        CommandResult narrow = Run("script -qec \"stty cols 50; env -u NO_COLOR TERM=xterm ${*@Q} doctor --no-launch\" /dev/null");
        Assert.Contains("\e[32mlibguestfs", narrow.Output, StringComparison.Ordinal);
        Assert.Contains("\e[0m", narrow.Output, StringComparison.Ordinal);
    }

    private static CommandResult Run(string script)
    {
        using TempDirectory work = new();
        return TryRun(work.Path, script);
    }

    private static CommandResult TryRun(string directory, string script) =>
        Command.TryRun("bash", ["-c", script, "bash", .. Gfs.CommandLine], environment: null, directory);
}
