namespace Guestfs;

/// <summary>Why an appliance ended although nobody asked it to.</summary>
public enum ApplianceDeath
{
    /// <summary>Nothing says why.</summary>
    Unknown,

    /// <summary>Somebody killed qemu, with a signal.</summary>
    HypervisorKilled,

    /// <summary>qemu crashed, or gave up with an error of its own.</summary>
    HypervisorCrashed,

    /// <summary>The host ran out of memory, or this process's control group did, and the kernel killed qemu.</summary>
    HostOutOfMemory,

    /// <summary>A filesystem of the host was full: a disk image, or the overlay of a read-only disk, could not grow.</summary>
    HostDiskFull,

    /// <summary>The host could not read or write a disk image or what it is stored on.</summary>
    HostDiskFailed,

    /// <summary>The appliance's kernel panicked.</summary>
    KernelPanicked,

    /// <summary>The appliance ran out of memory, and its kernel killed what it could not do without.</summary>
    GuestOutOfMemory,

    /// <summary>The appliance's daemon, guestfsd, crashed or ended.</summary>
    DaemonEnded,
}
