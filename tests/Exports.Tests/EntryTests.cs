// The way into the library (native/library/entry), for both processors; C functions stand for what C# became.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Exports.Tests;

public sealed class EntryTests
{
    private const string Arm64 = "aarch64-linux-gnu-gcc";

    [Theory]
    [InlineData("gcc")]
    [InlineData(Arm64)]
    public void It_leads_to_the_function_with_all_arguments_and_refuses_in_a_child(string compiler)
    {
        Command.Require(compiler, "sh");
        using TempDirectory directory = new();
        string exports = directory.File("exports"), library = directory.File("libentry.so"), program = directory.File("entry");
        File.WriteAllText(exports, "V1.0 {\n    global:\n        managed_gfs_handle_new;\n        managed_gfs_pwrite_device;\n"
            + "        managed_gfs_error_operation;\n    local: *;\n};\n");
        CommandResult build = Command.TryRun(
            "sh",
            [Repository.File("native", "library", "entry", "build.sh"), exports, "1.2.3", directory.File("way")],
            new Dictionary<string, string?> { ["CC"] = compiler });
        Assert.True(build.ExitCode == 0, build.Output + build.Error);
        string sources = Repository.File("tests", "Exports.Tests", "c");
        Command.Run(
            compiler,
            "-std=gnu11", "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-I", Header.Folder, "-o", library,
            Path.Combine(sources, "entry-managed.c"), directory.File("way.o"),
            $"-Wl,--version-script={Repository.File("native", "abi", "symbols.map")}", "-Wl,--no-undefined");
        Command.Run(compiler, "-std=gnu11", "-O1", "-Wall", "-Wextra", "-Werror", "-I", Header.Folder, "-o", program,
            Path.Combine(sources, "entry.c"), library, $"-Wl,-rpath,{directory.Path}");
        Assert.Equal(
            ["GFS_0.1", "gfs_error_operation", "gfs_facade_version", "gfs_free", "gfs_handle_new", "gfs_pwrite_device", "gfs_status_name",
                "gfs_string_list_free"],
            ExportedSymbols.Of(library).Order(StringComparer.Ordinal));

        // That of another processor by a user-mode emulator, where there is one.
        string[] run = compiler == Arm64 ? ["qemu-aarch64-static", "-L", "/usr/aarch64-linux-gnu", program] : [program];
        if (compiler != Arm64 || Command.Find(run[0]) is not null)
        {
            CommandResult result = Command.TryRun(run[0], run[1..]);
            Assert.True(result.ExitCode == 0, result.Output + result.Error);
        }
    }
}
