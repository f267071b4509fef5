// Appliances for another processor than this machine's.
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Build;

public sealed class ProcessorTests : IDisposable
{
    private readonly FakeHost host = new();

    [Theory]
    [InlineData("amd64", "x86_64", "X86-64")]
    [InlineData("arm64", "aarch64", "AArch64")]
    public void The_init_is_for_the_processor_that_was_asked_for(string architecture, string cpu, string machine)
    {
        Command.Require("cpio", "readelf", "aarch64-linux-gnu-gcc");
        host.SetPackage("1.0", architecture);
        foreach (string profile in new[] { "stock", "fast" })
        {
            foreach (string name in new[] { architecture, cpu })
            {
                string output = host.Beside($"{profile}-{name}");
                Gfs.Run(["appliance", "build", "--arch", name, "--profile", profile, "-o", output, .. host.Arguments]);
                Gfs.Verify(output);
                Command.Run("sh", "-c", $"cd '{host.Beside("")}' && cpio --quiet -i init < '{output}/initrd'");
                Assert.Matches($"Machine: .*{machine}\n", Command.Run("readelf", "-h", host.Beside("init")));
                File.Delete(host.Beside("init"));
                Assert.Contains(
                    $"\"architecture\": \"{cpu}\"", File.ReadAllText(output + "/manifest.json"), StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Fact]
    public void Packages_for_another_processor_are_refused()
    {
        host.SetPackage("1.0", "arm64");
        Refused("arm64", ["--arch", "x86_64", .. host.Arguments]);
        host.SetPackage("1.0");
        Refused("amd64", ["--arch", "aarch64", .. host.Arguments]);
        string deb = DebFile.Build(host.Beside(""), "tool");
        Refused(deb, ["--arch", "arm64", "--deb", deb, "--skeleton", host.Skeleton]);
    }

    public void Dispose() => host.Dispose();

    private void Refused(string named, string[] arguments)
    {
        CommandResult result = Gfs.TryRun(["appliance", "build", "-o", host.Beside("out"), .. arguments]);
        Assert.Equal(5, result.ExitCode);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.Contains("--arch", result.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(host.Beside("out")));
    }
}
