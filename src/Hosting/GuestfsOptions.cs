namespace Guestfs.Extensions.Hosting;

/// <summary>How a service opens disks. Values are checked when the application starts; a configuration's unknown names are
/// errors, too.</summary>
/// <example>
/// <code>
/// { "Guestfs": { "MaxMemoryMegabytes": 8192, "MaxProcessors": 4, "QueueTimeout": "00:01:00" } }
/// </code>
/// </example>
public sealed class GuestfsOptions
{
    /// <summary>The memory of each appliance, in MiB: guestfs_set_memsize(3). It is 1280 at first, as with libguestfs.</summary>
    public int ApplianceMemoryMegabytes { get; set; } = 1280;

    /// <summary>The processors of each appliance: guestfs_set_smp(3).</summary>
    public int ApplianceProcessors { get; set; } = 1;

    /// <summary>
    /// What the appliances that run may have of the host's memory together, in MiB, with what their qemu takes beside
    /// (<see cref="QemuMegabytes"/> each). Null is half of what the process may have; at least one appliance fits.
    /// </summary>
    public int? MaxMemoryMegabytes { get; set; }

    /// <summary>How many processors the appliances that run may have together. Null is what the process may have.</summary>
    public int? MaxProcessors { get; set; }

    /// <summary>How many appliances may run at a time, whatever their size. Null is as many as memory and processors allow.</summary>
    public int? MaxAppliances { get; set; }

    /// <summary>How many requests may wait; one more fails with a <see cref="GuestfsBusyException"/>.</summary>
    public int MaxQueueLength { get; set; } = 1000;

    /// <summary>How long a request waits before it fails with a <see cref="GuestfsBusyException"/>. Null waits as long as it
    /// takes.</summary>
    public TimeSpan? QueueTimeout { get; set; }

    /// <summary><see cref="GuestfsHandleOptions.LaunchTimeout"/>.</summary>
    public TimeSpan? LaunchTimeout { get; set; }

    /// <summary><see cref="GuestfsHandleOptions.CancellationTimeout"/>.</summary>
    public TimeSpan? CancellationTimeout { get; set; }

    /// <summary><see cref="GuestfsHandleOptions.Accelerator"/>.</summary>
    public Accelerator Accelerator { get; set; }

    /// <summary>The directory of a fixed appliance. Null is the <see cref="ApplianceSource"/> among the services, else libguestfs' own
    /// search.</summary>
    public string? AppliancePath { get; set; }

    /// <summary>guestfs_set_backend(3), for example <c>direct</c>. Null is libguestfs' default.</summary>
    public string? Backend { get; set; }

    /// <summary>
    /// Launches one appliance in the background when the application starts, and ends it: what is built or saved once is there when the
    /// first request comes. Otherwise nothing runs before it is asked for. No launched appliance is kept for later requests: libguestfs
    /// takes disks before the launch only.
    /// </summary>
    public bool PrepareAtStart { get; set; }

    /// <summary>What an appliance's qemu takes of the host's memory beside the appliance's own, in MiB.</summary>
    public const int QemuMegabytes = 128;
}
