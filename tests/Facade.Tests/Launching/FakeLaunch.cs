using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Launching;

/// <summary>A directory with a made-up appliance, and handles that launch it.</summary>
internal sealed class FakeLaunch : IDisposable
{
    private readonly FakeAppliance appliance = new();

    internal static string Qemu => FakeAppliance.Qemu;

    internal string Directory => appliance.Directory;

    public void Dispose() => appliance.Dispose();

    internal string FileName(string name) => appliance.FileName(name);

    /// <inheritdoc cref="FakeAppliance.Script"/>
    internal string Script(string commands, string always = "") => appliance.Script(commands, always);

    /// <summary>A handle with one small disk.</summary>
    internal GuestfsHandle Handle(string hypervisor, GuestfsHandleOptions options = default)
    {
        GuestfsHandle handle = new(options with { IgnoreEnvironment = true });
        handle.SetBackend("direct");
        handle.SetPath(Directory);
        handle.SetHv(hypervisor);
        string disk = FileName($"disk-{Guid.NewGuid():N}");
        using (FileStream image = File.Create(disk))
        {
            image.SetLength(1 << 20);
        }

        handle.AddDrive(disk, new AddDriveOptions { Format = "raw" });
        return handle;
    }

    /// <summary>How a launch with emulation fails.</summary>
    internal GuestfsLaunchException Fail(string hypervisor, Action<GuestfsHandle>? prepare = null, GuestfsHandleOptions? options = null)
    {
        using GuestfsHandle handle = Handle(hypervisor, options ?? new GuestfsHandleOptions { Accelerator = Accelerator.Tcg });
        prepare?.Invoke(handle);
        GuestfsLaunchException e = Assert.Throws<GuestfsLaunchException>(handle.Launch);
        Assert.Equal("launch", e.Operation);
        Assert.Equal(GuestfsState.Config, handle.State);
        Assert.Contains(e.Remedy!, e.Message, StringComparison.Ordinal);
        return e;
    }
}
