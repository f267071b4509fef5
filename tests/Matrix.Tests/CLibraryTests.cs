// The C library of an older release, and a C program that this release's gcc makes of the installed example.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Matrix.Tests;

public sealed class CLibraryTests
{
    [Fact]
    public void The_C_example_makes_a_disk_on_the_default_appliance()
    {
        Command.Require(["gcc", .. ExampleDisk.Judges]);
        using InstalledTree tree = new();
        string program = tree.Scratch("disk-c"), image = tree.Scratch("c.img");
        Command.Run(
            "gcc", "-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-o", program, Path.Combine(tree.CopyExamples(), "disk.c"),
            "-I", Path.Combine(tree.Prefix, "include"), "-L", tree.Libraries, "-lguestfs-facade");

        tree.Must(program, [image]);

        ExampleDisk.Check(image, "Hello from C.\n");
    }

    [Fact]
    public void An_appliance_is_saved_and_resumed_and_keeps_a_file()
    {
        Command.Require("gcc", "e2fsck", "debugfs");
        using InstalledTree tree = new();
        string program = tree.Scratch("resumed"), image = tree.Scratch("resumed.img");
        Command.Run(
            "gcc", "-std=c99", "-Wall", "-Wextra", "-Werror", "-o", program, Repository.File("tests", "Matrix.Tests", "resumed.c"),
            "-I", Path.Combine(tree.Prefix, "include"), "-L", tree.Libraries, "-lguestfs-facade");
        using (FileStream file = File.Create(image))
        {
            file.SetLength(64 << 20);
        }

        string[] arguments = [tree.Scratch("cache"), image];
        Assert.Matches(@"\Abooted: [^\n]+\nbeing saved\n\z", tree.Must(program, arguments));
        Assert.Matches(@"\Aresumed: [^\n]+\nnothing is being saved\n\z", tree.Must(program, arguments));

        CommandResult check = Command.TryRun("e2fsck", ["-fn", image]);
        Assert.True(check.ExitCode == 0, check.Output + check.Error);
        Assert.Equal("hello", Command.Run("debugfs", "-R", "cat /greeting", image));
    }
}
