// A program that is PID 1 of its namespace, as in a container without an init. The kernel's namespaces make it one.
using Guestfs.Tests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Launching;

public sealed class PidOneTests : IDisposable
{
    private readonly FakeLaunch fake = new();

    public void Dispose() => fake.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_runtime_that_reaps_every_child_is_warned_about_and_explains_failed_calls(bool usesProcess)
    {
        string[] unshare = Environment.IsPrivilegedProcess ? ["-pf", "--mount-proc"] : ["-Urpf", "--mount-proc"];
        Assert.SkipWhen(Command.TryRun("unshare", [.. unshare, "true"]).ExitCode != 0, "This user may not make a PID namespace.");
        CommandResult result = Command.TryRun(
            "unshare",
            [.. unshare, .. ChildProcess.CommandLine("pid-one", usesProcess ? "process" : "no-process", fake.FileName("disk"))],
            new Dictionary<string, string?>
            {
                ["LIBGUESTFS_HV"] = fake.Script("exit 1"),
                ["LIBGUESTFS_PATH"] = fake.Directory,
                ["LIBGUESTFS_BACKEND"] = "direct",
                ["LIBGUESTFS_BACKEND_SETTINGS"] = "force_tcg",
            });
        Assert.True(result.ExitCode == 0, result.Error + result.Output);
        Assert.StartsWith("PID 1\n", result.Output, StringComparison.Ordinal);
        if (usesProcess)
        {
            Assert.Contains("warning: this process is PID 1", result.Error, StringComparison.Ordinal);
            Assert.Contains("docker run --init", result.Error, StringComparison.Ordinal);
            Assert.Contains("explained", result.Output, StringComparison.Ordinal);
        }
        else
        {
            Assert.Empty(result.Error);
            Assert.EndsWith("no failure\n", result.Output, StringComparison.Ordinal);
        }
    }
}
