// Files by which distributions are told apart, as they are on real systems.
using Guestfs.TestSupport;

namespace Guestfs.IntegrationTests.Inspection;

/// <summary>A system of a few files.</summary>
internal sealed record SmallGuest(string Name, string Fstab, params (string Path, string Content)[] Files)
{
    // libguestfs takes seconds for each, so some are for the soak.
    private const int InShortForm = 5;

    internal static SmallGuest[] All { get; } = [.. ((SmallGuest[])
    [
        new("fedora", "UUID=00000000-0000-0000-0000-000000000001 / ext4 defaults 1 1\n/dev/sda1 /boot ext4 x 0 0\n",
            ("/etc/os-release", "NAME=\"Fedora Linux\"\nID=fedora\nVERSION_ID=39\nPRETTY_NAME=\"Fedora Linux 39 (Server Edition)\"\n"),
            ("/etc/fedora-release", "Fedora release 39 (Thirty Nine)\n"), ("/usr/bin/dnf", "#!\n"),
            ("/etc/hostname", "# a comment\nfed\n")),
        new("centos 7", "/dev/mapper/centos-root / xfs defaults 0 0\n/dev/mapper/centos-swap swap swap defaults 0 0\n",
            ("/etc/os-release", "NAME=\"CentOS Linux\"\nID=\"centos\"\nVERSION_ID=\"7\"\nPRETTY_NAME=\"CentOS Linux 7 (Core)\"\n"),
            ("/etc/centos-release", "CentOS Linux release 7.9.2009 (Core)\n"), ("/etc/sysconfig/network", "HOSTNAME=old.example\n")),
        new("ubuntu", "LABEL=cloudimg-rootfs / ext4 discard,errors=remount-ro 0 1\nLABEL=UEFI /boot/efi vfat umask=0077 0 1\n",
            ("/etc/os-release", "PRETTY_NAME=\"Ubuntu 22.04.3 LTS\"\nNAME=\"Ubuntu\"\nVERSION_ID=\"22.04\"\nID=ubuntu\nID_LIKE=debian\n"),
            ("/etc/lsb-release", "DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=22.04\n"), ("/etc/debian_version", "bookworm/sid\n")),
        new("leap", "/dev/sda2 / btrfs defaults 0 0\n/dev/sda2 /home btrfs subvol=/@/home 0 0\nproc /proc proc defaults 0 0\n",
            ("/etc/os-release", "NAME=\"openSUSE Leap\"\nID=\"opensuse-leap\"\nVERSION_ID=\"15.5\"\nPRETTY_NAME=\"openSUSE Leap 15.5\"\n")),
        new("alpine", "/dev/cdrom /media/cdrom iso9660 noauto,ro 0 0\n/dev/vdb1\t/data  ext4\tdefaults\n",
            ("/etc/os-release", "NAME=\"Alpine Linux\"\nID=alpine\nVERSION_ID=3.19.1\nPRETTY_NAME=\"Alpine Linux v3.19\"\n"),
            ("/lib/apk/db/installed", "P:musl\nV:1.2.4-r2\nA:x86_64\nT:the musl c library\nU:https://musl.libc.org/\n\nP:x\nV:2\n\n")),
        new("sles 11", "/dev/disk/by-id/ata-QEMU_HARDDISK-part2 / ext3 acl 1 1\n",
            ("/etc/SuSE-release", "SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 4\n"), ("/etc/HOSTNAME", "sle\n")),
        new("rhel 4", "LABEL=/ / ext3 defaults 1 1\nnone /dev/pts devpts gid=5,mode=620 0 0\n/dev/hda / auto x 0 0\n",
            ("/etc/redhat-release", "Red Hat Enterprise Linux AS release 4 (Nahant Update 8)\n")),
        new("oracle", "\n# nothing\n", ("/etc/oracle-release", "Oracle Linux Server release 8.9\n"),
            ("/etc/redhat-release", "Red Hat Enterprise Linux release 8.9 (Ootpa)\n")),
        new("void", "tmpfs /tmp tmpfs defaults 0 0\n", ("/etc/os-release", "ID=\"void\"\nPRETTY_NAME='Void Linux'\n")),
        new("mint", "", ("/etc/lsb-release", "DISTRIB_ID=LinuxMint\nDISTRIB_RELEASE=21.2\nDISTRIB_DESCRIPTION=\"Linux Mint 21.2\"\n"),
            ("/etc/debian_version", "bookworm/sid\n")),
        new("unknown", "/dev/xvda1 / ext4 defaults 0 0\n", ("/etc/os-release", "ID=nobodys\nPRETTY_NAME=Nobodys\nVERSION_ID=9.2\n")),
    ]).Take(Soak.IsOn ? int.MaxValue : InShortForm)];

    /// <summary>Writes it to a filesystem that is mounted on /.</summary>
    internal void Install(GuestfsHandle g)
    {
        g.Mkdir("/bin");
        g.Mkdir("/etc");
        Write(g, "/etc/hosts", "127.0.0.1 localhost\n");
        if (Fstab.Length > 0)
        {
            Write(g, "/etc/fstab", Fstab);
        }

        foreach ((string path, string content) in Files)
        {
            g.MkdirP(path[..path.LastIndexOf('/')]);
            Write(g, path, content);
        }

        // Of another processor for each letter that a name begins with.
        byte[] elf = new byte[64];
        ((byte[])[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1]).CopyTo(elf, 0);
        (elf[16], elf[18], elf[20], elf[52]) = (3, Name[0] switch { 'f' => 183, 'c' => 62, 'l' => 243, 's' => 21, _ => 62 }, 1, 64);
        g.Write("/bin/real", elf);
        g.LnS("real", "/bin/sh");
    }

    private static void Write(GuestfsHandle g, string path, string content) => g.Write(path, System.Text.Encoding.UTF8.GetBytes(content));
}
