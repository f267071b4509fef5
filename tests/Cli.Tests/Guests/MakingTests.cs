// Disks that are made. The judges are virt-make-fs on the same input, guestfish and tar on what became of both, and the checkers of
// filesystems.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Guests;

public sealed class MakingTests(GuestImage guest) : IClassFixture<GuestImage>
{
    // What python's tarfile sees in an archive: all that a file is, but for the order.
    private const string Functions = """
        set -e -o pipefail
        seen() {
          python3 - "$@" << 'END'
        import hashlib, sys, tarfile
        names, lines = {}, {}
        archive = tarfile.open(sys.argv[1], errors="surrogateescape")
        for m in archive:
            name = m.name.removeprefix("./")
            if m.islnk():
                names[m.linkname.removeprefix("./")].append(name)
            elif name != "lost+found":
                data = hashlib.sha256(archive.extractfile(m).read()).hexdigest() if m.isfile() else ""
                owner = (oct(m.mode) if not m.issym() else "", m.uid, m.gid, int(m.mtime)) if len(sys.argv) < 3 else ""
                names[name], lines[name] = [name], (b"0" if m.isfile() else m.type, m.linkname, m.size, data, owner)
        for name in names: print(ascii(sorted(names[name])), lines[name])
        END
        }

        """;

    [Fact]
    public void What_is_made_of_a_directory_is_what_virt_make_fs_makes()
    {
        Command.Require("virt-make-fs", "guestfish", "e2fsck", "debugfs", "xfs_repair", "fsck.vfat", "sfdisk", "qemu-img");
        GuestScript.Pass(guest, Functions + """
            cp -a "$tree" tree
            (cd tree; ln home/user/data odd/same; truncate -s 20M home/hole; printf x >> home/hole; chown -h 12:34 odd home/user/link)
            gfs make --dry-run --json tree ours.img | grep -q '"filesystem":"ext4"'
            [ ! -e ours.img ]
            mkfifo pipe; refused 2 gfs make --force tree pipe; [ -p pipe ]
            gfs make --label größe tree ours.img
            # Its own size would be too small for what has holes.
            upstream virt-make-fs --type=ext4 --size=60M tree theirs.img
            mkdir plain; for i in $(seq 200); do echo $i > "plain/größe $i"; done; cp tree/home/user/data plain
            tar cz -C plain . | gfs make --filesystem vfat --partition mbr --size +20M --output-format qcow2 - fat
            gfs make --filesystem xfs --partition gpt plain xfs.img
            upstream guestfish --ro -a ours.img -a theirs.img -a fat -a xfs.img << END
            run
            mount-ro /dev/sda /
            tar-out / ours.tar
            umount /
            mount-ro /dev/sdb /
            tar-out / theirs.tar
            umount /
            mount-options ro,utf8 /dev/sdc1 /
            tar-out / fat.tar
            statvfs / | cat > fat.statvfs
            umount /
            mount-ro /dev/sdd1 /
            tar-out / xfs.tar
            END
            seen ours.tar | sort > ours; seen theirs.tar | sort > theirs
            [ $(wc -l < ours) -gt 300 ]
            diff theirs ours
            tar c -C plain . > plain.tar
            seen plain.tar x | sort > plain.seen; seen fat.tar x | sort | diff plain.seen -
            seen plain.tar | sort > plain.seen; seen xfs.tar | sort | diff plain.seen -
            debugfs -R 'stat /etc/hosts' ours.img 2> /dev/null | grep -q 'user.note'
            [ "$(blkid -o value -s LABEL ours.img)" = größe ]
            e2fsck -fn ours.img > /dev/null 2>&1
            # Neither much too large, nor with less space than was wanted.
            [ $(stat -c %s ours.img) -lt 10000000 ]
            awk '/^(bsize|bfree)/ { n = n ? n * $2 : $2 } END { exit !(n >= 20971520 && n < 40000000) }' fat.statvfs
            qemu-img convert -O raw fat fat.img
            sfdisk --json fat.img | grep -q '"type": "c"'
            tail -c +1048577 fat.img > fs; fsck.vfat -n fs > /dev/null
            sfdisk --json xfs.img | grep -qi 0FC63DAF
            tail -c +1048577 xfs.img > fs; xfs_repair -n fs > /dev/null 2>&1
            refused 2 gfs make tree ours.img
            grep -q 'force' error
            refused 2 gfs make --filesystem vfat tree new.img
            refused 2 gfs make tree tree/new.img
            refused 5 gfs make --size 1M plain.tar new.img
            grep -q 'does not fit' error
            refused 5 gfs make --force --filesystem nonsense plain.tar ours.img
            e2fsck -fn ours.img > /dev/null 2>&1
            set +e
            timeout --preserve-status -s INT 3 "${tool[@]}" make --size 1G - new.img < <(exec sleep 20 2> /dev/null) 2> error
            [ $? = 130 ] || exit 1
            [ ! -e new.img ] && [ -z "$(ls -A | grep part)" ]
            """);
    }

    // The judge is qemu-img, which copies no such disk.
    [Fact]
    public void A_disk_that_is_written_to_meanwhile_is_not_copied()
    {
        Command.Require("qemu-io", "qemu-img");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            for format in raw qcow2; do
              qemu-img convert -O $format "$image" held
              coproc qemu-io -f $format held
              echo length >&${COPROC[1]}; read -r -u ${COPROC[0]} answer
              refused 1 qemu-img convert -f $format -O raw held new
              rm -f new
              for command in 'resize --size 80M' sparsify; do
                refused 3 gfs $command held:$format new
                grep -q 'held is in use by qemu-io (process' error; grep -q 'Shut that machine down' error
                [ ! -e new ]
              done
              refused 3 gfs mkdir held:$format /new
              refused 3 gfs sparsify --in-place held:$format
              gfs cat held:$format /etc/hosts | cmp - "$tree/etc/hosts"
              echo quit >&${COPROC[1]}; wait $COPROC_PID || true
              gfs sparsify held:$format new > out; [ -e new ]; rm new held
            done
            """);
    }

    // The judge is the kernel, which has what it has mounted in memory.
    [Fact]
    public void A_disk_that_this_host_has_mounted_is_neither_written_to_nor_copied()
    {
        Command.Require("losetup", "mount");
        CommandResult result = GuestScript.Run(guest, """
            set -e -o pipefail
            cp --sparse=always "$image" held
            device=$(losetup -f --show held) || exit 77
            trap 'umount mounted 2> /dev/null || true; losetup -d $device; find "$work" -mindepth 1 -delete' EXIT
            for disk in held $device; do
              mkdir -p mounted
              [ $disk = held ] || mount $device mounted || exit 77
              refused 3 gfs mkdir $disk:raw /new
              grep -q "$disk is in use by this host" error
              for command in 'resize --size 80M' sparsify; do
                refused 3 gfs $command $disk:raw new
                grep -q "$disk is in use by this host" error
                [ ! -e new ]
              done
              gfs cat $disk:raw /etc/hosts | cmp - "$tree/etc/hosts"
            done
            grep -q "lsblk $device" error
            umount mounted
            gfs mkdir $device:raw /new
            """);
        Assert.SkipWhen(result.ExitCode == 77, $"This machine lets nobody mount: {result.Error}");
        Assert.True(result.ExitCode == 0, $"{result.ExitCode}: {result.Output}\n{result.Error}");
    }
}
