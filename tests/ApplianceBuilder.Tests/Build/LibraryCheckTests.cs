// A library that an appliance's programs need and the host lacks: readelf says what they need.
using Guestfs.Appliances.Skeletons;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Build;

public sealed class LibraryCheckTests
{
    [Theory]
    [InlineData("libtsk", "guestfsd")]
    [InlineData("libaio", "lvm")]
    [InlineData("libmount", "mount")]
    public void An_appliance_without_a_library_that_it_cannot_do_without_is_refused(string library, string program)
    {
        Command.Require("readelf", "tar");
        using TempDirectory directory = new();
        string skeleton = directory.File("skeleton");
        Command.Run("cp", "-r", SkeletonLocator.Find("/", new KernelOptions().Cpu), skeleton);

        // As if the file were not on the host.
        File.WriteAllText(skeleton + "/excludefiles-test", $"-*/{library}.so*\n");
        CommandResult build = Gfs.TryRun(["appliance", "build", "--skeleton", skeleton, "-o", directory.File("appliance")]);

        Assert.Equal(5, build.ExitCode);
        Assert.False(Path.Exists(directory.File("appliance")));
        Command.Run("tar", "-xzf", skeleton + "/daemon.tar.gz", "-C", directory.Path);
        string file = program == "guestfsd" ? directory.File("usr/sbin/guestfsd") : Command.Find(program)!;
        string needed =
            Command.Run("readelf", "-dW", file).Split('\n').Single(line => line.Contains($"[{library}.so", StringComparison.Ordinal));
        string name = needed[(needed.IndexOf('[', StringComparison.Ordinal) + 1)..needed.IndexOf(']', StringComparison.Ordinal)];
        Assert.Contains($"{name} (needed by ", build.Error, StringComparison.Ordinal);
        Assert.Contains($"/{program})", build.Error, StringComparison.Ordinal);
        Assert.Contains("Install the packages", build.Error, StringComparison.Ordinal);
    }
}
