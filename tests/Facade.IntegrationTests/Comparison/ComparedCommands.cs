// What guestfish and the managed API are both asked.
namespace Guestfs.IntegrationTests.Comparison;

/// <summary>Commands in guestfish's language.</summary>
internal static class ComparedCommands
{
    /// <summary>Done by guestfish alone, before the questions: /dev/sda has a Linux system, the other disks are empty.</summary>
    internal static readonly string[] Preparation =
    [
        "pvcreate /dev/sdb",
        "vgcreate vg /dev/sdb",
        "lvcreate root vg 100",
        "lvcreate-free rest vg 40",
        "mkfs ext3 /dev/vg/root label:lvroot",
        "mkfs-btrfs /dev/sdc label:butter",
        "mount /dev/sdc /",
        "btrfs-subvolume-create /one",
        "mkdir /one/directory",
        "btrfs-subvolume-create /one/two",
        "btrfs-subvolume-snapshot /one /snap ro:true",
        "umount-all",
    ];

    /// <summary>Asked of both, in this order.</summary>
    internal static readonly string[] All =
    [
        // The appliance and the disks.
        "version", "available-all-groups", "filesystem-available btrfs", "filesystem-available nonesuch",
        "feature-available \"lvm2 augeas\"",
        "feature-available nonesuch", "max-disks", "list-devices", "list-partitions", "list-filesystems", 
        "list-md-devices", "device-index /dev/sdb", "canonical-device-name /dev/hdb", "echo-daemon \"one two  three\"",
        "get-memsize", "get-smp", "get-backend", "get-autosync", "get-network", "get-umask",

        // Devices, partitions and volumes.
        "blockdev-getsize64 /dev/sda", "blockdev-getss /dev/sda", "blockdev-getbsz /dev/sdc", 
        "part-list /dev/sda", "part-get-disk-guid /dev/sda",
        "part-get-gpt-attributes /dev/sda 2", 
        
        "blkid /dev/sda1", "blkid /dev/sdb", "blkid /dev/sdc", "vfs-uuid /dev/vg/root",
        "vfs-minimum-size /dev/vg/root", "file /dev/sdc", "findfs-label butter", "tune2fs-l /dev/vg/root", 
        "pvs", "vgs", "pvs-full", "vgs-full", "lvs-full", "vguuid vg", "vgpvuuids vg", "vglvuuids vg",
        "is-lv /dev/vg/root", "lvm-canonical-lv-name /dev/mapper/vg-rest", "lvm-canonical-lv-name /dev/sda",
        "btrfs-filesystem-show /dev/sdc", "mountable-subvolume btrfsvol:/dev/sdc/one/two", 
        "luks-uuid /dev/sdb", "xfs-info /dev/sdc", "md-detail /dev/md0", "ntfs-3g-probe true /dev/sdc",

        // Inspection.
        "inspect-os", "inspect-get-roots", "inspect-get-type /dev/sda1", "inspect-get-distro /dev/sda1", "inspect-get-arch /dev/sda1",
        "inspect-get-major-version /dev/sda1", "inspect-get-minor-version /dev/sda1", "inspect-get-product-name /dev/sda1",
        "inspect-get-product-variant /dev/sda1",
        "inspect-get-hostname /dev/sda1", "inspect-get-osinfo /dev/sda1", "inspect-get-package-format /dev/sda1",
        "inspect-get-package-management /dev/sda1",
        "inspect-get-mountpoints /dev/sda1", "inspect-get-filesystems /dev/sda1", "inspect-get-drive-mappings /dev/sda1",
        "inspect-get-format /dev/sda1",
        "inspect-is-live /dev/sda1", "inspect-is-multipart /dev/sda1", "inspect-get-windows-systemroot /dev/sda1",

        // With the root mounted.
        "mount-ro /dev/sda1 /", "inspect-list-applications /dev/sda1", "inspect-list-applications2 /dev/sda1", "inspect-get-icon /dev/sda1",
        "mountpoints", "statvfs /", "ls /", "ls /etc", "ll /etc", "find /etc", "readdir /etc", "du /var", "glob-expand /etc/h*",
        "glob-expand /*/ directoryslash:true", "is-symlink /lib/link",
        "is-file /lib/link followsymlinks:true", "stat /etc/fstab", "lstat /lib/link", "statns /bin/sh", "lstatns /lib/link",
        "lstatlist /etc \"fstab none hosts\"", "lstatnslist /etc \"fstab none\"",
        "readlink /lib/link", "readlink /etc", "readlinklist /lib \"link none\"", "case-sensitive-path /ETC/FSTAB", "filesize /bin/sh",
        "file /bin/sh", "file-architecture /bin/sh", "file-architecture /etc/fstab",
        "cat /etc/hostname", "cat /none", "read-file /etc/latin1", "read-lines /etc/hosts", 
        "hexdump /etc/latin1", "checksum nonesuch /bin/sh",
        "grep host /etc/hosts", "grep \"^[0-9.]+\" /etc/hosts extended:true", "egrepi LOCAL /etc/hosts", 
        "getxattrs /etc/hosts", "getxattr /etc/hosts user.test", "getxattr /etc/hosts user.none", "lxattrlist /etc \"hosts none\"",
        "acl-get-file /etc/hosts access", 
        "cap-get-file /bin/sh", "get-e2attrs /etc/hosts", "get-e2generation /etc/hosts", "truncate /etc/new", "rm /etc/hosts", "mkdir /etc",
        "touch relative",
        "umount-all", "ls /",

        // btrfs and LVM mounted.
        "mount-ro /dev/sdc /", "btrfs-subvolume-list /", "btrfs-subvolume-show /snap", "btrfs-subvolume-get-default /",
        "btrfs-qgroup-show /", "umount-all",
        "mount-ro btrfsvol:/dev/sdc/one /", "ls /", "mountpoints", "umount-all", "mount-ro /dev/vg/root /", "ls /", "mounts", "umount-all",
        "mount /dev/vg/rest /", "mount /dev/sdz /", "mount-vfs ro vfat /dev/vg/rest /", "part-list /dev/sdnone",

        // Augeas.
        "mount-ro /dev/sda1 /", "aug-init / 0", "aug-ls /files/etc", "aug-match /files/etc/hosts/*", "aug-get /files/etc/hosts/1/ipaddr",
        "aug-get /files/none", "aug-label /files/etc/fstab/1/file", "aug-defvar v /files/etc/fstab/*",
        "aug-setm /files/etc/hosts/* canonical x", "aug-close",
    ];
}
