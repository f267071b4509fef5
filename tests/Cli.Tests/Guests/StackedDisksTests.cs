// A guest on all that disks are stacked of: an array of two disks, and LVM in LUKS with subvolumes of btrfs. Beside upstream's programs,
// of which not all take keys.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Guests;

public sealed class StackedDisksTests
{
    [Fact]
    public void A_guest_on_arrays_encryption_volumes_and_subvolumes_opens_with_its_key()
    {
        Command.Require("guestfish", "cryptsetup", "sfdisk", "virt-ls", "virt-inspector", "virt-filesystems", "script");
        GuestShell.Pass(Script, new Dictionary<string, string?> { ["soak"] = Soak.IsOn ? "1" : null });
    }

    // guestfish reads keys from where its commands come from.
    private const string Script = """
        set -e -o pipefail
        truncate -s 800M one.img; truncate -s 352M two.img
        mkdir -p tree/{bin,boot,etc,home,srv,usr/bin,var/lib/dpkg}; : > tree/var/lib/dpkg/status
        printf 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n' > tree/etc/os-release
        echo stacked > tree/etc/hostname; echo 12.0 > tree/etc/debian_version
        cat > tree/etc/fstab <<'END'
        /dev/group/root / btrfs subvol=@ 0 1
        /dev/group/root /home btrfs subvol=@home 0 2
        LABEL=data /srv xfs defaults 0 2
        END
        tar cf tree.tar -C tree .
        printf 'label: gpt\n2048,716800\n718848,880000\n' | sfdisk -q one.img
        printf 'label: gpt\n2048,716800\n' | sfdisk -q two.img
        printf secret > key; truncate -s $((880000 * 512)) luks
        cryptsetup -q luksFormat --pbkdf pbkdf2 --pbkdf-force-iterations 1000 luks key
        dd status=none if=luks of=one.img bs=1M count=32 seek=$((718848 * 512)) oflag=seek_bytes conv=notrunc
        cat > make <<'END'
        run
        md-create data "/dev/sda1 /dev/sdb1" level:1
        mkfs xfs /dev/md127 label:data
        cryptsetup-open /dev/sda2 opened
        secret
        pvcreate /dev/mapper/opened
        vgcreate group /dev/mapper/opened
        lvcreate-free root group 100
        mkfs btrfs /dev/group/root
        mount /dev/group/root /
        btrfs-subvolume-create /@
        btrfs-subvolume-create /@home
        umount /
        mount-vfs subvol=@ btrfs /dev/group/root /
        tar-in tree.tar /
        mount-vfs subvol=@home btrfs /dev/group/root /home
        mkdir /home/user
        write /home/user/file "in a subvolume"
        mount /dev/md127 /srv
        write /srv/data "on an array"
        END
        upstream guestfish --keys-from-stdin --format=raw -a one.img -a two.img -f make
        disks=(-a one.img -a two.img) theirs=(--format=raw -a one.img -a two.img)
        with=("${disks[@]}" --key /dev/sda2:file:key)

        gfs inspect --xml "${with[@]}" > ours.xml
        upstream virt-inspector "${theirs[@]}" --key /dev/sda2:key:secret | diff ours.xml -
        gfs filesystems --all "${disks[@]}" | cut -f 1 |
          diff - <(upstream virt-filesystems "${theirs[@]}" --all --long | sed 1d | cut -d ' ' -f 1)
        if [ -n "$soak" ]; then
          upstream virt-ls "${theirs[@]}" --key /dev/sda2:key:secret -R / | sed 's|^/||;/^$/d' | sort > list
          gfs ls -R "${with[@]}" / | sort | diff list -
          gfs df "${with[@]}" --inspect | cut -f 2,7 | sort | diff - <(
            printf '%s\t%s\n' /dev/md127 /srv btrfsvol:/dev/group/root/@ / btrfsvol:/dev/group/root/@home /home)
          gfs df "${with[@]}" | cut -f 2 | sort | diff - <(printf '%s\n' /dev/group/root /dev/md127 btrfsvol:/dev/group/root/@{,home})
        fi
        [ "$(gfs cat "${disks[@]}" --key fd:5 /home/user/file /srv/data 5< key)" = 'in a subvolumeon an array' ]

        # A prompt on the terminal, which does not show what is typed, while standard input is something else.
        { for i in $(seq 600); do grep -qs 'Key of' typed && break; sleep 0.1; done; echo secret; } |
          script -fqec "echo cat /home/user/file | ${tool[*]@Q} run -a one.img -a two.img --key prompt -" typed > shown
        grep -q 'in a subvolume' shown; ! grep -q secret shown || exit 1

        # What is in it is mounted by its own name, too.
        [ "$(gfs cat "${with[@]}" -m btrfsvol:/dev/group/root/@home /user/file)" = 'in a subvolume' ]

        # A disk that is encrypted as a whole is raw: qemu cannot be given its key.
        dd status=none if=one.img of=whole.img bs=1M skip=$((718848 * 512)) count=$((880000 * 512)) iflag=skip_bytes,count_bytes
        [ "$(gfs cat whole.img --key file:key -m btrfsvol:/dev/group/root/@home /user/file)" = 'in a subvolume' ]
        rm whole.img

        # Through all of it, and back.
        printf changed > file; printf more > data
        printf '%s\n' 'write --from file /home/user/file' 'write --append --from data /srv/data' 'cat /home/user/file /srv/data' |
          gfs run "${with[@]}" - | grep -qx 'changedon an arraymore'

        # What is wrong is said in the words of the tool.
        printf wrong > bad
        refused 5 gfs cat "${disks[@]}" --key file:bad /home/user/file
        grep -q '/dev/sda2 is encrypted' error; ! grep -qE 'Options|\(\)' error || exit 1
        refused 5 gfs cat "${disks[@]}" /home/user/file
        grep -q -e 'give a key for it with --key' error; ! grep -qE 'Options|\(\)' error || exit 1
        refused 4 env LIBGUESTFS_HV=/nowhere/qemu "${tool[@]}" ls one.img /
        grep -q 'or name it in LIBGUESTFS_HV' error
        """;
}
