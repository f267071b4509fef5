// The disk image that an example made, and what e2fsprogs says about it.
using Xunit;

namespace Guestfs.TestSupport;

/// <summary>Checks images of the examples: one partition at 64 KiB, ext4, one file.</summary>
internal static class ExampleDisk
{
    /// <summary>What has to be installed.</summary>
    internal static IReadOnlyList<string> Judges { get; } = ["e2fsck", "debugfs"];

    /// <summary>The filesystem is clean, and the file has what the example wrote.</summary>
    internal static void Check(string image, string greeting)
    {
        string filesystem = $"{image}?offset=65536";
        CommandResult check = Command.TryRun("e2fsck", ["-fn", filesystem]);
        Assert.True(check.ExitCode == 0, check.Output + check.Error);
        Assert.Equal(greeting, Command.Run("debugfs", "-R", "cat /hello.txt", filesystem));
    }

    /// <summary>Without an appliance: an example says what it cannot do, and leaves what exists alone.</summary>
    internal static void CheckRefusals(Func<string, CommandResult> run, InstalledTree tree)
    {
        CommandResult nowhere = run("/nowhere/new.img");
        Assert.Equal(1, nowhere.ExitCode);
        Assert.StartsWith("GFS_ERR_FAILED: disk_create: ", nowhere.Error, StringComparison.Ordinal);
        Assert.Contains("No such file or directory", nowhere.Error, StringComparison.Ordinal);

        string precious = tree.Scratch("precious");
        File.WriteAllText(precious, "mine");
        CommandResult refused = run(precious);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.StartsWith("usage:", refused.Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(precious));
    }
}
