// An unchanged libguestfs that calls supermin, and gets ours: in a mount namespace of its own, where that is what /usr/bin/supermin is.
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Cli.Tests.Supermin;

public sealed class UnchangedLibguestfsTests : IDisposable
{
    private const string Script = "mount --bind \"$1\" \"$2\" && shift 2 && exec guestfish -v \"$@\"";
    private readonly TempDirectory directory = new();

    [Fact]
    public void Guestfish_works_and_the_appliance_is_built_once()
    {
        Command.Require("guestfish", "supermin", "unshare", "mount");
        if (Command.TryRun("unshare", ["-m", "true"]).ExitCode != 0)
        {
            Command.Missing("This test needs root rights, to mount a file over another.");
        }

        string stand = directory.File("supermin");
        File.WriteAllText(
            stand, $"#!/bin/sh\necho called >> '{directory.File("calls")}'\nexec {string.Join(' ', Gfs.CommandLine)} supermin \"$@\"\n");
        Command.Run("chmod", "755", stand);
        Directory.CreateDirectory(directory.File("cache"));
        Dictionary<string, string?> environment = Guestfish.Environment;
        environment["LIBGUESTFS_CACHEDIR"] = directory.File("cache");
        environment["LIBGUESTFS_PATH"] = null;
        string[] command = ["-m", "sh", "-c", Script, "sh", stand, Path.GetFullPath(Command.Find("supermin")!)];

        CommandResult result = Command.TryRun(
            "unshare", [.. command, "-N", directory.File("disk") + "=fs:ext4:64M", "-m", "/dev/sda1", "--", "write", "/file", "hello", ":",
                "cat", "/file"], environment);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("hello", result.Output, StringComparison.Ordinal);
        string root = Assert.Single(Directory.GetFiles(directory.File("cache"), "root", SearchOption.AllDirectories)),
            inode = Command.Run("stat", "-c", "%i", root);
        Command.Run("e2fsck", "-fn", root);
        int calls = File.ReadAllLines(directory.File("calls")).Length;
        Assert.True(calls > 0);

        // The appliance is looked for before qemu, which need not run for this.
        environment["LIBGUESTFS_HV"] = "/bin/false";
        result = Command.TryRun("unshare", [.. command, "-a", "/dev/null", "run"], environment);
        Assert.Contains("if-newer: output does not need rebuilding", result.Output + result.Error, StringComparison.Ordinal);
        Assert.True(File.ReadAllLines(directory.File("calls")).Length > calls);
        Assert.Equal(inode, Command.Run("stat", "-c", "%i", root));
    }

    public void Dispose() => directory.Dispose();
}
