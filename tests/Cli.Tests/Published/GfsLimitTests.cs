// The tool at the limits that a shell sets for a process, and with standard streams that are none. Only the published one:
// the runtime of an ordinary build needs gigabytes of addresses, and opens files of its own in place of closed streams.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Published;

public sealed class GfsLimitTests : IDisposable
{
    private const string Skeleton = "$(ls -d /usr/lib*/*/guestfs/supermin.d /usr/lib*/guestfs/supermin.d 2>/dev/null | head -n 1)";
    private readonly TempDirectory directory = new();

    // In turn: a script, its exit code, and what the one line on standard error names.
    [Theory]
    [InlineData("ulimit -f 1000; gfs appliance build -o out", 5, "ulimit -f")]
    [InlineData("ulimit -f 1000; gfs supermin --build -f ext2 -o out " + Skeleton, 1, "ulimit -f")]
    [InlineData("ulimit -v 249999; gfs --version", 1, "250000 KiB of address space")]
    [InlineData("ulimit -v 100000; gfs appliance build -o out", 1, "250000 KiB of address space")]
    [InlineData("ulimit -n 10; gfs appliance build -o out", 5, "Too many open files")]
    [InlineData("gfs --version >&-", 5, "Bad file descriptor")]
    [InlineData("gfs --version >/dev/full", 5, "No space left on device")]
    [InlineData("gfs appliance verify nowhere 0<&- >&- 2>&-", 1, "")]
    public void What_it_may_not_have_is_told(string script, int exitCode, string named)
    {
        ArgumentNullException.ThrowIfNull(named);
        CommandResult result = Run(script);
        Assert.True(exitCode == result.ExitCode, $"{result.ExitCode}: {result.Error}");
        Assert.Equal(named.Length > 0 ? 1 : 0, result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory.Path));
    }

    // Messages would go into what is opened first: a file, or the pipe by which the runtime hears of signals, which then ends it now
    // and then.
    [Fact]
    public void Without_standard_streams_messages_get_nowhere()
    {
        CommandResult result = Run(
            "for round in 1 2 3; do gfs appliance build --verbose -o closed 0<&- >&- 2>&- || exit; done; " +
            "gfs appliance build -o open && for file in closed/*; do cmp $file open/${file#closed/} || exit 1; done");
        Assert.True(result.ExitCode == 0, $"{result.ExitCode}: {result.Output}{result.Error}");
    }

    [Fact]
    public void It_takes_supermins_place_where_addresses_are_few()
    {
        CommandResult result = Run("ulimit -v 600000; gfs supermin --build -f ext2 -o out " + Skeleton);
        Assert.True(result.ExitCode == 0, result.Error);
        Command.Run("e2fsck", "-fn", directory.File("out/root"));
    }

    public void Dispose() => directory.Dispose();

    private CommandResult Run(string script)
    {
        Assert.True(PublishedProgram.Gfs.Publishing.ExitCode == 0, PublishedProgram.Gfs.Publishing.Output);
        return Command.TryRun(
            "bash", ["-c", $"ulimit -c 0; gfs() {{ '{PublishedProgram.Gfs.File}' \"$@\"; }}; {script}"], directory: directory.Path);
    }
}
