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
        Command.Run(compiler, $"-std={standard}", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-I", Header.Folder, source);
    }

    [Fact]
    public void Every_INIT_macro_initialises_every_member()
    {
        string macros = string.Concat(Header.Read().Structs.Where(s => s.IsOptions).Select(s => $"struct {s.Name} x_{s.Name} = {s.Name.ToUpperInvariant()}_INIT;\n"));
        using TempDirectory directory = new();
        foreach ((string file, string compiler, string standard) in new[] { ("init.c", "gcc", "c99"), ("init.cc", "g++", "c++17") })
        {
            File.WriteAllText(directory.File(file), "#include \"guestfs_facade.h\"\n" + macros);
            Command.Run(compiler, $"-std={standard}", "-Wall", "-Wextra", "-Wpedantic", "-Wmissing-field-initializers", "-Werror", "-fsyntax-only", "-I", Header.Folder, directory.File(file));
        }
    }

    [Fact]
    public void Its_functions_are_the_symbols_of_the_list_and_of_the_library()
    {
        // The addresses of all of them: what is not declared does not compile, what is not exported does not link.
        string[] listed = File.ReadAllLines(Repository.File("native", "abi", "exports.txt"));
        using TempDirectory directory = new();
        string source = directory.File("all.c");
        File.WriteAllText(
            source,
            $"#define GFS_NO_DEPRECATED\n#include \"guestfs_facade.h\"\nvoid (*all[])(void) = {{\n{string.Concat(listed.Select(s => $"(void (*)(void)) {s},\n"))}}};\nint main(void) {{ return 0; }}\n");
        Command.Run("gcc", "-std=c11", "-Wall", "-Werror", "-I", Header.Folder, "-o", directory.File("all"), source, PublishedLibrary.Product.File);

        // gcc's own list of the header's prototypes.
        Command.Run("gcc", "-std=c11", "-fsyntax-only", "-aux-info", directory.File("prototypes"), "-I", Header.Folder, source);
        IEnumerable<string> declared = File.ReadLines(directory.File("prototypes"))
            .Where(line => line.Contains("guestfs_facade.h", StringComparison.Ordinal))
            .Select(line => Regex.Match(line, @"\b(gfs_\w+) \(").Groups[1].Value);
        Assert.Equal(listed.Order(StringComparer.Ordinal), declared.Order(StringComparer.Ordinal));
        Assert.Equal(listed.Order(StringComparer.Ordinal), ExportedSymbols.Of(PublishedLibrary.Product.File).Where(s => s != "GFS_1").Order(StringComparer.Ordinal));
        Assert.Equal(listed.Order(StringComparer.Ordinal), Header.Read().Functions.Select(f => f.Name).Order(StringComparer.Ordinal));
    }
}
