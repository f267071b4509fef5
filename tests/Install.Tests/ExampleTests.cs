// The installed examples, built from nothing but the installed tree; e2fsprogs judge the disks they make.
using System.Text.RegularExpressions;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Install.Tests;

public sealed class ExampleTests
{
    [Fact]
    public void The_C_example_builds_with_make_and_pkg_config_and_makes_a_disk()
    {
        Command.Require(["gcc", "g++", "make", "pkg-config", .. ExampleDisk.Judges]);
        using InstalledTree tree = new();
        string examples = tree.CopyExamples();
        tree.Must(
            "make", ["CC=gcc", "CXX=g++", "CFLAGS=-std=c99 -Wall -Wextra -Wpedantic -Werror", "CXXFLAGS=-Wall -Wextra -Wpedantic -Werror"],
            examples);
        string program = Path.Combine(examples, "disk-c"), image = tree.Scratch("c.img");

        string output = tree.Must(program, [image]);

        ExampleDisk.Check(image, "Hello from C.\n");
        Assert.Matches(@"\AHello from C\.\n[0-9]{8} of [0-9]{8} bytes are free\n\z", output);
        ExampleDisk.CheckRefusals(path => tree.Run(program, [path]), tree);
        ListsTheGuest(tree, Path.Combine(examples, "guests-c"));
    }

    // A guest that mke2fs has written; dpkg-query is the judge of its packages.
    private static void ListsTheGuest(InstalledTree tree, string program)
    {
        Command.Require("mke2fs", "dpkg-query");
        string guest = tree.Scratch("guest"), image = tree.Scratch("guest.img"), admin = Path.Combine(guest, "var/lib/dpkg");
        foreach (string directory in (string[])["bin", "sbin", "usr", "boot", "etc", "var/lib/dpkg"])
        {
            Directory.CreateDirectory(Path.Combine(guest, directory));
        }

        File.WriteAllText(
            Path.Combine(guest, "etc/os-release"), "ID=debian\nNAME=Debian\nPRETTY_NAME=\"Debian of the example\"\nVERSION_ID=12\n");
        File.WriteAllText(Path.Combine(guest, "etc/fstab"), "/dev/sda / ext2 defaults 0 1\nUUID=\"1\" TYPE=\"x\" /x x nofail 1 2\n");
        File.WriteAllText(
            Path.Combine(admin, "status"),
            "Package: example\nStatus: install ok installed\nVersion: 1.5\nArchitecture: all\nMaintainer: x <x@x.x>\nDescription: x\n");
        Command.Run("mke2fs", "-q", "-t", "ext2", "-d", guest, image, "16M");

        string output = tree.Must(program, [image, "raw"]);

        string package = Command.Run("dpkg-query", $"--admindir={admin}", "-W", "-f", "${Package} ${Version}");
        Assert.Matches(
            $@"\A/dev/sda: Debian of the example\n! /etc/fstab, line 2: [^\n]+\n  {Regex.Escape(package)}\n\z", output);
        Assert.Equal(2, tree.Run(program, [image]).ExitCode);
    }

    [Fact]
    public void The_Cpp_example_builds_with_CMake_in_a_tree_that_was_moved_and_makes_a_disk()
    {
        Command.Require(["gcc", "g++", "make", "cmake", .. ExampleDisk.Judges]);
        using InstalledTree tree = new("/opt/guestfs", "lib/x86_64-linux-gnu");
        tree.Move();
        string examples = tree.CopyExamples(), build = tree.Scratch("build");
        tree.Must("cmake", ["-S", examples, "-B", build, "-G", "Unix Makefiles", "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Werror"]);
        tree.Must("cmake", ["--build", build]);
        string program = Path.Combine(build, "disk-cpp"), image = tree.Scratch("cpp.img");

        // CMake has told the program where the library is.
        string output = tree.Must(program, [image], findLibrary: false);

        ExampleDisk.Check(image, "Hello from C++.\n");
        Assert.Equal("Hello from C++.\n/dev/sda1: ext4\n", output);
        ExampleDisk.CheckRefusals(path => tree.Run(program, [path], findLibrary: false), tree);
    }

    [Fact]
    public void The_Python_example_needs_nothing_but_the_library_and_makes_a_disk()
    {
        Command.Require(["python3", .. ExampleDisk.Judges]);
        using InstalledTree tree = new();
        string program = Path.Combine(tree.CopyExamples(), "disk.py"), image = tree.Scratch("python.img");

        string output = tree.Must("python3", ["-I", program, image]);

        ExampleDisk.Check(image, "Hello from Python.\n");
        Assert.StartsWith("Hello from Python.\nFilesystem ", output, StringComparison.Ordinal);
        Assert.Contains("/dev/sda1 ", output, StringComparison.Ordinal);
        ExampleDisk.CheckRefusals(path => tree.Run("python3", ["-I", program, path]), tree);
    }
}
