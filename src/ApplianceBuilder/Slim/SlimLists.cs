// What is known of the files of distributions, by their names: '*' stands for any characters, also slashes.
using System.IO.Enumeration;

namespace Guestfs.Appliances.Slim;

/// <summary>The lists of <see cref="SlimRoot"/>.</summary>
internal static class SlimLists
{
    /// <summary>Programs that neither the daemon nor an init nor a program of theirs runs.</summary>
    internal static readonly string[] Programs =
    [
        // Interpreters; what is written for them goes with them. In an appliance these are parts of packages that have other uses.
        "perl*", "python*", "pydoc*", "pdb*", "py3*", "pygettext*",

        // What virt-dib ran in the appliance, and what it brings.
        "curl", "wcurl", "wget", "debootstrap", "dpkg", "dpkg-*", "deb-systemd-*", "update-alternatives", "qemu-*", "elf2dmp",

        // Of binutils all but strings.
        "*-linux-gnu-*", "addr2line", "ar", "as", "c++filt", "dwp", "elfedit", "gold", "gp-*", "gprof", "gprofng*", "ld", "ld.*", "nm",
        "objcopy", "objdump", "ranlib", "readelf", "size", "strip", "ld.bfd", "ld.gold",

        // Of GRUB what makes other images, fonts and configurations.
        "grub*-file", "grub*-fstest", "grub*-glue-efi", "grub*-kbdcomp", "grub*-macbless", "grub*-menulst2cfg", "grub*-mkconfig",
        "grub*-mkfont", "grub*-mklayout", "grub*-mknetdir", "grub*-mkpasswd*", "grub*-mkrescue", "grub*-mkstandalone", "grub*-mount",
        "grub*-protect", "grub*-render-label", "grub*-script-check", "grub*-syslinux2cfg", "grub*-editenv", "grub*-mkimage",
        "grub*-mkrelpath", "grub*-probe",

        // Of OpenSSH all but the client, which rsync runs; of iproute2 all but ip.
        "ssh-*", "scp", "sftp", "arpd", "bridge", "dcb", "devlink", "genl", "netshaper", "rdma", "rtmon", "ss", "tc", "tipc", "vdpa",

        // Of systemd what a running system manager answers.
        "systemd-*", "bootctl", "busctl", "coredumpctl", "homectl", "hostnamectl", "journalctl", "kernel-install", "localectl", "loginctl",
        "machinectl", "networkctl", "oomctl", "portablectl", "resolvectl", "run0", "timedatectl", "userdbctl", "varlinkctl", "storagectl",

        // Tools for disks that no function runs; one of them checks names in foreign scripts, one knows Windows' encryption.
        "btrfs-convert", "btrfs-find-root", "btrfs-map-logical", "btrfs-select-super", "cfdisk", "cgdisk", "gdisk", "fixparts",
        "dump.exfat", "exfat2img", "e4crypt", "e4defrag", "f2fscrypt", "blkzone", "lowntfs-3g", "ntfscluster", "ntfscmp", "ntfscp",
        "ntfsdecrypt", "ntfsfallocate", "ntfsls", "ntfsmove", "ntfsrecover", "ntfstruncate", "ntfsundelete", "ntfsusermap", "ntfswipe",
        "xfs_copy", "xfs_estimate", "xfs_fsr", "xfs_logprint", "xfs_mdrestore", "xfs_quota", "xfs_rtcp", "xfs_scrub*",

        // Of The Sleuth Kit what the daemon does not run: it has the library itself.
        "blkcalc", "blkcat", "blkstat", "fcat", "ffind", "fiwalk", "fls", "hfind", "ifind", "ils", "img_cat", "img_stat", "istat", "jcat",
        "jls", "jpeg_extract", "mmcat", "mmls", "mmstat", "pstat", "sigfind", "tsk_*", "usnjls",

        // For people at a terminal, and for machines that run: processes, devices, clocks, sessions, limits.
        "less", "lesskey", "lessecho", "lesspipe", "top", "watch", "vmstat", "slabtop", "tload", "pidwait", "pmap", "pwdx", "skill", "w",
        "who", "users", "pinky", "wall", "uptime", "killall", "pstree", "pstree.x11", "fuser", "prtstat", "peekfd", "pslog", "agetty",
        "sulogin", "su", "runuser", "script", "scriptlive", "scriptreplay", "tic", "infocmp", "toe", "tset", "reset", "tput", "tabs",
        "clear", "dmidecode", "biosdecode", "vpddecode", "ownership", "lspci", "setpci", "pcilmr", "lsscsi", "lscpu", "lsmem", "lsirq",
        "lsfd", "lsipc", "lslogins", "lslocks", "lsns", "ipcs", "ipcrm", "ipcmk", "chcpu", "chmem", "chrt", "choom", "coresched", "prlimit",
        "taskset", "uclampset", "unshare", "nsenter", "setpriv", "enosys", "exch", "pipesz", "zramctl", "wdctl", "mt", "mt-gnu", "uuidd",
        "ldattach", "readprofile", "rtcwake", "hwclock", "rtacct", "nstat", "lnstat", "getpcaps", "capsh", "unix_chkpwd", "unix_update",
        "rmt-tar", "systemctl",

        // For the system's accounts and libraries, which stay as they are.
        "chage", "chfn", "chgpasswd", "chpasswd", "chsh", "expiry", "gpasswd", "group*", "grp*conv", "newusers", "passwd", "pwconv",
        "pwunconv", "pwck", "grpck", "useradd", "userdel", "usermod", "vigr", "vipw", "gencat", "iconvconfig", "ldconfig*", "localedef",
        "pzstd", "zic", "zdump", "tzselect",
    ];

