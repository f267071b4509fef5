// Appliances whose machine starts, and then something goes wrong in it. The kernel and init are real ones.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Launching;

public sealed class FailingApplianceTests : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly string appliance;

    public FailingApplianceTests() => appliance = FixedAppliance.CopyTo(directory.File("appliance"));

    /// <inheritdoc/>
    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_kernel_that_panics()
    {
        // It begins as an archive, and is none: the kernel looks for a root device and has none.
        File.WriteAllText(Path.Combine(appliance, "initrd"), "070701 and nothing else");
        GuestfsLaunchException e = Fail();
        Assert.Equal(LaunchFailure.KernelPanic, e.Failure);
        Assert.Contains("Kernel panic - not syncing: VFS: Unable to mount root fs", e.Message, StringComparison.Ordinal);
        Assert.Contains(e.Console, line => line.Contains("Call Trace", StringComparison.Ordinal));
    }

    [Fact]
    public void A_root_without_the_daemon()
    {
        Command.Run("debugfs", "-w", "-R", "rm /usr/sbin/guestfsd", Path.Combine(appliance, "root"));
        GuestfsLaunchException e = Fail();
        Assert.Equal(LaunchFailure.InitFailed, e.Failure);
        Assert.Contains("guestfsd", e.Message, StringComparison.Ordinal);
        Assert.Contains("not found", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_without_a_library_of_the_daemon()
    {
        const string Name = "libaugeas.so.0";
        string library = Command.Run("sh", "-c", "ls /usr/lib*/$1 /usr/lib/*/$1 2>&1 | grep -v : | head -n 1", "sh", Name).Trim();
        Command.Run("debugfs", "-w", "-R", "rm " + library, Path.Combine(appliance, "root"));
        GuestfsLaunchException e = Fail();
        Assert.Equal(LaunchFailure.InitFailed, e.Failure);
        Assert.Contains($"guestfsd: error while loading shared libraries: {Name}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_with_too_little_memory()
    {
        // The initrd is in memory twice while it is unpacked.
        Command.Run(
            "sh", "-c", "cd \"$1\" && truncate -s 150M pad && echo pad | cpio --quiet -o -H newc >> initrd && rm pad", "sh", appliance);
        GuestfsLaunchException e = Fail(g => g.SetMemsize(256));
        Assert.Equal(LaunchFailure.OutOfMemory, e.Failure);
        Assert.Contains("(256 MiB)", e.Message, StringComparison.Ordinal);
        Assert.Contains("SetMemsize", e.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_qemu_that_is_killed_while_the_machine_starts()
    {
        string qemu = Command.Find("qemu-system-x86_64")!;
        string script = directory.File("qemu");
        File.WriteAllText(script, $"#!/bin/sh\ncase \"$*\" in *-kernel*) (sleep 2; kill -KILL $$) & ;; esac\nexec {qemu} \"$@\"\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        GuestfsLaunchException e = Fail(g => g.SetHv(script));
        Assert.Equal(LaunchFailure.ApplianceDied, e.Failure);
        Assert.Contains("killed", e.Remedy, StringComparison.Ordinal);
    }

    private GuestfsLaunchException Fail(Action<GuestfsHandle>? prepare = null)
    {
        using GuestfsHandle g = new(new GuestfsHandleOptions { IgnoreEnvironment = true, LaunchTimeout = TimeSpan.FromMinutes(2) });
        g.SetBackend("direct");
        g.SetPath(appliance);
        g.AddDriveScratch(1 << 20);
        prepare?.Invoke(g);
        GuestfsLaunchException e = Assert.Throws<GuestfsLaunchException>(g.Launch);
        Assert.Equal(GuestfsState.Config, g.State);
        Assert.Contains(e.Remedy!, e.Message, StringComparison.Ordinal);
        return e;
    }
}
