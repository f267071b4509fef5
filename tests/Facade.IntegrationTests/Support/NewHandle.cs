// Makes handles that start the appliance the same way on every machine.
namespace Guestfs.IntegrationTests.Support;

/// <summary>Handles for tests, and the environment in which guestfish does the same.</summary>
public static class NewHandle
{
    // The environment decides where it says something. Otherwise: no libvirt, and emulation, because a /dev/kvm that
    // exists may still not work.
    private static readonly string Backend = Environment.GetEnvironmentVariable("LIBGUESTFS_BACKEND") ?? "direct";
    private static readonly string Settings = Environment.GetEnvironmentVariable("LIBGUESTFS_BACKEND_SETTINGS") ?? "force_tcg";

    /// <summary>The variables for programs that use libguestfs.</summary>
    public static IReadOnlyDictionary<string, string?> ToolEnvironment { get; } = new Dictionary<string, string?>
    {
        ["LIBGUESTFS_BACKEND"] = Backend,
        ["LIBGUESTFS_BACKEND_SETTINGS"] = Settings,
        ["LC_ALL"] = "C.UTF-8",
    };

    /// <summary>A handle that can be launched.</summary>
    public static GuestfsHandle ForAppliance(GuestfsHandleOptions options = default)
    {
        GuestfsHandle handle = new(options);
        handle.SetBackend(Backend);
        handle.SetBackendSettings(Settings.Split(':', StringSplitOptions.RemoveEmptyEntries));
        return handle;
    }
}
