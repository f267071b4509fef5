// The manual pages of the C ABI's functions: mandoc and groff judge them.
using Guestfs.Generator.Emit.C;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Generator.Tests;

public sealed class ManPageTests
{
    [Fact]
    public void Every_exported_function_has_a_page_and_no_page_makes_a_warning()
    {
        Command.Require("mandoc", "groff");
        using TempDirectory directory = new();
        ManPages.Write(Repository.Root, directory.Path);
        string[] pages = [.. Directory.GetFiles(directory.Path).Order(StringComparer.Ordinal)];
        Assert.Equal(
            File.ReadLines(Repository.File("native", "abi", "exports.txt"))
                .Select(line => line.Split(' ')[0])
                .Order(StringComparer.Ordinal),
            pages.Select(p => Path.GetFileNameWithoutExtension(p)).Order(StringComparer.Ordinal));
        CommandResult mandoc = Command.TryRun("mandoc", ["-Tlint", "-Wwarning", .. pages]);
        Assert.True(mandoc.ExitCode == 0 && mandoc.Output.Length == 0, mandoc.Output);
        CommandResult groff = Command.TryRun("groff", ["-mandoc", "-ww", "-z", "-Tutf8", directory.File("gfs_add_drive.3")]);
        Assert.True(groff.ExitCode == 0 && groff.Error.Length == 0, groff.Error);
    }
}
