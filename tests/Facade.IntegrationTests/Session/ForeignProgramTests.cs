// Programs of a guest that are for another processor than the appliance's.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Session;

[Collection(nameof(FilesAppliance))]
public sealed class ForeignProgramTests(FilesAppliance appliance)
{
    private const string Program = "/usr/aarch64-linux-gnu/lib/ld-linux-aarch64.so.1";

    [Fact]
    public void A_program_for_another_processor_is_told_with_both()
    {
        Assert.SkipUnless(Command.Run("uname", "-m").Trim() == "x86_64", "The program is for this machine's processor.");
        if (!File.Exists(Program))
        {
            Command.Missing($"There is no {Program}: './build.sh test' installs it.");
        }

        Assert.Contains("ARM aarch64", Command.Run("file", "-bL", Program), StringComparison.Ordinal);
        GuestfsHandle g = appliance.Guestfs;
        string program = appliance.NewDirectory() + "/program";
        g.Upload(Program, program);
        g.Chmod(0x1ED, program);

        // A guest without a shell is none: the C library tries that one, too, before it gives up. Here it is a link.
        g.Mkdir("/bin");
        try
        {
            g.LnS(program, "/bin/sh");
            AssertTold(Assert.Throws<GuestfsException>(() => g.Command([program, "--version"])), program);
            AssertTold(Assert.Throws<GuestfsException>(() => g.Sh("true")), "/bin/sh");
        }
        finally
        {
            g.RmRf("/bin");
        }
    }

    private static void AssertTold(GuestfsException e, string program)
    {
        Assert.Contains($"{program}: Exec format error", e.Message, StringComparison.Ordinal);
        Assert.Contains(
            "The program is for the processor aarch64, and the appliance is one of x86_64", e.Message, StringComparison.Ordinal);
    }
}
