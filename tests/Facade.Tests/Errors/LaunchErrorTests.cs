// Launches that fail before anything is started: no appliance, no hypervisor, no library, the wrong state.
using Guestfs.Tests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Errors;

public sealed class LaunchErrorTests : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly GuestfsHandle handle = new(new GuestfsHandleOptions { IgnoreEnvironment = true });

    public void Dispose()
    {
        handle.Dispose();
        directory.Dispose();
    }

    [Fact]
    public void No_appliance()
    {
        handle.SetBackend("direct");
        handle.AddDrive("/dev/null", new AddDriveOptions { ReadOnly = true, Format = "raw" });
        handle.SetPath(directory.Path);
        GuestfsLaunchException e = Assert.Throws<GuestfsLaunchException>(handle.Launch);
        Assert.Equal(LaunchFailure.ApplianceMissing, e.Failure);
        Assert.Equal("launch", e.Operation);
        Assert.StartsWith(
            "cannot find any suitable libguestfs supermin, fixed or old-style appliance on LIBGUESTFS_PATH", e.Message,
            StringComparison.Ordinal);
        Assert.Contains($"no appliance in {directory.Path} ", e.Message, StringComparison.Ordinal);
        Assert.Contains("SetPath or in LIBGUESTFS_PATH", e.Message, StringComparison.Ordinal);
        Assert.Equal(GuestfsState.Config, handle.State);
    }

    [Fact]
    public void No_hypervisor()
    {
        // A fixed appliance, so that none is built first.
        using FakeAppliance appliance = new();
        handle.SetBackend("direct");
        handle.AddDrive("/dev/null", new AddDriveOptions { ReadOnly = true, Format = "raw" });
        handle.SetPath(appliance.Directory);
        handle.SetHv("/nonexistent/qemu");
        GuestfsLaunchException e = Assert.Throws<GuestfsLaunchException>(handle.Launch);
        Assert.Equal(LaunchFailure.HypervisorMissing, e.Failure);
        Assert.Contains("There is no qemu at '/nonexistent/qemu'", e.Message, StringComparison.Ordinal);
        Assert.Contains("apt install qemu-system-x86", e.Message, StringComparison.Ordinal);
        Assert.Contains("dnf install", e.Message, StringComparison.Ordinal);
        Assert.Contains("pacman -S", e.Message, StringComparison.Ordinal);
        Assert.Contains("SetHv or in LIBGUESTFS_HV", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_library()
    {
        Dictionary<string, string?> environment = new() { ["GUESTFS_LIBRARY"] = directory.File("libguestfs.so.0") };
        CommandResult result = ChildProcess.Run(["create"], environment);
        Assert.StartsWith(
            "DllNotFoundException \nlibguestfs.so.0, the library of libguestfs, could not be loaded.", result.Output,
            StringComparison.Ordinal);
        Assert.Contains(
            $"{directory.File("libguestfs.so.0")} (environment variable GUESTFS_LIBRARY): no such file", result.Output,
            StringComparison.Ordinal);
        Assert.Contains("apt install libguestfs0", result.Output, StringComparison.Ordinal);
        Assert.Contains("dnf install libguestfs", result.Output, StringComparison.Ordinal);
        Assert.Contains("pacman -S libguestfs", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void A_library_that_is_something_else()
    {
        string file = directory.File("libguestfs.so.0");
        File.WriteAllText(file, new string('x', 10_000));
        CommandResult result = ChildProcess.Run(["create"], new Dictionary<string, string?> { ["GUESTFS_LIBRARY"] = file });
        Assert.StartsWith("DllNotFoundException \n", result.Output, StringComparison.Ordinal);
        Assert.Contains($"{file} (environment variable GUESTFS_LIBRARY): ", result.Output, StringComparison.Ordinal);
        Assert.Contains("invalid ELF header", result.Output, StringComparison.Ordinal);
        Assert.Contains("apt install libguestfs0", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LIBGUESTFS_MEMSIZE", "much", "LIBGUESTFS_MEMSIZE")]
    [InlineData("LIBGUESTFS_BACKEND", "no-such-backend", "no-such-backend")]
    [InlineData("LIBGUESTFS_DEBUG", "perhaps", "LIBGUESTFS_DEBUG=perhaps")]
    public void A_bad_setting_in_the_environment(string variable, string value, string named)
    {
        CommandResult result = ChildProcess.Run(["create"], new Dictionary<string, string?> { [variable] = value });
        Assert.StartsWith("GuestfsException ", result.Output, StringComparison.Ordinal);
        Assert.Contains(named, result.Output, StringComparison.Ordinal);
        Assert.Contains(
            "environment variable (LIBGUESTFS_*, TMPDIR, XDG_RUNTIME_DIR): correct it, or set GuestfsHandleOptions.IgnoreEnvironment",
            result.Output,
            StringComparison.Ordinal);
        Assert.Empty(result.Error);

        // The second handle was told to ignore it.
        Assert.EndsWith("no exception\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_is_read_unless_it_is_to_be_ignored()
    {
        string[] lines =
            ChildProcess.Run(["create"], new Dictionary<string, string?> { ["LIBGUESTFS_PATH"] = "/from/the/environment" }).Output
                .Split('\n');
        Assert.Equal("/from/the/environment", lines[0]);
        Assert.NotEqual("/from/the/environment", lines[2]);
        Assert.Equal(Command.Run("env", "-u", "LIBGUESTFS_PATH", "guestfish", "get-path"), lines[2] + "\n");
    }

    [Fact]
    public void A_call_before_launch()
    {
        GuestfsStateException e = Assert.Throws<GuestfsStateException>(() => handle.Mount("/dev/sda1", "/"));
        Assert.Equal("mount", e.Operation);
        Assert.Equal(GuestfsState.Config, e.State);
        Assert.Contains("Call Launch first", e.Message, StringComparison.Ordinal);

        // libguestfs' own words are in it.
        Assert.Contains("call launch before using this function", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_setting_is_an_error_of_libguestfs()
    {
        GuestfsException backend = Assert.Throws<GuestfsException>(() => handle.SetBackend("no-such-backend"));
        Assert.Equal("set_backend", backend.Operation);
        GuestfsException memory = Assert.Throws<GuestfsException>(() => handle.SetMemsize(1));
        Assert.Equal("set_memsize", memory.Operation);
        Assert.NotEmpty(memory.Message);
    }
}
