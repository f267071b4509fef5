// What can be chosen when a handle is created.
namespace Guestfs;

/// <summary>How to create a handle.</summary>
public readonly record struct GuestfsHandleOptions
{
    /// <summary>
    /// Does not read settings from the environment variables <c>LIBGUESTFS_*</c> and <c>TMPDIR</c>. They are those the process was
    /// started with: <see cref="Environment.SetEnvironmentVariable(string, string?)"/> does not reach native code, so use
    /// <see cref="GuestfsHandle.SetPath"/>, <see cref="GuestfsHandle.SetBackend"/> and the like.
    /// </summary>
    public bool IgnoreEnvironment { get; init; }

    /// <summary>Which appliance <see cref="GuestfsHandle.Launch"/> boots; null is <see cref="ApplianceSource.Default"/>.</summary>
    public ApplianceSource? Appliance { get; init; }

    /// <summary>
    /// How long a cancelled transfer may take to stop before its appliance is ended, which also closes the handle; null is 5
    /// seconds. <see cref="Timeout.InfiniteTimeSpan"/> waits as long as it takes.
    /// </summary>
    public TimeSpan? CancellationTimeout { get; init; }
}
