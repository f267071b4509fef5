// What the disks are divided into, and how full they are. The judges are virt-filesystems, virt-df, virt-format, virt-sparsify, sfdisk and
// an XML parser.
using System.Text.Json;
using System.Xml.Linq;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Guests;

public sealed class LayoutTests(LayoutImage image) : IClassFixture<LayoutImage>
{
    [Fact]
    public void All_devices_are_those_of_virt_filesystems()
    {
        Command.Require("virt-filesystems");
        AssertPasses("""
            set -e -o pipefail
            upstream virt-filesystems --format=raw -a "$image" --all --long --uuid --csv | tail -n +2 | tr , '\t' > theirs
            [ $(wc -l < theirs) = 12 ]
            gfs filesystems --all "$image" | diff - theirs
            gfs filesystems "$image" | diff - <(awk -F '\t' '$2 == "filesystem" && $3 != "swap"' theirs)
            gfs filesystems --json --all "$image" | python3 -c '
            import json, sys
            for d in json.load(sys.stdin)["devices"]:
                print("\t".join(",".join(v) if isinstance(v, list) else str(v) for v in
                    (d.get(n, "") for n in ("name", "kind", "type", "label", "mbrType", "size", "parents", "uuid"))))' | diff - theirs
            """);
    }

    [Fact]
    public void Filesystems_are_as_full_as_virt_df_says()
    {
        Command.Require("virt-df");
        AssertPasses("""
            set -e -o pipefail
            cp --sparse=always "$image" second.img; ln "$image" first.img 2>/dev/null || ln -s "$image" first.img
            upstream virt-df --format=raw -a first.img --csv | tail -n +2 | tr , '\t' | cut -f 1-5 > theirs
            [ $(wc -l < theirs) = 3 ]
            sed s/first/second/ theirs >> theirs
            gfs df first.img second.img |
              awk -F '\t' -v OFS='\t' '{ print $1, $2, int($3/1024), int($4/1024), int($5/1024) }' | diff - theirs
            upstream virt-df --format=raw -a first.img --csv --inodes | tail -n +2 | tr , '\t' | cut -f 1-5 > theirs
            gfs df -i first.img | cut -f 1-5 | diff - theirs

            # Of what is chosen, where it is mounted, too.
            chosen=$(cut -f 2 theirs | tail -n 1)
            gfs df -i -m "$chosen" first.img | cut -f 1-5,7 | diff - <(tail -n 1 theirs | sed 's|$|\t/|')
            set +e
            gfs df first.img missing.img > lines; [ $? = 6 ] && [ $(wc -l < lines) = 3 ] || exit 1
            gfs df missing.img missing2.img; [ $? = 3 ]
            """);
    }

