// The header alone: the compilers judge it, nm says what the library has.
using System.Text.RegularExpressions;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Exports.Tests;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("gcc", "c99")]
    [InlineData("gcc", "c11")]
    [InlineData("g++", "c++17")]
    public void It_compiles_alone_without_a_warning(string compiler, string standard)
    {
        Command.Require(compiler);
        using TempDirectory directory = new();
        string source = directory.File(compiler == "g++" ? "alone.cc" : "alone.c");
        File.WriteAllText(source, "#include \"guestfs_facade.h\"\n#include \"guestfs_facade.h\"\n");
        Command.Run(
            compiler, $"-std={standard}", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-I", Header.Folder, source);
    }

    [Fact]
    public void Doxygen_understands_every_comment_and_misses_none()
    {
        Command.Require("doxygen");
        using TempDirectory directory = new();
        File.WriteAllText(
            directory.File("Doxyfile"),
            $"""
            @INCLUDE = {Repository.File("native", "install", "Doxyfile")}
            INPUT = {Header.File}
            OUTPUT_DIRECTORY = {directory.Path}

            """);
        CommandResult result = Command.TryRun("doxygen", [directory.File("Doxyfile")]);
        Assert.True(result.ExitCode == 0 && result.Error.Length == 0, result.Error);
        Assert.Contains(
            "gfs_mkdir_p", File.ReadAllText(Path.Combine(directory.Path, "html", "guestfs__facade_8h.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gfs_launch(g)", true)]
    [InlineData("gfs_get_pid(g, &number)", true)]
    [InlineData("gfs_appliance_verify(\"/a\", NULL, NULL)", true)]
    [InlineData("gfs_handle_free(g)", false)]
    [InlineData("gfs_cancel(g)", false)]
    [InlineData("gfs_umount_all(g)", false)]
    [InlineData("gfs_free(NULL)", false)]
    public void Compilers_warn_of_a_status_that_is_ignored_unless_the_function_cleans_up(string call, bool warned)
    {
        foreach (string compiler in new[] { "gcc -std=c99 -x c", "g++ -std=c++17 -x c++" })
        {
            foreach (bool silenced in new[] { false, true })
            {
                CommandResult result = Command.TryRun(
                    compiler.Split(' ')[0],
                    [.. compiler.Split(' ')[1..], "-Wall", "-Werror", "-c", "-o", "/dev/null", "-I", Header.Folder, "-"],
                    input: $"{(silenced ? "#define GFS_NO_WARN_UNUSED\n" : "")}#include \"guestfs_facade.h\"\n"
                        + $"void f(gfs_handle *g, int number) {{ (void) g; (void) number; {call}; }}\n");
                Assert.True((result.ExitCode != 0) == (warned && !silenced), result.Error);
                Assert.Equal(warned && !silenced, result.Error.Contains("unused-result", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void Its_version_is_that_of_the_library_and_can_be_compared_by_the_preprocessor()
    {
        using TempDirectory directory = new();
        File.WriteAllText(directory.File("version.c"), """
            #include "guestfs_facade.h"
            #include <stdio.h>
            #include <string.h>
            #if !GFS_VERSION_CHECK(GFS_VERSION_MAJOR, GFS_VERSION_MINOR, GFS_VERSION_PATCH) || !GFS_VERSION_CHECK(0, 0, 99)
            #error The version is older than itself or than 0.0.99.
            #endif
            #if GFS_VERSION_CHECK(GFS_VERSION_MAJOR, GFS_VERSION_MINOR, GFS_VERSION_PATCH + 1) \
                || GFS_VERSION_CHECK(GFS_VERSION_MAJOR, GFS_VERSION_MINOR + 1, 0) \
                || GFS_VERSION_CHECK(GFS_VERSION_MAJOR + 1, 0, 0)
            #error The version is newer than itself.
            #endif
            int main(void)
            {
                char version[40];
                snprintf(version, sizeof version, "%d.%d.%d", GFS_VERSION_MAJOR, GFS_VERSION_MINOR, GFS_VERSION_PATCH);
                return strcmp(version, gfs_facade_version()) != 0;
            }

            """);
        Command.Run("gcc", "-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I", Header.Folder, "-o", directory.File("version"),
            directory.File("version.c"), PublishedLibrary.Product.File, $"-Wl,-rpath,{PublishedLibrary.Product.Folder}");
        Command.Run(directory.File("version"));
    }

    [Fact]
    public void Every_INIT_macro_initialises_every_member()
    {
        string macros = string.Concat(
            Header.Read().Structs.Where(s => s.IsOptions).Select(s => $"struct {s.Name} x_{s.Name} = {s.Name.ToUpperInvariant()}_INIT;\n"));
        using TempDirectory directory = new();
        foreach ((string file, string compiler, string standard) in new[] { ("init.c", "gcc", "c99"), ("init.cc", "g++", "c++17") })
        {
            File.WriteAllText(directory.File(file), "#include \"guestfs_facade.h\"\n" + macros);
            Command.Run(compiler, $"-std={standard}", "-Wall", "-Wextra", "-Wpedantic", "-Wmissing-field-initializers", "-Werror",
                "-fsyntax-only", "-I", Header.Folder, directory.File(file));
        }
    }

    [Fact]
    public void Its_functions_are_the_symbols_of_the_list_and_of_the_library()
    {
        // The addresses of all of them: what is not declared does not compile, what is not exported does not link.
        string[] listed = [.. ExportList.Read().Select(e => e.Function)];
        using TempDirectory directory = new();
        string source = directory.File("all.c");
        File.WriteAllText(
            source,
            "#define GFS_NO_DEPRECATED\n#include \"guestfs_facade.h\"\nvoid (*all[])(void) = {\n"
            + $"{string.Concat(listed.Select(s => $"(void (*)(void)) {s},\n"))}}};\nint main(void) {{ return 0; }}\n");
        Command.Run(
            "gcc", "-std=c11", "-Wall", "-Werror", "-I", Header.Folder, "-o", directory.File("all"), source, PublishedLibrary.Product.File);

        // gcc's own list of the header's prototypes.
        Command.Run("gcc", "-std=c11", "-fsyntax-only", "-aux-info", directory.File("prototypes"), "-I", Header.Folder, source);
        IEnumerable<string> declared = File.ReadLines(directory.File("prototypes"))
            .Where(line => line.Contains("guestfs_facade.h", StringComparison.Ordinal))
            .Select(line => Regex.Match(line, @"\b(gfs_\w+) \(").Groups[1].Value);
        Assert.Equal(listed.Order(StringComparer.Ordinal), declared.Order(StringComparer.Ordinal));
        Assert.Equal(listed.Order(StringComparer.Ordinal), ExportedSymbols.Of(PublishedLibrary.Product.File)
            .Where(s => s.StartsWith("gfs_", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));
        Assert.Equal(listed.Order(StringComparer.Ordinal), Header.Read().Functions.Select(f => f.Name).Order(StringComparer.Ordinal));
    }
}
