// The tool as a NativeAOT program of an older release: the guestfish of this one launches the appliances it builds.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Matrix.Tests;

public sealed class GfsTests
{
    [Theory]
    [InlineData("stock")]
    [InlineData("fast")]
    public void An_appliance_of_this_system_boots_and_keeps_a_file(string profile)
    {
        Command.Require("guestfish", "e2fsck", "debugfs");
        using TempDirectory directory = new();
        string appliance = directory.File("appliance"), disk = directory.File("disk.img");
        Command.Run(PublishedProgram.Gfs.File, "appliance", "build", "--profile", profile, "-o", appliance);
        Command.Run(PublishedProgram.Gfs.File, "appliance", "verify", appliance);
        using (FileStream file = File.Create(disk))
        {
            file.SetLength(64 << 20);
        }

        string printed = Guestfish.Run(appliance, [disk], """
            run
            mkfs ext4 /dev/sda
            mount /dev/sda /
            write /greeting hello
            debug sh "uname -r"

            """);

        Assert.Contains(printed.Trim(), Directory.GetDirectories("/lib/modules").Select(Path.GetFileName));
        CommandResult check = Command.TryRun("e2fsck", ["-fn", disk]);
        Assert.True(check.ExitCode == 0, check.Output + check.Error);
        Assert.Equal("hello", Command.Run("debugfs", "-R", "cat /greeting", disk));
    }
}