    [Fact]
    public void Partitions_are_those_of_the_table()
    {
        Command.Require("sfdisk");
        JsonElement[] theirs = [.. JsonDocument.Parse(Run("sfdisk --json \"$image\"").Output).RootElement.GetProperty("partitiontable")
            .GetProperty("partitions").EnumerateArray()];
        CommandResult result = Run(
            "gfs filesystems --svg same.svg \"$image\" > table; gfs partitions --json --svg picture.svg \"$image\" && cat picture.svg >&2 "
            + "&& cmp picture.svg same.svg");
        JsonElement[] ours = [.. JsonDocument.Parse(result.Output).RootElement.GetProperty("partitions").EnumerateArray()];
        Assert.Equal(
            theirs.Select(p => (p.GetProperty("start").GetInt64() * 512, p.GetProperty("size").GetInt64() * 512,
                p.GetProperty("type").GetString()!.ToLowerInvariant())),
            ours.Select(p => (p.GetProperty("start").GetInt64(), p.GetProperty("size").GetInt64(), p.GetProperty("type").GetString()!)));
        Assert.Equal(["vfat", "ext4", "LVM2_member"], ours.Select(p => p.GetProperty("content").GetString()!));
        string[] texts = [.. XElement.Parse(result.Error[(result.Error.IndexOf("?>", StringComparison.Ordinal) + 2)..]).Descendants()
            .Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        Assert.Equal(
            ["/dev/sda  512M  gpt", "sda1", "EFI 100M", "sda2", "größe 99M", "sda3", "LVM2_member 240M", "free", "73M"], texts);
    }

    [Fact]
    public void A_disk_is_erased_and_made_anew_as_by_virt_format()
    {
        Command.Require("virt-format", "script");
        AssertPasses("""
            set -e -o pipefail
            cp --sparse=always "$image" ours.img; cp --sparse=always "$image" theirs.img
            set +e
            gfs format ours.img < /dev/null 2> error; [ $? = 2 ] && grep -q -e --yes error || exit 1
            printf 'n\n' | script -qec "${tool[*]@Q} format ours.img" /dev/null > asked; [ $? = 5 ] || exit 1
            set -e
            grep -q "$PWD/ours.img" asked; grep -q '/dev/sda2  99M  ext4  größe' asked; grep -q '/dev/vg/root  100M  ext4' asked
            # What cannot be made is known before anything is erased.
            refused 2 gfs format --yes --lvm 'a b/c' ours.img; refused 2 gfs format --yes --lvm vg/. ours.img
            refused 2 gfs format --yes --filesystem ext5 ours.img; grep -q "no filesystem 'ext5'" error
            cmp ours.img "$image"
            gfs format --yes --partition mbr --lvm vg/new --filesystem ext4 --label größer ours.img
            upstream virt-format --format=raw -a theirs.img --partition=mbr --lvm=/dev/vg/new --filesystem=ext4 --label=größer
            for i in ours theirs; do
              gfs filesystems --all $i.img | cut -f 1-5,7 > $i
            done
            [ $(wc -l < ours) = 6 ] && grep -q größer ours && diff theirs ours
            head -c 16M /dev/urandom > small.img
            gfs format --yes --wipe --partition none small.img
            [ "$(tr -d '\0' < small.img | wc -c)" = 0 ]
            """);
    }

    [Fact]
    public void Free_space_is_given_back_as_by_virt_sparsify()
    {
        Command.Require("virt-sparsify", "debugfs", "e2fsck", "qemu-img");
        AssertPasses("""
            set -e -o pipefail
            cp --sparse=always "$image" full.img
            head -c 20M /dev/urandom > junk
            M=1048576; data=$((206848 * 512)); group=$((409600 * 512 + M))
            put() { dd status=none if=junk of=full.img bs=64K count=$(($2 / 65536)) seek=$1 oflag=seek_bytes conv=notrunc; }
            # What is free: in a filesystem, in a swap volume behind its head, and in the volume group.
            put $((data + 50 * M)) $((5 * M)); put $((group + 101 * M)) $((20 * M)); put $((group + 150 * M)) $((20 * M))
            part() { dd status=none if=$1 bs=512 skip=206848 count=202752 of=part; }
            part full.img; debugfs -w -R 'write junk /kept' part 2> /dev/null
            dd status=none if=part of=full.img bs=512 seek=206848 conv=notrunc,sparse
            cp --sparse=always full.img place.img
            gfs sparsify full.img copy.img > told
            gfs sparsify --in-place place.img
            upstream virt-sparsify --quiet --format raw full.img theirs.img
            size() { echo $(($(stat -c '%b * 512' $1))); }
            [ $(size full.img) -gt 65000000 ] && [ $(size theirs.img) -lt 40000000 ]
            for i in copy place; do
              [ $(size $i.img) -lt $(($(size theirs.img) * 11 / 10 + M)) ]
              part $i.img; e2fsck -fn part > /dev/null 2>&1; debugfs -R 'cat /kept' part 2> /dev/null | cmp - junk
              swap() { dd status=none if=$1 bs=4096 skip=$(((group + 100 * M) / 4096)) count=1; }
              cmp <(swap $i.img) <(swap "$image")
            done
            [ "$(gfs filesystems --all place.img | grep -c .)" = 12 ]
            [ "$(cut -f 1,3 told)" = "copy.img"$'\t'"$(size copy.img)" ]
            set +e; gfs sparsify full.img copy.img 2> error; [ $? = 2 ] && grep -q -e --force error
            """);
    }

    // virt-resize takes half a minute for it, and makes the same, but for less alignment, and numbers that begin anew.
    [Fact]
    public void A_resized_disk_has_what_the_old_one_had()
    {
        Command.Require("sfdisk", "debugfs", "e2fsck", "dumpe2fs", "qemu-img");
        AssertPasses("""
            set -e -o pipefail
            cp --sparse=always "$image" old.img
            head -c 440 /dev/urandom > boot; dd status=none if=boot of=old.img conv=notrunc
            head -c 64K /dev/urandom > loader; dd status=none if=loader of=old.img bs=64K seek=2 conv=notrunc
            sfdisk -q --part-attrs old.img 2 LegacyBIOSBootable; sfdisk -q --part-label old.img 3 größte
            part() { dd status=none if=$1 bs=512 skip=$2 count=$3 of=part; }
            part old.img 206848 202752; head -c 3M /dev/urandom > kept; debugfs -w -R 'write kept /kept' part > /dev/null 2>&1
            dd status=none if=part of=old.img bs=512 seek=206848 conv=notrunc,sparse
            sum=$(sha256sum < old.img)
            gfs resize --dry-run --size +100M --expand sda2 old.img new,1.img |
              grep -P '^/dev/sda2\text4\tresize\t103809024\t284164096\tresize2fs$'
            [ ! -e new,1.img ]
            gfs resize --size +100M --expand sda2 --lv-expand vg/root old.img new,1.img
            [ "$sum" = "$(sha256sum < old.img)" ]
            sfdisk --verify new,1.img | grep -q 'No errors'
            facts() { sfdisk -d "$1" | grep -vE '^(device|last-lba)' | sed 's/^[^:]*img//'; }
            facts old.img | sed 's/67584/x/; s/409600/761856/; s/202752/555008/' > wanted
            facts new,1.img | sed 's/67584/x/' | diff wanted -
            cmp -n 440 new,1.img boot; dd status=none if=new,1.img bs=64K skip=2 count=1 | cmp - loader
            part new,1.img 206848 555008; e2fsck -fn part > /dev/null 2>&1; debugfs -R 'cat /kept' part 2> /dev/null | cmp - kept
            dumpe2fs -h part 2> /dev/null | awk -F: '/^Block (count|size)/ { n = n ? n * $2 : $2 } END { exit n != 284164096 }'
            gfs filesystems --all new,1.img > after; gfs filesystems --all "$image" > before
            diff <(cut -f 1-5,8 before) <(cut -f 1-5,8 after)
            awk -F '\t' '$1 == "/dev/vg/root" && $2 == "lv" { exit $6 < 200000000 }' after
            # The common case, of a qcow2 with an MBR; and back.
            mkdir files; cp kept files
            gfs make --partition mbr files small.qcow2
            gfs resize --size 100M small.qcow2 large.qcow2
            gfs resize --output-format raw --size 50M --resize-force 1=20M large.qcow2 smaller.img
            qemu-img convert -O raw large.qcow2 large.img
            sfdisk -d large.img | grep -qE 'start= *2048, size= *202752, type=83$'
            sfdisk -d smaller.img | grep -qE 'size= *40960, type=83$'
            [ "$(sfdisk -d large.img | grep label-id)" = "$(sfdisk -d smaller.img | grep label-id)" ]
            part large.img 2048 202752; e2fsck -fn part > /dev/null 2>&1; debugfs -R 'cat /kept' part 2> /dev/null | cmp - kept
            qemu-img create -q -f qcow2 -b old.img -F raw over.qcow2
            for i in old.img over.qcow2; do
              refused 2 gfs resize --force --size +10M over.qcow2 $i; refused 2 gfs sparsify --force over.qcow2 $i
            done
            grep -q 'over.qcow2 is the disk that is copied' error; [ "$sum" = "$(sha256sum < old.img)" ]
            set +e
            gfs resize --size -100M --shrink sda3 old.img none.img 2> error; [ $? = 2 ] && grep -q LVM2_member error || exit 1
            gfs resize --size 10M old.img none.img 2> error; [ $? = 2 ] && grep -q 'raise --size' error && [ ! -e none.img ]
            """);
    }

    [Theory]
    [InlineData("partitions")]
    [InlineData("filesystems")]
    public void A_picture_fits_the_terminal(string command)
    {
        Command.Require("script");
        CommandResult shown = Run(
            $"script -qec \"stty cols 60; env NO_COLOR=1 LC_ALL=C ${{tool[*]@Q}} {command} --no-progress '$image'\" /dev/null");
        string[] lines = shown.Output.ReplaceLineEndings("\n").Split('\n');
        string edge = Assert.Single(lines.Where(line => line.StartsWith('+')).Distinct());
        Assert.InRange(edge.Length, 50, 60);
        Assert.Equal(5, edge.Count(c => c == '+'));
        Assert.Contains(lines, line => line.Length == edge.Length && line.StartsWith("|sda1", StringComparison.Ordinal));
    }

    private void AssertPasses(string script) => GuestShell.Pass(script, Variables);

    private CommandResult Run(string script) => GuestShell.Run(script, Variables);

    private Dictionary<string, string?> Variables => new() { ["image"] = image.Name };
}
