// C and C++ have one style: clang-format judges it.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Exports.Tests;

public sealed class StyleTests
{
    // Other versions lay some lines out differently.
    private const string Version = "version 14.";

    private static readonly string[] Folders = ["native", "tests"];

    [Fact]
    public void C_is_formatted()
    {
        Command.Require("clang-format");
        Assert.SkipUnless(
            Command.Run("clang-format", "--version").Contains(Version, StringComparison.Ordinal), $"This clang-format is not {Version}x.");
        string[] apart = ["/bin/", "/obj/", "/Generated/", "/native/abi/", "/native/install/include/"];
        string[] files =
        [
            .. Folders.SelectMany(folder => Directory.EnumerateFiles(Repository.File(folder), "*", SearchOption.AllDirectories))
                .Where(file => Path.GetExtension(file) is ".c" or ".h" or ".cpp"
                    && !apart.Any(part => file.Contains(part, StringComparison.Ordinal))),
        ];
        Assert.True(files.Length > 50, $"only {files.Length} files were found");
        CommandResult result = Command.TryRun("clang-format", ["--dry-run", "-Werror", .. files]);
        Assert.True(result.ExitCode == 0, "Run clang-format -i on what it names.\n" + result.Error);
    }
}