    /// <summary>Programs that match these and are needed.</summary>
    internal static readonly string[] NeededPrograms = ["*-linux-gnu-strings", "systemd-tmpfiles", "systemd-udevd", "groups"];

    /// <summary>Programs that are needed only where another one is missing.</summary>
    internal static readonly (string Program, string Unless)[] Substitutes = [("dhclient", "dhcpcd"), ("dhclient-script", "dhcpcd")];

    /// <summary>
    /// What The Sleuth Kit reads images of disks in files with: the daemon gives it devices, and what is on them is no such image.
    /// </summary>
    internal static readonly string[] ImageFormats = ["libewf.so.", "libvmdk.so.", "libvhdi.so.", "libafflib.so."];

    /// <summary>The only library that has them loaded.</summary>
    internal const string ImageReader = "libtsk.so.";

    /// <summary>Other files.</summary>
    internal static readonly string[] Files =
    [
        "/usr/lib/*/perl/*", "/usr/lib/*/perl5/*", "/usr/lib/*/perl-base/*", "/usr/lib/perl5/*", "/usr/lib64/perl5/*", "/usr/share/perl/*",
        "/usr/share/perl5/*", "/usr/lib/python*", "/usr/lib64/python*", "/usr/share/python*",
        "/usr/share/debconf/*", "/usr/share/debootstrap/*", "/usr/share/dpkg/*", "/usr/lib/dpkg/*", "/usr/share/keyrings/*",
        "/usr/lib/*/ldscripts/*", "/usr/lib/ldscripts/*", "*/gprofng/*", "/usr/lib/bfd-plugins/*", "/usr/lib/compat-ld/*",
        "/usr/lib/gold-ld/*", "/usr/lib/*/qemu/*", "/usr/share/qemu/*", "/usr/share/tsk/*", "/usr/lib/openssh/*", "/usr/libexec/openssh/*",

        // For people, shells, desktops and compilers.
        "/usr/include/*", "/usr/share/applications/*", "/usr/share/bash-completion/*", "/usr/share/zsh/*", "/usr/share/fish/*",
        "/usr/share/calendar/*", "/usr/share/doc/*", "/usr/share/gcc*", "/usr/share/gdb/*", "/usr/share/info/*", "/usr/share/locale/*",
        "/usr/share/man/*", "/usr/share/metainfo/*", "/usr/share/pixmaps/*", "/usr/share/pkgconfig/*", "/usr/share/polkit-1/*",
        "/usr/share/vim/*", "/usr/lib/valgrind/*", "/usr/share/lto-*", "/usr/lib/*.a", "/usr/lib64/*.a", "/usr/lib/*.o",
        "/usr/share/augeas/lenses/dist/tests/*",

        // Names of devices: sources of a database that udev does without, and what lspci shows.
        "/usr/lib/udev/hwdb.*", "/lib/udev/hwdb.*", "/etc/udev/hwdb.bin", "/usr/share/misc/pci.ids*", "/usr/share/misc/usb.ids*",
        "/usr/share/hwdata/*", "/usr/share/grub/*.pf2",

        // Of systemd its managers; units stay, for the init looks at some.
        "/usr/lib/systemd/systemd*", "/usr/lib/systemd/boot/*", "/usr/lib/systemd/catalog/*", "/lib/systemd/systemd*",
        "/usr/lib/systemd/import-pubring*", "/usr/lib/systemd/*-generators/*", "/usr/lib/systemd/libsystemd-core*",

        "/usr/share/dict/*", "/usr/share/zoneinfo/*",

        // Beside a kernel's modules.
        "/lib/modules/*/modules.symbols", "/usr/lib/modules/*/modules.symbols", "/usr/lib/modules/*/vmlinuz", "/lib/modules/*/vmlinuz",
        "/usr/lib/modules/*/System.map", "/usr/lib/modules/*/config", "/lib/modules/*/System.map", "/lib/modules/*/config",

        // For programs that ask who somebody is.
        "/usr/lib/*/security/pam_*", "/usr/lib64/security/pam_*", "/lib/security/pam_*", "/usr/lib/*/sasl2/*", "/usr/lib64/sasl2/*",

        // Character sets.
        "*/gconv/*.so",
    ];

