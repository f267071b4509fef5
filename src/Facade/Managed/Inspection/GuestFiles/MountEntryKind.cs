namespace Guestfs;

/// <summary>Says of a line of fstab what it is without looking for its device.</summary>
internal static class MountEntryKind
{
    private static readonly string[] OfNetwork =
    [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "ceph", "glusterfs", "lustre", "afs", "9p", "virtiofs", "vboxsf", "davfs", "sshfs",
        "s3fs", "beegfs", "orangefs", "coda",
    ];

    private static readonly string[] OfKernel =
    [
        "tmpfs", "ramfs", "proc", "sysfs", "devpts", "devtmpfs", "cgroup", "cgroup2", "debugfs", "tracefs", "securityfs", "pstore",
        "efivarfs", "bpf", "mqueue", "hugetlbfs", "configfs", "fusectl", "binfmt_misc", "usbfs", "rpc_pipefs", "nfsd", "autofs",
        "selinuxfs", "usbdevfs", "spufs", "xenfs", "functionfs",
    ];

    private static readonly string[] OfDirectories =
        ["overlay", "overlayfs", "aufs", "unionfs", "mergerfs", "fuse.mergerfs", "fuse.unionfs"];

    /// <summary>What is to be told of it; null for what is mounted from a device.</summary>
    internal static GuestMountOutcome? Find(GuestMountEntry entry)
    {
        string type = entry.Type.StartsWith("fuse.", StringComparison.Ordinal) && !OfDirectories.Contains(entry.Type)
            ? entry.Type["fuse.".Length..]
            : entry.Type;
        return type == "swap" || entry.Path is "none" or "swap" ? GuestMountOutcome.Swap
            : entry.Options.Contains("bind") || entry.Options.Contains("rbind") ? GuestMountOutcome.Bind
            : OfDirectories.Contains(type) ? GuestMountOutcome.Overlay
            : OfKernel.Contains(type) ? GuestMountOutcome.KernelFilesystem
            : OfNetwork.Contains(type) || entry.Device.StartsWith("//", StringComparison.Ordinal) ? GuestMountOutcome.Network
            : IsRemovable(entry.Device) ? GuestMountOutcome.Removable
            : IsFile(entry) ? GuestMountOutcome.ImageFile
            : null;
    }

    private static bool IsRemovable(string device) =>
        device is "/dev/floppy" or "/dev/cdrom" or "/dev/dvd" || device.StartsWith("/dev/iso9660/", StringComparison.Ordinal)
        || ((device.StartsWith("/dev/fd", StringComparison.Ordinal) || device.StartsWith("/dev/cd", StringComparison.Ordinal)
            || device.StartsWith("/dev/sr", StringComparison.Ordinal)) && device.Length > 7 && char.IsAsciiDigit(device[7]));

    private static bool IsFile(GuestMountEntry entry) =>
        entry.Device.StartsWith('/') && !entry.Device.StartsWith("/dev/", StringComparison.Ordinal);
}
