namespace Guestfs;

/// <summary>Why the appliance did not start.</summary>
public enum LaunchFailure
{
    /// <summary>Not one of the others, as far as can be told: the message is libguestfs' own.</summary>
    Other,

    /// <summary>There is no appliance in the directories of the path, nor supermin, which would build it.</summary>
    ApplianceMissing,

    /// <summary>The hypervisor (qemu) is not installed, or not where it was looked for.</summary>
    HypervisorMissing,

    /// <summary>A file of the appliance cannot be read, is cut short, or is not what it should be.</summary>
    ApplianceUnreadable,

    /// <summary>qemu ended before it started the machine: it refused an argument, or could not be run.</summary>
    HypervisorRefused,

    /// <summary>KVM was asked for and does not work.</summary>
    KvmBroken,

    /// <summary>The host has too little memory for the appliance, or the appliance was given too little.</summary>
    OutOfMemory,

    /// <summary>The appliance's kernel panicked.</summary>
    KernelPanic,

    /// <summary>The kernel ran, but the appliance's init or the daemon could not be started.</summary>
    InitFailed,

    /// <summary>The machine ran, but its daemon did not report within the time limit.</summary>
    DaemonNeverConnected,

    /// <summary>qemu ended while the appliance was starting, without a reason on its console.</summary>
    ApplianceDied,

    /// <summary>Another process has a disk open: a virtual machine may be running from it. The inner exception, if there is one, is a
    /// <see cref="GuestfsDiskException"/>.</summary>
    DiskLocked,

    /// <summary>The <see cref="ApplianceSource"/> of the handle could not provide an appliance: the inner exception says why.</summary>
    ApplianceUnavailable,

    /// <summary>qemu cannot be confined as <see cref="GuestfsHandleOptions.Confinement"/> asks.</summary>
    ConfinementUnavailable,

    /// <summary>It stood still: nothing came to the console and no disk was used for too long,
    /// or qemu or its machine was stopped.</summary>
    Stalled,

    /// <summary>A disk image, or a file that it is made of, cannot be used: the inner exception is a
    /// <see cref="GuestfsDiskException"/> that says which, and why.</summary>
    DiskUnusable,

    /// <summary>A directory of the host that libguestfs needs, for temporary files, sockets or its cache, cannot be used.</summary>
    DirectoryUnusable,

    /// <summary>The network of the appliance, <see cref="GuestfsHandle.SetNetwork"/>, could not be set up.</summary>
    NetworkUnavailable,
}
