// Finds out why a filesystem of a guest could not be mounted, and says what helps.
using Guestfs.Interop;

namespace Guestfs;

internal static class MountRemedy
{
    /// <summary>One piece of advice.</summary>
    internal static string For(GuestfsHandle handle, GuestMountpoint mountpoint, bool readOnly)
    {
        string device = PrintableText.Line(mountpoint.Mountable);
        string? type = mountpoint.FilesystemType;
        return type switch
        {
            null =>
                $"{device} has no filesystem that can be recognised: if the guest's /etc/fstab is out of date, mount the right one of "
                + $"{ApiName.Function(nameof(GuestfsHandle.ListFilesystems))}.",
            "swap" or "LVM2_member" or "linux_raid_member" =>
                $"{device} is not a filesystem but of type {type}: the guest's /etc/fstab is out of date.",
            _ when !IsSupported(handle, type) =>
                $"The appliance cannot mount {type}: install the programs or the kernel with support for it on the machine that builds "
                + "the appliance.",
            _ when KernelMountLine.Remedy(handle, mountpoint.Mountable, device) is { } remedy => remedy,
            "ext2" or "ext3" or "ext4" => Journalled(device, readOnly, "ro,noload", ApiName.Function(nameof(GuestfsHandle.E2fsck))),
            "xfs" => Journalled(device, readOnly, "ro,norecovery", ApiName.Function(nameof(GuestfsHandle.XfsRepair))),
            "btrfs" => Journalled(device, readOnly, "ro,rescue=nologreplay", ApiName.Function(nameof(GuestfsHandle.BtrfsFsck))),
            "ntfs" => $"{device} is damaged, or belongs to a Windows that is hibernated. Shut Windows down properly, or use "
                + $"{ApiName.Function(nameof(GuestfsHandle.Ntfsfix))} on a copy of the disk.",
            "vfat" => $"{device} is damaged: repair it with fsck.vfat on a copy of the disk.",
            _ => $"The {type} filesystem on {device} is damaged: repair it with its own tools on a copy of the disk.",
        };
    }

    /// <summary>Advice about a filesystem that its driver mounts read-only.</summary>
    internal static string ForReadOnly(string mountable, string? type)
    {
        string device = PrintableText.Line(mountable);
        string help = type switch
        {
            "ntfs" => "A Windows that is hibernated, or was shut down for a fast start, still uses it: shut Windows down fully, or give up "
                + $"what it saved with {ApiName.Function(nameof(GuestfsHandle.MountOptions))} and the option remove_hiberfile. If it is "
                + $"damaged, use {ApiName.Function(nameof(GuestfsHandle.Ntfsfix))} on a copy of the disk.",
            "ext2" or "ext3" or "ext4" => $"It has errors: repair it with {ApiName.Function(nameof(GuestfsHandle.E2fsck))}.",
            "xfs" => $"It has errors: repair it with {ApiName.Function(nameof(GuestfsHandle.XfsRepair))}.",
            "btrfs" => "It has errors, or lacks a device: add all its disks, or repair it with "
                + $"{ApiName.Function(nameof(GuestfsHandle.BtrfsFsck))}.",
            "hfsplus" => "Linux writes to HFS+ only without a journal: turn the journal off with macOS' diskutil.",
            _ => $"Its driver does not write to it: it may be damaged, or use what the appliance's kernel cannot write.",
        };
        return $"{help} To read {device}, mount it with {ApiName.Function(nameof(GuestfsHandle.MountRo))}.";
    }

    // Even read only, the kernel replays the journal of a filesystem that was not unmounted, which fails if the journal is damaged.
    private static string Journalled(string device, bool readOnly, string withoutJournal, string repair) => readOnly
        ? $"{device} is damaged, or was not unmounted and its journal cannot be replayed. Mount it without the journal: "
            + $"{ApiName.Function(nameof(GuestfsHandle.MountOptions))} and the options {withoutJournal}; "
            + $"or repair a copy of the disk with {repair}."
        : $"{device} is damaged: repair it with {repair}, or mount it read-only.";

    /// <summary>Whether there is such a device, or the one of a subvolume.</summary>
    internal static bool IsDevice(GuestfsHandle handle, string mountable) =>
        handle.AnswerOr(() => handle.BlockdevGetsize64(handle.MountableDevice(mountable)) >= 0, false);

    /// <summary>Whether there is such a directory in what is mounted, perhaps at the end of links.</summary>
    internal static bool IsDirectory(GuestfsHandle handle, string path) =>
        handle.AnswerOr(() => handle.IsDir(path, new IsDirOptions { FollowSymlinks = true }), false);

    // ntfs-3g is a program, not a filesystem of the kernel.
    private static bool IsSupported(GuestfsHandle handle, string type) => handle.AnswerOr(
        () =>
            type == "ntfs" ? handle.FeatureAvailable(["ntfs3g"]) || handle.FilesystemAvailable("ntfs3") : handle.FilesystemAvailable(type),
        true);
}
