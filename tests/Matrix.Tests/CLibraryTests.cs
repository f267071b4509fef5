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
}
