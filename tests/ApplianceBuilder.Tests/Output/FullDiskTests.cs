// A disk that fills up while an appliance is built: a small tmpfs, which needs root rights to mount.
using Guestfs.Appliances.Tests.Build;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Output;

public sealed class FullDiskTests : IDisposable
{
    private readonly FakeHost host = new();

    [Theory]
    [InlineData("64M", "appliance build -o out --skeleton skeleton")]
    [InlineData("10M", "supermin --build -f ext2 --copy-kernel -o out skeleton")]
    [InlineData("10M", "supermin --build -f chroot -o out skeleton")]
    [InlineData("64M", "appliance build --cache cache --skeleton skeleton")]
    public void A_full_disk_is_a_clear_error_and_the_old_appliance_stays(string size, string arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);

        // On the small filesystem, first the appliance of a small system, then one that does not fit.
        const string Script = """
            set -e
            system=$1 gfs=$2 arguments=$3 mountpoint=$4 size=$5
            mount -t tmpfs -o size=$size,mode=0700 tmpfs "$mountpoint"
            cd "$mountpoint"
            mkdir skeleton
            echo bash > skeleton/packages
            small="--root $system --skeleton $system/skeleton"
            $gfs appliance build $small -o out
            entry=$($gfs appliance build $small --cache cache)
            list() { ls -A . cache | grep -v '\.build$'; }
            before=$(list)
            status=0
            error=$($gfs $arguments 2>&1) || status=$?
            test "$before" = "$(list)" || { list >&2; exit 3; }
            $gfs appliance verify out
            $gfs appliance verify "$entry"
            test "$($gfs appliance build $small --cache cache)" = "$entry"
            e2fsck -fn out/root > /dev/null
            echo "status $status"
            echo "$error"
            """;
        Command.Require("unshare", "mount", "e2fsck");
        string mountpoint = host.Beside("small");
        Directory.CreateDirectory(mountpoint);
        CommandResult probe = Command.TryRun("unshare", ["-m", "mount", "-t", "tmpfs", "-o", "size=1M", "tmpfs", mountpoint]);
        if (probe.ExitCode != 0)
        {
            Command.Missing($"This test needs root rights, to mount a tmpfs: {probe.Error}");
        }

        CommandResult result = Command.TryRun(
            "unshare", ["-m", "sh", "-c", Script, "sh", host.Root, string.Join(' ', Gfs.CommandLine), arguments, mountpoint, size]);
        Assert.True(result.ExitCode == 0, result.Error + result.Output);
        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(arguments.StartsWith("supermin", StringComparison.Ordinal) ? "status 1" : "status 5", lines[0]);
        string error = Assert.Single(lines[1..]);
        Assert.Matches("There is no (space left|room) for ", error);
    }

    public void Dispose() => host.Dispose();
}
