// This release's libguestfs on an appliance of each release: docs/distributions.md says what the two have in common.
using System.Globalization;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Matrix.Tests;

public sealed class PairTests
{
    // The minor version of libguestfs in each release; up to this one the daemon lists directories by another procedure.
    private const int Bookworm = 48, Trixie = 54, Sid = 60, LastWithOldListings = Bookworm;

    // What libguestfs says when the daemon does not know a function.
    private const string NotMatching = "set LIBGUESTFS_PATH to point to the matching libguestfs appliance directory";

    [Theory]
    [InlineData("bookworm", Bookworm, "stock")]
    [InlineData("bookworm", Bookworm, "fast")]
    [InlineData("trixie", Trixie, "stock")]
    [InlineData("trixie", Trixie, "fast")]
    [InlineData("sid", Sid, "stock")]
    [InlineData("sid", Sid, "fast")]
    public void An_appliance_of_a_release_boots_and_keeps_a_file(string suite, int minor, string profile)
    {
        Command.Require("guestfish", "gpgv", "e2fsck", "debugfs");
        using TempDirectory directory = new();
        string appliance = directory.File("appliance"), disk = directory.File("disk.img");
        // Mirrors of a moment in the past are expired.
        Command.Run(
            PublishedProgram.Gfs.File, "appliance", "build", "--suite", suite, "--allow-expired", "--profile", profile, "-o", appliance);
        using (FileStream file = File.Create(disk))
        {
            file.SetLength(64 << 20);
        }

        // The last are commands that may fail: a function of before and after Debian 12, and one that is newer than Debian 12's.
        int own = int.Parse(Command.Run("guestfish", "--version").Trim().Split('.')[1], CultureInfo.InvariantCulture);
        Dictionary<string, string?> environment = Guestfish.Environment;
        environment["LIBGUESTFS_PATH"] = appliance;
        CommandResult session = Command.TryRun("guestfish", ["--format=raw", "-a", disk], environment, input: $"""
            run
            mkfs ext4 /dev/sda
            mount /dev/sda /
            write /greeting hello
            ls /
            debug sh "cat /etc/debian_version"
            -readdir /
            {(own >= Trixie ? "-findfs-partuuid 33333333-3333-4333-8333-333333333333" : "")}

            """);
        Assert.True(session.ExitCode == 0, session.Error);
        string[] printed = session.Output.Split('\n');
        Assert.Equal(["greeting", "lost+found"], printed[..2]);
        Assert.Contains(suite switch { "bookworm" => "12.", "trixie" => "13.", _ => "/sid" }, printed[2], StringComparison.Ordinal);

        bool hasListings = own > LastWithOldListings == minor > LastWithOldListings, hasNewer = own < Trixie || minor >= Trixie;
        Assert.Equal(hasListings, session.Output.Contains("name: greeting", StringComparison.Ordinal));
        string[] refused = [.. session.Error.Split('\n').Where(line => line.Contains(NotMatching, StringComparison.Ordinal))];
        Assert.Equal(!hasListings, refused.Any(line => line.Contains("readdir: ", StringComparison.Ordinal)));
        Assert.Equal(!hasNewer, refused.Any(line => line.Contains("findfs_partuuid: ", StringComparison.Ordinal)));

        CommandResult check = Command.TryRun("e2fsck", ["-fn", disk]);
        Assert.True(check.ExitCode == 0, check.Output + check.Error);
        Assert.Equal("hello", Command.Run("debugfs", "-R", "cat /greeting", disk));
    }
}
