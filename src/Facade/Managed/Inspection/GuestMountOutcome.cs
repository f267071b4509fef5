namespace Guestfs;

/// <summary>What <see cref="GuestfsHandle.MountAll"/> did with a <see cref="GuestMountEntry"/>.</summary>
public enum GuestMountOutcome
{
    /// <summary>It is mounted.</summary>
    Mounted,

    /// <summary>It could not be mounted, for another reason than those that follow.</summary>
    Failed,

    /// <summary>Its device is not on the disks.</summary>
    DeviceMissing,

    /// <summary>The directory to mount it on does not exist; the guest may make it when it starts.</summary>
    DirectoryMissing,

    /// <summary>Its device is encrypted and not open.</summary>
    Encrypted,

    /// <summary>The guest does not mount it by itself: <c>noauto</c>, or a unit that is not enabled, or masked.</summary>
    NotAutomatic,

    /// <summary>Another entry mounts something on the same directory, and that one counts; or
    /// <see cref="GuestOperatingSystem.Mountpoints"/> was changed, and leaves it out.</summary>
    Superseded,

    /// <summary>It is swap.</summary>
    Swap,

    /// <summary>It is on another machine.</summary>
    Network,

    /// <summary>The kernel makes its files, or keeps them in memory: <c>proc</c>, <c>tmpfs</c> and others.</summary>
    KernelFilesystem,

    /// <summary>It shows a directory of the guest at a second place, which libguestfs cannot.</summary>
    Bind,

    /// <summary>It is made of several directories of the guest, which libguestfs cannot.</summary>
    Overlay,

    /// <summary>It is in a file of the guest: <see cref="GuestfsHandle.MountLoop"/> mounts it.</summary>
    ImageFile,

    /// <summary>It is a floppy disk or a CD-ROM.</summary>
    Removable,
}
