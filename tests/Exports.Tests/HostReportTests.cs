// What gfs_host_probe finds, and what the shell does of what guestfish names.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Exports.Tests;

public sealed class HostReportTests
{
    // Up to 1.54 libguestfs has a full name built in, later one that is looked for in PATH.
    [Fact]
    public void The_hypervisor_is_the_one_that_a_shell_finds()
    {
        Command.Require("guestfish", "sh");
        string found = Command.Run("sh", "-c", "command -v \"$(guestfish get-hv)\"").Trim();
        string[] lines = new CProgram("host", PublishedLibrary.Product).Run().Split('\n');
        Assert.Contains($"hypervisor: {found}", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("problem: There is no hypervisor", StringComparison.Ordinal));
    }
}