    /// <summary>Files that match these and are needed: among the character sets those of Unicode, Windows, DOS and Europe.</summary>
    internal static readonly string[] NeededFiles =
    [
        "*/systemd-udevd", "*/systemd-shutdown", "*/systemd-sysctl", "*/systemd-modules-load", "*/systemd-tmpfiles*",
        "*/gconv/UTF-*", "*/gconv/UNICODE.so", "*/gconv/ISO8859-*", "*/gconv/CP*", "*/gconv/IBM437.so", "*/gconv/IBM85*", "*/gconv/IBM86*",
        "*/gconv/KOI8-*", "*/gconv/MACINTOSH.so",
    ];

    /// <summary>
    /// What systemd's library opens for what a running system manager does: tokens, TPMs, names on the network, QR codes, journals that
    /// are sealed. Others have it loaded because they need it.
    /// </summary>
    internal static readonly string[] OpenedLibraries =
    [
        "libp11-kit.so.*", "libidn2.so.*", "libfido2.so.*", "libtss2-*", "libgcrypt.so.*", "libqrencode.so.*", "libpwquality.so.*",
        "libdw.so.*", "libarchive.so.*", "libmicrohttpd.so.*", "libcurl.so.*", "libcurl-gnutls.so.*", "libcryptsetup-token-*",
    ];

    /// <summary>Where the loader, or systemd's programs, look for libraries.</summary>
    internal static readonly string[] LibraryDirectories =
    [
        "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/lib/*-linux-gnu", "/lib/*-linux-gnu", "/usr/lib/*/systemd", "/usr/lib/systemd",
        "/usr/lib64/systemd", "/lib/systemd",
    ];

    // Below "kernel": filesystems, disks and what is made of them, ciphers, and the devices of virtual machines. What these need comes with
    // them.
    private static readonly string[] Modules =
    [
        "arch/*/crypto/*", "arch/*/lib/*", "block/*", "crypto/*", "fs/*", "lib/*", "security/*",
        "drivers/ata/*", "drivers/block/*", "drivers/cdrom/*", "drivers/crypto/virtio/*", "drivers/dax/*", "drivers/firmware/qemu*",
        "drivers/md/*", "drivers/message/fusion/*", "drivers/mtd/*", "drivers/nvdimm/*", "drivers/nvme/host/*", "drivers/rtc/*",
        "drivers/scsi/*", "drivers/virtio/*", "drivers/acpi/nfit/*", "drivers/char/hw_random/virtio*", "drivers/char/virtio*",
        "drivers/net/virtio*", "drivers/net/dummy.*", "drivers/net/tun.*", "drivers/net/net_failover.*", "drivers/usb/storage/uas.*",
        "net/9p/*", "net/core/*", "net/packet/*", "net/unix/*", "net/dns_resolver/*", "net/ipv6/ipv6.*",
    ];

    // Of these: filesystems and disks of servers, for which the appliance has no programs; drivers of adapters and of flash memory; tests.
    private static readonly string[] UnneededModules =
    [
        "fs/nfs/*", "fs/nfsd/*", "fs/nfs_common/*", "fs/lockd/*", "fs/smb/*", "fs/cifs/*", "fs/ksmbd/*", "fs/smbfs_common/*", "fs/ceph/*",
        "fs/orangefs/*", "fs/afs/*", "fs/coda/*", "fs/cachefiles/*", "fs/pstore/*", "fs/dlm/*",
        "drivers/block/drbd/*", "drivers/block/rbd.*", "drivers/block/rnbd/*", "drivers/block/aoe/*", "drivers/block/mtip32xx/*",
        "drivers/block/xen*", "drivers/scsi/*/*", "drivers/mtd/*/*", "drivers/ata/pata_*", "drivers/ata/sata_*", "lib/*test*",
        "lib/kunit/*", "net/core/pktgen.*", "net/9p/9pnet_rdma.*", "net/9p/9pnet_xen.*", "drivers/nvme/host/nvme-rdma.*",
        "drivers/nvme/host/nvme-fc.*", "security/keys/trusted*", "drivers/rtc/*/*",
    ];

    /// <summary>Whether the appliance must have a module, apart from those that others need and those of the initrd.</summary>
    /// <param name="path">Its path in the directory of the kernel's modules. What is not the kernel's own, somebody wanted.</param>
    internal static bool IsNeededModule(string path) =>
        !path.StartsWith(OfKernel, StringComparison.Ordinal)
        || (Matches(Modules, path[OfKernel.Length..]) && !Matches(UnneededModules, path[OfKernel.Length..]));

    private const string OfKernel = "kernel/";

    private static bool Matches(string[] patterns, string path) =>
        Array.Exists(patterns, pattern => FileSystemName.MatchesSimpleExpression(pattern, path, ignoreCase: false));
}
