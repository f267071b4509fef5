// Runs the demonstration; qemu-img and sha256sum judge the disk it leaves.
using System.Text.Json;

using Xunit;

namespace Guestfs.TestSupport;

/// <summary>The demonstration, as a NativeAOT program.</summary>
public static class DemoRun
{
    /// <summary>It makes a disk, reports what is on it, and overwrites nothing.</summary>
    public static void Check()
    {
        Command.Require("qemu-img", "sha256sum");
        using TempDirectory directory = new();
        string notes = directory.File("notes");
        File.WriteAllText(notes, "The Analytical Engine weaves algebraic patterns.\nIt might act upon other things besides number.\n");

        CommandResult demo = Command.TryRun(PublishedProgram.Demo.File, [directory.Path]);

        Assert.True(demo.ExitCode == 0, demo.Error);
        Assert.Contains("operating system on /dev/demo/root: Debian GNU/Linux 12 (bookworm)", demo.Output, StringComparison.Ordinal);
        Assert.Contains("package hello 2.10-3", demo.Output, StringComparison.Ordinal);
        Assert.Contains($"sha256 {Command.Run("sha256sum", notes).Split(' ')[0]}", demo.Output, StringComparison.Ordinal);

        string disk = directory.File("demo.qcow2");
        Command.Run("qemu-img", "check", disk);
        using JsonDocument info = JsonDocument.Parse(Command.Run("qemu-img", "info", "--output=json", disk));
        Assert.Equal("qcow2", info.RootElement.GetProperty("format").GetString());
        Assert.Equal(1L << 30, info.RootElement.GetProperty("virtual-size").GetInt64());

        // A second run finds the disk, and leaves it alone.
        string before = Command.Run("sha256sum", disk);
        CommandResult again = Command.TryRun(PublishedProgram.Demo.File, [directory.Path]);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("overwrites nothing", again.Error, StringComparison.Ordinal);
        Assert.Equal(before, Command.Run("sha256sum", disk));
    }
}
