// Programs in the current directory that have the names of the system's. They leave a mark when they are run: that is the judge.
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Build;

public sealed class PlantedProgramTests : IDisposable
{
    // Good signatures of every key, as gpgv reports them.
    private const string Planted = """
        #!/bin/sh
        echo "$0" >> MARK
        for message; do :; done
        cp "$message" "$7"
        echo "[GNUPG:] NEWSIG"
        echo "[GNUPG:] GOODSIG 0123456789ABCDEF anybody"
        echo "[GNUPG:] VALIDSIG 0123456789ABCDEF0123456789ABCDEF01234567 2026-01-01 1767225600 0 4 0 22 8 01 \
        0123456789ABCDEF0123456789ABCDEF01234567"

        """;

    private readonly TempDirectory directory = new();

    private string Mark => directory.File("mark");

    private string Here => directory.File("here");

    public PlantedProgramTests()
    {
        Directory.CreateDirectory(Path.Combine(Here, "bin"));
        foreach (string program in (string[])["gpgv", "rpmdb", "apt-get", "sh", "bin/gpgv", "bin/rpmdb", "bin/apt-get", "bin/sh"])
        {
            string file = Path.Combine(Here, program);
            File.WriteAllText(file, Planted.Replace("MARK", Mark, StringComparison.Ordinal));
            Command.Run("chmod", "755", file);
        }
    }

    // Entries of PATH that are relative count no more than the current directory itself.
    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData(".:bin:")]
    public void None_of_them_is_run(string first)
    {
        Command.Require("apt-get");
        Dictionary<string, string?> environment = new()
        {
            ["PATH"] = first + Environment.GetEnvironmentVariable("PATH"),
            ["XDG_CACHE_HOME"] = directory.File("cache"),
            ["APT_CONFIG"] = IsolatedApt.Configure(directory.File("apt"), ""),
        };

        using LocalRepository local = new();
        local.Publish();
        Command.Run("sed", "-i", "s/^Date: .*/Date: Thu, 01 Jan 1970 00:00:00 +0000/", Path.Combine(local.Suite, "InRelease"));
        Refused("no good signature", "appliance", "build", "-o", "out", "--suite", "test", "--repository", "file://" + local.Root,
            "--keyring", local.Keyring);

        using FakeHost host = new();
        host.Write("var/lib/rpm/Packages", "of a form that only rpm reads");
        Unmarked(["appliance", "build", "-o", "out", .. host.Arguments]);

        Refused("apt-get", "supermin", "--prepare", "bash", "-o", "out");

        void Refused(string why, params string[] arguments)
        {
            CommandResult result = Unmarked(arguments);
            Assert.Equal(arguments[0] == "supermin" ? 1 : 5, result.ExitCode);
            Assert.Contains(why, result.Error, StringComparison.Ordinal);
        }

        CommandResult Unmarked(params string[] arguments)
        {
            CommandResult result = Gfs.TryRun(arguments, environment, Here);
            Assert.False(File.Exists(Mark), File.Exists(Mark) ? File.ReadAllText(Mark) : "");
            return result;
        }
    }

    public void Dispose() => directory.Dispose();
}
