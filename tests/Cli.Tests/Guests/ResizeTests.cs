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
