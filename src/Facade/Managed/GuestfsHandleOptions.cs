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

    /// <summary>
    /// What runs the appliance. A backend setting <c>force_kvm</c> or <c>force_tcg</c>, also one from the environment, comes
    /// first; see <see cref="GuestfsHandle.AcceleratorChoice"/>.
    /// </summary>
    public Accelerator Accelerator { get; init; }

    /// <summary>
    /// How long <see cref="GuestfsHandle.Launch"/> waits for the appliance once it is built; null waits as long as guestfs_launch(3)
    /// does, for ever if qemu hangs. At most 24 days. When the time is over, what the launch has started is killed, and it fails with
    /// <see cref="LaunchFailure.DaemonNeverConnected"/>.
    /// </summary>
    public TimeSpan? LaunchTimeout { get; init; }
}
