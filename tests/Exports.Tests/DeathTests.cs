// What a C program is told when something below a call goes wrong: each joint between the program and the disk is broken once.
using System.Text.RegularExpressions;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Exports.Tests;

public sealed class DeathTests
{
    private static readonly Lazy<CProgram> Deaths = new(() => new CProgram("deaths", PublishedLibrary.Product));

    private static readonly Dictionary<string, string?> Emulated = new() { ["LIBGUESTFS_BACKEND_SETTINGS"] = "force_tcg" };

    // The words are patterns: a stock appliance's shell and the fast one's init say it differently.
    [Theory]
    [InlineData(
        "kill -KILL $PPID; sleep 60", ApplianceDeath.DaemonEnded,
        "crashed in debug: (appliance-init: guestfsd was killed by signal 9|Killed)")]
    [InlineData(
        "kill -ABRT $PPID; sleep 60", ApplianceDeath.DaemonEnded,
        "crashed in debug: (appliance-init: guestfsd was killed by signal 6|Aborted)")]
    [InlineData("echo c > /proc/sysrq-trigger; sleep 60", ApplianceDeath.KernelPanicked, "sysrq triggered crash", "kernel")]
    [InlineData("echo 1000 > /proc/$PPID/oom_score_adj; tail /dev/zero", ApplianceDeath.GuestOutOfMemory, "too little memory", "debug")]
    public void In_the_machine(string command, ApplianceDeath cause, params string[] words) =>
        AssertDied(Deaths.Value.Run(Emulated, "command", command).Output, cause, words);

    [Fact]
    public void Qemu_is_killed_during_a_call() =>
        AssertDied(Deaths.Value.Run(Emulated, "killed").Output, ApplianceDeath.HypervisorKilled, "signal 9 .SIGKILL.", "debug");

    [Fact]
    public void The_host_has_too_little_memory()
    {
        using MemoryGroup? group = MemoryGroup.TryMake(500L << 20);
        Assert.SkipWhen(group is null, "No control group with a limit of memory can be made here.");
        AssertDied(
            Deaths.Value.RunIn(group.Prefix, Emulated, "command", "head -c 900M /dev/zero | tail").Output,
            ApplianceDeath.HostOutOfMemory, "too little memory", "control group");
    }

    // The guest is told, and the appliance goes on.
    [Fact]
    public void A_disk_cannot_be_read()
    {
        using DiskServer server = new();
        string output = Deaths.Value.Run(Emulated, "read", $"unix:{server.Socket}").Output;
        Assert.StartsWith("GFS_ERR_FAILED 0 0 5\n", output, StringComparison.Ordinal);
        Assert.Contains(server.Socket, output, StringComparison.Ordinal);
        Assert.Matches("The appliance's kernel says: .*sector 2048", output);
    }

    [Fact]
    public void Qemu_stands_still_in_the_launch()
    {
        using FakeKvmQemu qemu = new("(sleep 1; kill -STOP $$) &");
        string output = Deaths.Value.Run(
            new Dictionary<string, string?>(Emulated) { ["LIBGUESTFS_HV"] = qemu.File }, "command", "true").Output;
        Assert.StartsWith($"GFS_ERR_LAUNCH {(int)LaunchFailure.Stalled} 0 ", output, StringComparison.Ordinal);
        Assert.Contains("qemu had been stopped", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Kvm_fails_after_it_was_tried()
    {
        using FakeKvmQemu qemu = new("(sleep 1; kill -ABRT $$) &");
        using TempDirectory devices = new();

        // Whatever this host has, /dev/kvm can be opened there.
        string output = Deaths.Value.RunIn(
            ["unshare", "--mount", "sh", "-ec",
                $"""
                mount --rbind /dev {devices.Path}
                mount -t tmpfs none /dev
                for device in $(ls {devices.Path}); do [ $device = kvm ] || ln -s {devices.Path}/$device /dev; done
                ln -s null /dev/kvm
                exec "$@"
                """, "sh"],
            new Dictionary<string, string?> { ["LIBGUESTFS_HV"] = qemu.File }, "launch").Output;
        Assert.StartsWith("TCG: a launch under KVM failed: ", output, StringComparison.Ordinal);
        Assert.Contains("SIGABRT", output, StringComparison.Ordinal);
        Assert.Equal(2, qemu.Launched.Count);
    }

    private static void AssertDied(string output, ApplianceDeath cause, params string[] words)
    {
        Assert.StartsWith($"GFS_ERR_APPLIANCE_DIED 0 {(int)cause} ", output, StringComparison.Ordinal);
        Assert.All(words, word => Assert.True(Regex.IsMatch(output, word), output));
    }
}
