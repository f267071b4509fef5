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
        ClangTakesThemToo(tree, examples);
        string guest = MakeGuest(tree);
        ListsTheGuest(tree, Path.Combine(examples, "guests-c"), guest);
        CopiesOutWhatIsSafe(tree, Path.Combine(examples, "extract-c"), guest);
        WritesAFile(tree, Path.Combine(examples, "put-c"), guest);
        StopsAtASignal(tree, Path.Combine(examples, "loop-c"));
        WorksInProcessesOfItsOwn(tree, Path.Combine(examples, "workers-c"), guest);
    }

    // Not everywhere where gcc is.
    private static void ClangTakesThemToo(InstalledTree tree, string examples)
    {
        if (File.Exists("/usr/bin/clang"))
        {
            tree.Must(
                "clang",
                [
                    "-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-I", Path.Combine(tree.Prefix, "include"),
                    .. Directory.GetFiles(examples, "*.c"),
                ]);
        }
    }

    // A guest that mke2fs has written.
    private static string MakeGuest(InstalledTree tree)
    {
        Command.Require("mke2fs");
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
        string hostile = Directory.CreateDirectory(Path.Combine(guest, "srv/hostile")).FullName;
        File.WriteAllText(Path.Combine(hostile, "report"), "text");
        File.CreateSymbolicLink(Path.Combine(hostile, "leads-out"), "/etc/passwd");
        Command.Run("mkfifo", Path.Combine(hostile, "pipe"));
        Command.Run("mke2fs", "-q", "-t", "ext2", "-d", guest, image, "16M");
        return image;
    }

    // dpkg-query is the judge of its packages.
    private static void ListsTheGuest(InstalledTree tree, string program, string image)
    {
        Command.Require("dpkg-query");
        string output = tree.Must(program, [image, "raw"]);

        string package = Command.Run("dpkg-query", $"--admindir={tree.Scratch("guest/var/lib/dpkg")}", "-W", "-f", "${Package} ${Version}");
        Assert.Matches(
            $@"\A/dev/sda: Debian of the example\n! /etc/fstab, line 2: [^\n]+\n  {Regex.Escape(package)}\n\z", output);
        Assert.Equal(2, tree.Run(program, [image]).ExitCode);
    }

    // The managed appliance of a cache that the test user has.
    private static void CopiesOutWhatIsSafe(InstalledTree tree, string program, string image)
    {
        string target = Directory.CreateDirectory(tree.Scratch("target")).FullName;

        string output = tree.Must(program, [image, "raw", "/srv/hostile", target]);

        Assert.StartsWith("1 files, 4 bytes\n", output, StringComparison.Ordinal);
        Assert.Contains("left out: /srv/hostile/leads-out (", output, StringComparison.Ordinal);
        Assert.Contains("left out: /srv/hostile/pipe (", output, StringComparison.Ordinal);
        Assert.Equal("hostile/report", Command.Run("find", target, "!", "-type", "d", "-printf", "%P"));
        Assert.Equal("text", File.ReadAllText(Path.Combine(target, "hostile/report")));
    }

    private static void WritesAFile(InstalledTree tree, string program, string image)
    {
        string file = tree.Scratch("put");
        File.WriteAllBytes(file, [.. Enumerable.Range(0, 3 << 20).Select(i => (byte)(i * 31 >> 3))]);

        CommandResult result = tree.Run(program, [image, "raw", file, "/etc/put"]);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains($"\rwriting [{new string('=', 40)}]\n", result.Error, StringComparison.Ordinal);
        Assert.Equal("", Command.Run("debugfs", "-R", $"dump /etc/put {tree.Scratch("back")}", image));
        Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(tree.Scratch("back")));
    }

    // A disk whose copy takes minutes, and is stopped after its first report; qemu is not left behind.
    private static void StopsAtASignal(InstalledTree tree, string program)
    {
        string image = tree.Scratch("large.img");
        using (FileStream file = File.Create(image))
        {
            file.SetLength(1L << 40);
        }

        CommandResult result = tree.Run(
            "bash", ["-c", """
                mkfifo reports
                "$1" "$2" raw /dev/null > reports & pid=$!
                exec 3< reports
                read -r report <&3
                echo "$report"
                kill -TERM $pid
                cat <&3 > /dev/null
                wait $pid
                """, "bash", program, image], tree.Scratch(""));

        Assert.Matches(@"\A[0-9]+ of 1099511627776\n\z", result.Output);
        Assert.StartsWith("GFS_ERR_CANCELLED: download: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(130, result.ExitCode);
        Assert.Equal(1, Command.TryRun("pgrep", ["-f", image]).ExitCode);
    }

    private static void WorksInProcessesOfItsOwn(InstalledTree tree, string program, string image)
    {
        Assert.Equal($"{image}: Debian of the example\n", tree.Must(program, ["raw", image]));
        CommandResult nowhere = tree.Run(program, ["raw", tree.Scratch("nowhere")]);
        Assert.Equal(1, nowhere.ExitCode);
        Assert.StartsWith($"{tree.Scratch("nowhere")}: GFS_ERR_", nowhere.Error, StringComparison.Ordinal);
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

    // Debian's Python, for which Debian's cffi is.
    [Fact]
    public void The_cffi_example_reads_the_header_and_makes_a_disk()
    {
        const string python = "/usr/bin/python3";
        Command.Require([python, "gcc", "pkg-config", .. ExampleDisk.Judges]);
        if (Command.TryRun(python, ["-c", "import cffi"]).ExitCode != 0)
        {
            Command.Missing("cffi is not installed. './build.sh test' installs it.");
        }

        using InstalledTree tree = new();
        string program = Path.Combine(tree.CopyExamples(), "disk_cffi.py"), image = tree.Scratch("cffi.img");

        string output = tree.Must(python, ["-I", program, image]);

        ExampleDisk.Check(image, "Hello from cffi.\n");
        Assert.StartsWith("Hello from cffi.\nFilesystem ", output, StringComparison.Ordinal);
        ExampleDisk.CheckRefusals(path => tree.Run(python, ["-I", program, path]), tree);
    }
}
