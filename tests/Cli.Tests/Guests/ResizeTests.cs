// Disks of one filesystem each that are made larger and given back what is free, read by guestfish; in the soak beside virt-resize and
// virt-sparsify, which start the appliance a dozen times for each.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Guests;

public sealed class ResizeTests
{
    // The partition table, and what is in the partition.
    private static readonly string[] Contents =
    [
        "gpt ntfs", "gpt xfs", "gpt btrfs", "gpt ext4", "gpt vfat", "mbr ext4", "mbr lvm",
    ];

    [Fact]
    public void What_is_in_a_partition_grows_and_shrinks_as_with_upstreams_programs()
    {
        Command.Require("virt-resize", "virt-sparsify", "guestfish", "sfdisk", "ntfsresize");
        foreach (string[] words in Contents.Take(Soak.Rounds(1, Contents.Length)).Select(content => content.Split(' ')))
        {
            GuestShell.Pass(Script, new Dictionary<string, string?>
            {
                ["table"] = words[0], ["content"] = words[1], ["upstream"] = Soak.IsOn ? "1" : null,
            });
        }
    }

    // A filesystem has more than what it counts as its blocks: tables, a last sector, the second of each of two copies.
    [Fact]
    public void A_partition_is_not_made_smaller_than_what_is_in_it()
    {
        Command.Require(
            "guestfish", "sfdisk", "mkfs.vfat", "mkfs.exfat", "mkfs.f2fs", "mkfs.btrfs", "mkntfs", "fsck.vfat", "btrfs");
        GuestShell.Pass(
            """
            set -e -o pipefail
            make() { truncate -s 256M $1; "${@:2}" $1 > /dev/null 2>&1; }
            make 1 mkfs.vfat; make 2 mkfs.vfat -F 32; make 3 mkfs.exfat; make 4 mkfs.f2fs; make 5 mkfs.btrfs -d dup -m dup
            make 6 mkntfs -F -Q
            truncate -s 2200M old.img
            { echo label: gpt; for i in 1 2 3 4 5 6 7 8; do echo "start=$((i * 260 - 259))MiB, size=260MiB"; done; } > table
            sfdisk -q old.img < table
            start() { sfdisk -d $1 | sed -n "s/^$1$2 : start= *\([0-9]*\),.*/\1/p"; }
            for i in 1 2 3 4 5 6; do dd if=$i of=old.img bs=512 seek=$(start old.img $i) conv=notrunc,sparse status=none; done
            upstream guestfish --format=raw -a old.img run : pvcreate /dev/sda7 : vgcreate g /dev/sda7 : lvcreate-free v g 100 : \
              pwrite-device /dev/g/v last 268435452 : mkswap /dev/sda8 label:pages
            for i in 1 2 3 4 5 6; do
              refused 2 gfs resize --dry-run --resize $i=262143K old.img none.img; grep -q 'of which a part would be lost' error
            done
            refused 2 gfs resize --dry-run --resize 7=263167K old.img none.img; grep -q 'of which a part would be lost' error

            gfs resize $(for i in 1 2 3 4 5 6 8; do echo --resize $i=256M; done) --resize 7=257M old.img new.img
            for i in 1 2 3 4 5 6; do dd if=new.img of=$i.new bs=512 skip=$(start new.img $i) count=524288 status=none; cmp $i $i.new; done
            fsck.vfat -n 1.new > /dev/null; btrfs check 5.new > /dev/null 2>&1
            [ $(upstream guestfish --ro --format=raw -a new.img run : pread-device /dev/g/v 4 268435452 : swapon-label pages) = last ]
            """,
            new Dictionary<string, string?>());
    }

    // The partition is followed by another, in an MBR by an extended one, which move.
    private const string Script = """
        set -e -o pipefail
        echo "$table $content"
        mkdir tree; cp -r /usr/share/doc/bash tree; head -c 9M /dev/urandom > tree/large; tar cf tree.tar -C tree .
        head -c 60M /dev/urandom > junk
        device=/dev/sda2 type=$content M=2048
        {
          printf '%s\n' 'disk-create old.img raw 700M' 'add-drive old.img format:raw' run "part-init /dev/sda $table" \
            "part-add /dev/sda p $M $((100 * M - 1))" "part-add /dev/sda p $((100 * M)) $((450 * M - 1))"
          if [ $table = mbr ]; then
            printf '%s\n' "part-add /dev/sda e $((450 * M)) $((690 * M - 1))" "part-add /dev/sda l $((452 * M)) $((680 * M - 1))"
          else
            echo "part-add /dev/sda p $((450 * M)) $((690 * M - 1))"
          fi
          if [ $content = lvm ]; then
            device=/dev/group/volume type=ext4
            printf '%s\n' 'pvcreate /dev/sda2' 'vgcreate group /dev/sda2' 'lvcreate volume group 200'
          fi
          printf '%s\n' 'mkfs ext4 /dev/sda1' 'mount /dev/sda1 /' 'write /first one' 'umount /' \
            "mkfs $type $device" "mount $device /" 'tar-in tree.tar /' 'upload junk /junk' sync 'rm /junk'
        } > make
        upstream guestfish -f make
        facts() {
          printf '%s\n' "add-drive $1.img format:raw readonly:true" run 'mount-ro /dev/sda1 /' 'cat /first' 'umount /' \
            "mount-ro $device /" "tar-out / $1.tar" 'statvfs /' list-filesystems > look
          upstream guestfish -f look > $1.facts
          rm -rf out; mkdir out; tar -C out --exclude ./lost+found -xf $1.tar; diff -r out tree
        }

        gfs resize --size 1100M --expand sda2 old.img ours.img
        facts ours
        sfdisk --verify ours.img | grep -q 'No errors'
        grep -qx one ours.facts
        size() { echo $(($(stat -c %b $1.img) / 2)); }
        cp --sparse=always old.img place.img
        gfs sparsify old.img copy.img > told; gfs sparsify --in-place place.img >> told
        [ $(size old) -gt 61440 ] && [ $(size copy) -lt 30720 ] && [ $(size place) -lt 30720 ] || { cat told; false; }
        facts place
        if [ $content = ntfs ]; then
          dd status=none if=ours.img of=part bs=1M skip=100 conv=sparse
          sectors=$(sfdisk -d ours.img | sed -n 's/.*img2 .*size= *\([0-9]*\),.*/\1/p')
          volume=$(ntfsresize --info --force part | sed -n 's/^Current volume size: *\([0-9]*\) .*/\1/p')
          [ $volume -gt $((sectors * 512 - 8192)) ] || { echo "$volume of $sectors sectors"; false; }
        fi
        [ -n "$upstream" ] || exit 0

        # virt-resize leaves a little free at the end.
        truncate -s 1100M theirs.img
        upstream virt-resize --quiet --format raw --output-format raw --expand sda2 old.img theirs.img
        facts theirs
        diff <(grep -E '^(one|/dev/)' ours.facts) <(grep -E '^(one|/dev/)' theirs.facts)
        blocks() { sed -n 's/^blocks: //p' $1.facts; }
        [ $(blocks ours) -ge $(blocks theirs) ] && [ $(blocks ours) -lt $(($(blocks theirs) * 1002 / 1000)) ]
        upstream virt-sparsify --quiet --format raw old.img theirs.img
        for i in copy place; do
          [ $(size $i) -lt $(($(size theirs) + 2048)) ] || { size theirs; false; }
        done
        facts copy
        """;
}
