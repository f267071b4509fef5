// The command line, side by side with the real supermin's: exit codes, and the words of those errors that people look for.
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Cli.Tests.Supermin;

public sealed class CommandLineTests : IDisposable
{
    private readonly TempDirectory directory = new();

    public CommandLineTests()
    {
        File.WriteAllText(directory.File("list"), "bash\n");
        File.WriteAllText(directory.File("odd"), "\u0001\n");
    }

    [Theory]
    [InlineData("")]
    [InlineData("--nonsense")]
    [InlineData("--build")]
    [InlineData("--build list")]
    [InlineData("--build -f")]
    [InlineData("--build -o")]
    [InlineData("--build --lock")]
    [InlineData("--build --size")]
    [InlineData("--build -f nope -o out list")]
    [InlineData("--build -f ext2 --size 12 -o out list")]
    [InlineData("--build -f ext2 --size 12T -o out list")]
    [InlineData("--build -f ext2 --size G -o out list")]
    [InlineData("--build -f chroot -o out")]
    [InlineData("--prepare -o out")]
    [InlineData("--prepare --build -f chroot -o out list")]
    [InlineData("--prepare --use-installed -o out no-such-package-at-all")]
    [InlineData("--build -f chroot -o out -- list")]
    public void Errors_have_the_same_exit_code_and_first_line(string arguments)
    {
        (CommandResult real, CommandResult ours) = Both(arguments);
        Assert.NotEqual(0, real.ExitCode);
        Assert.Equal(real.ExitCode, ours.ExitCode);
        Assert.Equal(real.Error.Split('\n')[0].Replace("/usr/bin/", "", StringComparison.Ordinal), ours.Error.Split('\n')[0]);
        Assert.Equal("", ours.Output);
        Assert.False(Path.Exists(directory.File("out")));
    }

    // Where supermin's words are poor, only the exit code and the beginning are the same.
    [Theory]
    [InlineData("--names --build -f chroot -o out list", "supermin 4")]
    [InlineData("--dtb x --build -f chroot -o out list", "--dtb option")]
    [InlineData("--build -f chroot -o out odd", "odd")]
    [InlineData("--build -f chroot -o out missing", "missing")]
    [InlineData("--build -f chroot list", "output directory (-o option) must be supplied")]
    [InlineData("--prepare --use-installed bash", "output directory (-o option) must be supplied")]
    [InlineData("--build -f ext2 --size 1..2G -o out list", "")]
    [InlineData("--build -f chroot -o . list", "")]
    [InlineData("--build -f chroot -o no/such/parent list", "no/such/parent")]
    [InlineData("--build -f chroot --lock no/such/parent/lock -o out list", "no/such/parent/lock")]
    public void Other_errors_have_the_same_exit_code(string arguments, string about)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        string before = Command.Run("ls", "-lA", directory.Path);
        (CommandResult real, CommandResult ours) = Both(arguments);
        Assert.Equal(1, real.ExitCode);
        Assert.Equal(1, ours.ExitCode);
        Assert.StartsWith("supermin: ", ours.Error, StringComparison.Ordinal);
        Assert.Contains(about, ours.Error, StringComparison.Ordinal);
        Assert.Contains(about, arguments.Contains("--names", StringComparison.Ordinal) ? about : real.Error, StringComparison.Ordinal);
        Assert.Single(ours.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(before, Command.Run("ls", "-lA", directory.Path));
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("-V")]
    [InlineData("--build -f chroot -o out list")]
    public void A_relative_directory_for_temporary_files_is_an_error(string arguments)
    {
        (CommandResult real, CommandResult ours) = Both(arguments, new Dictionary<string, string?> { ["TMPDIR"] = "here" });
        Assert.Equal((real.ExitCode, real.Error), (ours.ExitCode, ours.Error));
        Assert.Equal(1, ours.ExitCode);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("-V")]
    public void The_version_is_one_that_libguestfs_takes(string arguments)
    {
        (CommandResult real, CommandResult ours) = Both(arguments);
        Assert.Equal(0, real.ExitCode);
        Assert.Equal(0, ours.ExitCode);
        Assert.Matches(@"^supermin 5\.[0-9]+\.[0-9]+\n$", real.Output);
        Assert.Matches(@"^supermin 5\.[0-9]+\.[0-9]+\n$", ours.Output);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-help")]
    public void The_help_names_every_option_of_supermins(string arguments)
    {
        (CommandResult real, CommandResult ours) = Both(arguments);
        Assert.Equal((0, 0), (real.ExitCode, ours.ExitCode));
        foreach (string option in real.Output.Split(' ', '\n')
            .Where(word => word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2))
        {
            Assert.Contains(option is "--dtb" ? "" : option, ours.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_list_of_drivers_tells_which_database_this_system_has()
    {
        (CommandResult real, CommandResult ours) = Both("--list-drivers");
        Assert.Equal((0, 0), (real.ExitCode, ours.ExitCode));
        Assert.Equal(Detected(real), Detected(ours));
        Assert.Contains("not-detected", ours.Output, StringComparison.Ordinal);

        static IEnumerable<string> Detected(CommandResult result) =>
            result.Output.Split('\n').Where(line => line.EndsWith("\tdetected", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--build --format=chroot -o out list")]
    [InlineData("--build -f fs -o out list")]
    [InlineData("--build -f filesystem -o out list --use-installed --packager-config /dev/null -v -v --verbose")]
    public void Other_ways_to_say_the_same_are_understood(string arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        CommandResult real = Supermin.Real(Split(arguments), directory.Path);
        Assert.True(real.ExitCode == 0, real.Error);
        Directory.Move(directory.File("out"), directory.File("real"));
        CommandResult ours = Supermin.Ours(Split(arguments), directory.Path);
        Assert.True(ours.ExitCode == 0, ours.Error);
        Assert.Equal("", ours.Error);
        Assert.True(File.Exists(directory.File("out/usr/bin/bash")) || File.Exists(directory.File("out/bin/bash")));
    }

    public void Dispose() => directory.Dispose();

    private static string[] Split(string arguments) => arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private (CommandResult Real, CommandResult Ours) Both(string arguments, IReadOnlyDictionary<string, string?>? environment = null) =>
        (Supermin.Real(Split(arguments), directory.Path, environment), Supermin.Ours(Split(arguments), directory.Path, environment));
}
