// Outputs in directories that another user can write in, and that he has prepared. What is there afterwards is the judge.
using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Tests.Build;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Output;

public sealed class SharedDirectoryTests : IDisposable
{
    private readonly FakeHost host = new();

    public SharedDirectoryTests() => Directory.CreateDirectory(Shared);

    private string Shared => host.Beside("shared");

    private string Output => Path.Combine(Shared, "app");

    [Theory]
    [InlineData("mkfifo app.deadbeef.lock")]
    [InlineData("ln -s /dev/zero app.deadbeef.lock")]
    [InlineData("mkdir app.deadbeef.lock")]
    [InlineData("mknod app.deadbeef.lock c 1 3 || :")]
    public void What_is_no_lock_neither_blocks_a_build_nor_goes(string plant)
    {
        Command.Run("sh", "-ec", $"cd '{Shared}'; {plant}");
        string before = List();
        Build();
        Assert.Equal(before + "app\n", List());
    }

    [Fact]
    public void What_another_user_has_made_stays()
    {
        Command.Require("setpriv", "chown");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can make files of another user.");
        Plant("app.0badcafe", "chown -R 65534:65534 .");
        Plant("app.0badcaf1", "chown 65534:65534 app.0badcaf1.spool app.0badcaf1");
        Plant("app.0badcaf2", "");
        string before = List();
        Build();
        Assert.Equal(
            string.Concat(before.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => !line.Contains("caf2", StringComparison.Ordinal) && line != "app.0badcaf1.lock")
                .Select(line => line + "\n")) + "app\n",
            List());

        void Plant(string name, string also) =>
            Command.Run(
                "sh", "-ec",
                $"cd '{Shared}'; mkdir {name}; echo precious > {name}/root; echo precious > {name}.spool; : > {name}.lock; {also}");
    }

    [Fact]
    public void Links_in_what_was_left_behind_are_not_followed()
    {
        string precious = host.Beside("precious");
        Command.Run("sh", "-ec", $"""
            mkdir -p '{precious}/sub' '{Output}.0badcafe/closed'
            echo kept > '{precious}/sub/file'
            chmod 555 '{precious}'
            ln -s '{precious}' '{Output}.0badcafe/link'
            ln -s '{precious}' '{Output}.0badcafe/closed/link'
            ln '{precious}/sub/file' '{Output}.0badcafe/closed/file'
            chmod 0 '{Output}.0badcafe/closed'
            : > '{Output}.0badcafe.lock'
            ln -s '{precious}' '{Output}.0badcaf1'
            : > '{Output}.0badcaf1.lock'
            """);
        Build();
        Assert.Equal("app.0badcaf1\napp\n", List());
        Assert.Equal("555 kept\n", Command.Run("sh", "-c", $"stat -c '%a' '{precious}' | tr '\\n' ' '; cat '{precious}/sub/file'"));
    }

    // A mount of the same filesystem, which stat(2) does not tell apart.
    [Fact]
    public void What_is_mounted_in_the_old_output_is_not_entered()
    {
        Assert.SkipWhen(Command.TryRun("unshare", ["-m", "true"]).ExitCode != 0, "This user may not mount.");
        Build();
        string precious = Directory.CreateDirectory(host.Beside("precious")).FullName,
            mount = Directory.CreateDirectory(Output + "/mnt").FullName;
        File.WriteAllText(Path.Combine(precious, "file"), "kept\n");
        CommandResult result = Command.TryRun("unshare", ["-m", "sh", "-c", $"mount --bind '{precious}' '{mount}' && exec \"$@\"", "sh",
            .. Gfs.CommandLine, "appliance", "build", "-o", Output, .. host.Arguments]);
        Assert.Equal(5, result.ExitCode);
        Assert.Contains("/mnt cannot be removed: something is mounted there", result.Error, StringComparison.Ordinal);
        Assert.Equal("kept\n", Command.Run("cat", Path.Combine(precious, "file")));
        Gfs.Verify(Output);
        Build();
        Assert.Equal("app\n", List());
    }

    [Fact]
    public void A_spool_never_empties_what_its_name_leads_to()
    {
        string precious = host.Beside("precious"), link = host.Beside("link");
        File.WriteAllText(precious, "kept\n");
        File.CreateSymbolicLink(link, precious);
        Assert.Throws<ApplianceException>(() => new Spool(link));
        Assert.Throws<ApplianceException>(() => new Spool(precious));
        Assert.Equal("kept\n", Command.Run("cat", precious));
    }

    [Fact]
    public void A_pipe_in_place_of_a_file_is_an_error_at_once()
    {
        Build();
        foreach (string name in (string[])["root", "manifest.json", "sbom.cdx.json"])
        {
            Command.Run("sh", "-ec", $"cd '{Output}'; mv {name} aside; mkfifo {name}");
            CommandResult verify = Limited("appliance", "verify", Output);
            Assert.Equal(1, verify.ExitCode);
            Assert.Contains($"{Output}/{name}", verify.Error, StringComparison.Ordinal);
            Assert.Contains("not a regular file", verify.Error, StringComparison.Ordinal);
            Command.Run("mv", Path.Combine(Output, "aside"), Path.Combine(Output, name));
        }

        Command.Run("mkfifo", host.Beside("lock"));
        CommandResult locked = Limited(
            "supermin", "--build", "-f", "ext2", "--lock", host.Beside("lock"), "-o", host.Beside("out"), host.Skeleton);
        Assert.Equal(1, locked.ExitCode);
        Assert.Contains("cannot serve as a lock", locked.Error, StringComparison.Ordinal);
    }

    public void Dispose() => host.Dispose();

    private static CommandResult Limited(params string[] arguments) => Gfs.TryRunUnder(["timeout", "60"], arguments);

    private void Build()
    {
        CommandResult result = Limited(["appliance", "build", "-o", Output, .. host.Arguments]);
        Assert.True(result.ExitCode == 0, $"{result.ExitCode} {result.Error}");
    }

    private string List() =>
        Command.TryRun("sh",
            ["-c", $"cd '{Shared}'; ls -A | LC_ALL=C sort -r; find . -path ./app -prune -o -type f -size +0 -printf '%P\\n' | sort"]).Output
            .Replace("app\n", "", StringComparison.Ordinal)
        + (Directory.Exists(Output) ? "app\n" : "");
}
