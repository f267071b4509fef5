// How often it is tried to save a machine: what killed processes leave is all that says that one was begun.
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Tests.Launching;

public sealed class SavedMachineTests
{
    [Fact]
    public void What_was_only_interrupted_is_tried_again_after_a_while_and_what_failed_is_not()
    {
        using TempDirectory directory = new();
        using GuestfsHandle g = new();
        SavedMachine machine = SavedMachine.Of("/appliance", directory.File("appliance"), g);
        string failures = machine.Directory + ".failures";
        for (int i = 0; i < 3; i++)
        {
            Assert.Null(machine.Refusal);
            Begin();
        }

        Assert.Contains("ended before it was finished", machine.Refusal, StringComparison.Ordinal);
        Assert.Null(machine.TryBegin());
        Command.Run("touch", "-d", "3 minutes ago", failures);
        Begin();
        Assert.Null(machine.TryBegin());

        File.WriteAllLines(failures, ["no room", "ended", "ended"]);
        Command.Run("touch", "-d", "1 year ago", failures);
        Assert.Equal("ended", machine.Refusal);
        Assert.Null(machine.TryBegin());

        void Begin()
        {
            using SavedMachine.Saving? saving = machine.TryBegin();
            Assert.NotNull(saving);
        }
    }
}
