namespace Guestfs;

/// <summary>An operating system on the disks, from <see cref="GuestfsHandle.Inspect"/>: guestfs(3), INSPECTION.</summary>
/// <remarks>
/// All of it comes from files of the guest, so it is only as true as they are. Names such as <see cref="Distro"/> are
/// libguestfs' words; new versions of it add some, so accept those you do not know. Null is what libguestfs calls unknown.
/// </remarks>
public sealed record GuestOperatingSystem
{
    /// <summary>The filesystem on which it was found, which is mounted on <c>/</c>: guestfs_inspect_os(3). A device such as
    /// <c>/dev/sda2</c> or <c>/dev/vg/root</c>, or a btrfs subvolume such as <c>btrfsvol:/dev/sda2/root</c>.</summary>
    public required string Root { get; init; }

    /// <summary>For example <c>linux</c>, <c>windows</c> or <c>freebsd</c>: guestfs_inspect_get_type(3).</summary>
    public string? Type { get; init; }

    /// <summary>For example <c>debian</c>, <c>fedora</c> or <c>windows</c>: guestfs_inspect_get_distro(3).</summary>
    public string? Distro { get; init; }

    /// <summary>The name for people as libguestfs finds it: for Windows <c>Windows 10 Pro</c>, for Debian mostly the mere version, such as
    /// <c>12.15</c>. guestfs_inspect_get_product_name(3).</summary>
    public string? ProductName { get; init; }

    /// <summary>The name for people that a Linux system has for itself, such as <c>Debian GNU/Linux 12 (bookworm)</c>:
    /// <c>PRETTY_NAME</c> of os-release(5).</summary>
    public string? PrettyName { get; init; }

    /// <summary>For Windows mostly <c>Client</c> or <c>Server</c>: guestfs_inspect_get_product_variant(3).</summary>
    public string? ProductVariant { get; init; }

    /// <summary>Major and minor version; Windows 7 is 6.1. guestfs_inspect_get_major_version(3),
    /// guestfs_inspect_get_minor_version(3).</summary>
    public Version? Version { get; init; }

    /// <summary>For example <c>x86_64</c>, <c>i386</c> or <c>aarch64</c>: guestfs_inspect_get_arch(3).</summary>
    public string? Architecture { get; init; }

    /// <summary>The host name: guestfs_inspect_get_hostname(3).</summary>
    public string? HostName { get; init; }

    /// <summary>What identifies the installation: 32 hexadecimal digits of machine-id(5). Null for an image that gets one when it first
    /// starts.</summary>
    public string? MachineId { get; init; }

    /// <summary>For example <c>deb</c> or <c>rpm</c>: guestfs_inspect_get_package_format(3).</summary>
    public string? PackageFormat { get; init; }

    /// <summary>For example <c>apt</c> or <c>dnf</c>: guestfs_inspect_get_package_management(3).</summary>
    public string? PackageManagement { get; init; }

    /// <summary>The likely short identifier in the libosinfo database, such as <c>debian12</c>: guestfs_inspect_get_osinfo(3).</summary>
    public string? OsinfoId { get; init; }

    /// <summary>The build number of Windows, or <c>BUILD_ID</c> of <c>/etc/os-release</c>: guestfs_inspect_get_build_id(3).
    /// Null with a libguestfs before 1.49.8.</summary>
    public string? BuildId { get; init; }

    /// <summary>What the guest mounts where, parents first: guestfs_inspect_get_mountpoints(3). A guess made from files such as
    /// <c>/etc/fstab</c>; what they name need not exist.</summary>
    public IReadOnlyList<GuestMountpoint> Mountpoints { get; init; } = [];

    /// <summary>The lines of its <c>/etc/fstab</c> in their order, the mount units of its systemd but for what the kernel makes, and the
    /// partitions that it mounts because of their types. What of them is on a device is in <see cref="Mountpoints"/>;
    /// <see cref="GuestMountReport.Results"/> says what became of each. Of Linux alone, and of the first thousand lines.</summary>
    public IReadOnlyList<GuestMountEntry> MountEntries { get; init; } = [];

    /// <summary>All filesystems that belong to it, with those it does not mount, such as swap:
    /// guestfs_inspect_get_filesystems(3).</summary>
    public IReadOnlyList<string> Filesystems { get; init; } = [];

    /// <summary>Drive letter without colon to device, for Windows: guestfs_inspect_get_drive_mappings(3). Hard disks only.
    /// Looking up ignores case.</summary>
    public IReadOnlyDictionary<string, string> DriveMappings { get; init; } = new Dictionary<string, string>();

    /// <summary>What only Windows has; null for every other type.</summary>
    public WindowsSystem? Windows { get; init; }

    /// <summary>Its snapshots, on btrfs and in logical volumes, as <see cref="GuestfsHandle.Mount"/> takes them. They are not
    /// systems of their own in the result of <see cref="GuestfsHandle.Inspect"/>, unless a filesystem holds nothing else, or
    /// <see cref="InspectOptions.IncludeSnapshots"/> asks for them.</summary>
    public IReadOnlyList<string> Snapshots { get; init; } = [];

    /// <summary>What could not be read or understood; the properties that depend on it are empty. Mostly a
    /// <see cref="GuestFileException"/>, which has the file and the line.</summary>
    public IReadOnlyList<GuestfsException> Problems { get; init; } = [];
}
