namespace Guestfs.IntegrationTests.Support;

/// <summary>The appliance that a run of the tests has for those who do not care which.</summary>
internal static class RunAppliance
{
    /// <summary>Has a handle use it that ignores the environment, where it is named.</summary>
    internal static void UseRunAppliance(this GuestfsHandle g) =>
        g.SetPath(Environment.GetEnvironmentVariable("LIBGUESTFS_PATH") ?? g.GetPath());
}
