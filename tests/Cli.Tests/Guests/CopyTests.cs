// The commands that copy, beside virt-copy-in and -out, virt-tar-in and -out and guestfish; e2fsck, debugfs, diff and tar are the judges of
// what came.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Guests;

public sealed class CopyTests(GuestImage guest) : IClassFixture<GuestImage>
{
    [Fact]
    public void Files_come_out_as_virt_copy_out_brings_them()
    {
        Command.Require("virt-copy-out", "diff", "getfattr");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            mkdir ours theirs
            upstream virt-copy-out --format=raw -a "$image" /odd /etc theirs
            gfs cp -R --special-files "$image:/odd" "$image:/etc" ours
            diff -r ours theirs
            facts() { (cd $1; find . -mindepth 1 ! -type l -printf '%p %m %U %G %TY%Tm%Td%TT\n' | sort); }
            diff <(facts ours) <(facts theirs)
            getfattr -n user.note --only-values ours/etc/hosts | grep -qx hello
            gfs cp "$image:/home/user/link" ours/renamed; cmp ours/renamed "$tree/home/user/data"
            code=0; gfs cp -R "$image:/home" ours/new 2> told || code=$?
            [ $code = 6 ]; grep -q '/home/user/fifo' told; grep -q '/home/user/broken.*--links all' told
            [ $(stat -c %a ours/new/user/data) = 755 ]; [ "$(readlink ours/new/user/link)" = data ]; [ ! -e ours/new/user/fifo ]
            [ -z "$(find ours -name '*.part')" ]

            # The whole guest, to a directory that is not there, with what its root has.
            cp "$image" root.img; debugfs -w root.img -R 'set_inode_field / mode 040751' 2> /dev/null
            debugfs -w root.img -R 'set_inode_field / mtime 20010203' 2> /dev/null
            debugfs -w root.img -R 'set_inode_field /home mode 043777' 2> /dev/null
            code=0; gfs cp -R root.img:/ whole 2> told || code=$?
            [ $code = 6 ]; [ "$(stat -c %a whole whole/home | xargs)" = '751 1777' ]
            [ "$(date -u -r whole +%Y%m%d)" = 20010203 ]; diff -r whole/etc "$tree/etc"
            code=0; gfs sync root.img:/ whole > /dev/null 2> told || code=$?
            [ $code = 6 ]; [ "$(stat -c %a whole/home)" = 1777 ]

            # Lines of a guest are not the tool's.
            upstream guestfish --format=raw -a root.img -m /dev/sda ln-s $'x\ngfs: all is well' /forged
            refused 6 gfs cp root.img:/forged -R forged; grep -q 'left out' error; ! grep -q '^gfs: all' error

            # The disk is named once or each time.
            mkdir once each; gfs cp -R "$image:/etc" :/bin :/usr once; gfs cp -R "$image:/etc" "$image:/bin" "$image:/usr" each
            diff -r once each; [ -d once/usr/bin ]
            refused 2 gfs cp -R "$image:/etc" other.img:/bin once
            """);
    }

    [Fact]
    public void Files_come_into_the_guest_as_they_are()
    {
        Command.Require("debugfs", "e2fsck", "guestfish");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            cp "$image" guest.img; cp guest.img before.img; mkdir -p made/below
            printf x > made/$'two\nlines'; printf x > made/$'latin-\xe9'; printf x > made/--help; ln -s nowhere made/link
            ln made/--help made/hard
            # A list for user 1, who has a name here and another one, or none, in the guest.
            acl=system.posix_acl_access
            setfattr -n $acl -v 0x0200000001000600ffffffff020006000100000004000400ffffffff10000600ffffffff20000400ffffffff made/hard
            truncate -s 30M made/sparse; printf end >> made/sparse; chmod 6711 made/below; setfattr -n user.a -v b made/below
            touch -h -d 2001-02-03 made/link made/hard
            gfs cp --dry-run -R made guest.img:/home/new > planned; cmp guest.img before.img
            [ $(tr -d '\n' < planned | grep -ao /home/new | wc -l) = 8 ]
            gfs cp -R made guest.img:/home/new
            printf other > made/sparse; gfs cp --owner 12:34 made/sparse guest.img:/home/new/
            e2fsck -fn guest.img > /dev/null 2>&1
            debugfs -R 'ea_list /home/new/hard' guest.img 2> /dev/null | grep -q "$acl .* 02 00 06 00 01 00 00 00 04 00 04 00 10 00 06 00 "
            debugfs -R 'stat /home/new/sparse' guest.img 2>/dev/null | grep -q 'User: *12 *Group: *34'
            upstream guestfish --ro --format=raw -a guest.img -m /dev/sda tar-out /home out.tar xattrs:true
            mkdir out; tar -C out --xattrs -xpf out.tar
            diff -r --no-dereference out/new made
            facts() { (cd $1; find . -mindepth 1 ! -name sparse -printf '%p %m %n %l %Ts\n' | sort); }
            diff <(facts out/new) <(facts made)
            getfattr -n user.a --only-values out/new/below | grep -qx b
            [ -z "$(find out -name '.gfs*')" ]

            # What is in a directory, and what cannot be sent.
            mkdir -p more/deep; printf more > more/deep/file
            gfs cp -R more/. guest.img:/home; gfs cp -R more/. guest.img:/fresh
            for i in /home /fresh; do [ "$(debugfs -R "cat $i/deep/file" guest.img 2> /dev/null)" = more ]; done
            mkdir back; gfs cp -R guest.img:/home/new/. back; [ "$(readlink back/link)" = nowhere ]
            gfs cp -R guest.img:/fresh/. unmade; diff -r more unmade
            python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("more/socket")'
            code=0; gfs cp -R more guest.img:/more 2> told || code=$?; [ $code = 6 ]; grep -q 'socket: socket ignored' told
            [ "$(debugfs -R 'cat /more/deep/file' guest.img 2> /dev/null)" = more ]
            """);
    }

    [Fact]
    public void What_goes_in_is_what_virt_copy_in_and_virt_tar_in_put_there()
    {
        Command.Require("virt-copy-in", "virt-tar-in", "guestfish", "tar", "e2fsck");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            cp "$image" ours.img; cp "$image" theirs.img; mkdir -p made/below
            seq 5000 > made/numbers; printf x > made/$'latin-\xe9'; ln -s numbers made/link; ln made/numbers made/hard; mkfifo made/pipe
            chmod 6711 made/below; chmod 640 made/numbers; chown 12:34 made/numbers
            find made -depth -exec touch -h -d 2001-02-03 {} +
            tar -C "$tree" -cf etc.tar etc
            upstream virt-copy-in --format=raw -a theirs.img made /home/user
            upstream virt-tar-in --format=raw -a theirs.img etc.tar /many
            gfs cp -R --special-files made ours.img:/home/user
            gfs tar in ours.img:/many etc.tar
            e2fsck -fn ours.img > /dev/null 2>&1
            for i in ours theirs; do
              upstream guestfish --ro --format=raw -a $i.img -m /dev/sda tar-out /home/user/made $i-made.tar xattrs:true : \
                tar-out /many/etc $i-etc.tar xattrs:true
              mkdir $i
              for j in made etc; do
                tar --xattrs --full-time --numeric-owner -tvvf $i-$j.tar | sort > $i-$j.list
                mkdir $i/$j; tar -C $i/$j -xf $i-$j.tar
              done
            done
            [ $(wc -l < ours-made.list) = 7 ]
            diff ours-made.list theirs-made.list; diff ours-etc.list theirs-etc.list; diff -r --no-dereference -x pipe ours theirs
            """);
    }

    [Fact]
    public void Archives_are_those_of_virt_tar_out()
    {
        Command.Require("virt-tar-out", "tar", "gzip", "e2fsck");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            cp "$image" guest.img
            upstream virt-tar-out --format=raw -a guest.img /home theirs.tar
            gfs tar out guest.img:/home - | cmp - theirs.tar
            gfs tar out --exclude '*data' guest.img /home ours.tar.gz
            gzip -dc ours.tar.gz | tar t | sort | diff - <(tar tf theirs.tar | grep -v data$ | sort)
            gfs tar out --dry-run --exclude '*data' guest.img /home new.tar.gz | sort |
              diff - <(gzip -dc ours.tar.gz | tar t | sed 's|^\./|/home/|' | sort)
            [ ! -e new.tar.gz ]
            gfs tar in --dry-run guest.img:/odd ours.tar.gz | sort | diff - <(gzip -dc ours.tar.gz | tar t | sed 's|^\./|/odd/|' | sort)
            cmp "$image" guest.img
            gfs tar in guest.img:/many ours.tar.gz; e2fsck -fn guest.img > /dev/null 2>&1
            gfs tar out guest.img /many/user | tar t | sort | diff - <(gzip -dc ours.tar.gz | tar t | sed -n 's|^\./user/|./|p' | sort)
            """);
    }

    [Fact]
    public void A_directory_becomes_like_another()
    {
        Command.Require("diff", "e2fsck", "debugfs");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            cp "$image" guest.img; cp -a "$tree" made
            gfs sync guest.img:/many here > first; [ $(wc -l < first) = 300 ]; diff -r here "$tree/many"
            rm here/file-7; touch here/extra; printf yy > here/file-8; printf z > here/file-9; touch -r here/file-10 here/file-9
            gfs sync --delete guest.img:/many here | sort |
              diff - <(printf "copy\t$PWD/here/file-7\ncopy\t$PWD/here/file-8\ndelete\t$PWD/here/extra\n")
            printf x > here/file-9; diff -r here "$tree/many"
            gfs sync guest.img:/home/user links > copied 2> left || [ $? = 6 ]
            ln -sfn hosts links/link; chmod 0600 links/data
            gfs sync --dry-run guest.img:/home/user links 2> left | grep -v broken | sort |
              diff - <(printf "copy\t$PWD/links/data\ncopy\t$PWD/links/link\n")
            gfs sync guest.img:/home/user links > copied 2> left || [ $? = 6 ]
            [ "$(stat -c %a links/data) $(readlink links/link)" = '755 data' ]
            rm -r made/many/file-1?? made/odd; echo more >> made/etc/hosts; mkdir made/new
            printf x > made/new/$'latin-\xe9'; chmod 600 made/etc/fstab
            gfs sync --dry-run --delete made/ guest.img:/ > planned; cmp guest.img "$image"
            gfs sync --delete made guest.img:/ | sort | diff - <(sort planned)
            e2fsck -fn guest.img > /dev/null 2>&1
            mkdir out; debugfs -R "rdump / out" guest.img 2>/dev/null; diff -r --no-dereference -x fifo out made
            """);
    }

    // What cannot be read is not gone. A directory whose checksum is wrong, and a filesystem whose disk is not there.
    [Fact]
    public void What_is_missing_of_a_guest_is_not_removed_from_its_copy()
    {
        Command.Require("debugfs", "dumpe2fs");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            cp "$image" damaged.img; cp -a "$tree" copy; touch copy/extra
            block=$(debugfs -R 'bmap /many 0' damaged.img 2> /dev/null)
            size=$(dumpe2fs -h damaged.img 2> /dev/null | sed -n 's/^Block size: *//p')
            head -c 100 /dev/urandom | dd of=damaged.img bs=1 seek=$((block * size + 200)) conv=notrunc status=none
            refused 6 gfs sync --delete damaged.img:/ copy
            grep -q 'Nothing was removed' error; [ -e copy/extra ]; diff -r copy/many "$tree/many"
            gfs sync --delete damaged.img:/etc copy/etc; touch copy/etc/extra
            [ "$(gfs sync --delete damaged.img:/etc copy/etc)" = "$(printf 'delete\t%s' "$PWD/copy/etc/extra")" ]

            cp "$image" part.img; cp "$tree/etc/fstab" fstab
            printf '/dev/sdb1 /home ext4 defaults 0 2\n/etc /odd none bind 0 0\n' >> fstab
            debugfs -w -R 'rm /etc/fstab' part.img 2> /dev/null; debugfs -w -R 'write fstab /etc/fstab' part.img 2> /dev/null
            mkdir copy/home/kept
            refused 6 gfs sync --delete part.img:/ copy; grep -q 'Nothing was removed' error; [ -d copy/home/kept ]
            debugfs -w -R 'symlink /way /home' part.img 2> /dev/null
            for home in /home /way /etc/../home; do refused 6 gfs sync --delete part.img:$home copy/home; [ -d copy/home/kept ]; done
            touch copy/etc/extra; refused 6 gfs sync --delete part.img:/etc copy/etc; [ ! -e copy/etc/extra ]
            """);
    }

    // A name that leads out of the target, made where no kernel lets it be.
    [Fact]
    public void A_hostile_guest_leads_nowhere_and_what_is_interrupted_leaves_nothing()
    {
        Command.Require("debugfs");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            cp "$image" guest.img; mkdir target outside
            debugfs -w -R "symlink /etc/out $PWD/outside" guest.img 2>/dev/null
            code=0; gfs cp -R guest.img:/etc target 2> told || code=$?
            [ $code = 6 ]; grep -q 'etc/out.*--links all' told; [ ! -L target/etc/out ]
            code=0; timeout -s INT 0.3 "${tool[@]}" cp -R guest.img:/home target/home 2>/dev/null || code=$?
            [ $code != 0 ]; [ "$(ls -A target)" = etc ]
            code=0; gfs cp -R guest.img:/home target/home --max-size 1M 2> told || code=$?
            [ $code = 5 ]; grep -q -- --max-size told; [ "$(ls -A target)" = etc ]
            code=0; gfs cp "$tree/etc/hosts" guest.img:/nowhere/hosts 2> told || code=$?
            [ $code = 5 ]; [ $(wc -l < told) = 1 ]
            """);
    }

    // What is there and is no file stays what it is: root could lose /dev/null.
    [Fact]
    public void A_device_a_pipe_and_a_link_are_written_into()
    {
        Command.Require("mknod", "tar", "xz", "zstd", "bzip2", "debugfs");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            mknod null c 1 3 || mkfifo null; kind=$(stat -c %F null); [ "$kind" != fifo ] || cat null > /dev/null &
            gfs cp "$image:/etc/hosts" null
            [ "$(stat -c %F null)" = "$kind" ]
            gfs cp "$image:/etc/hosts" /dev/stdout | diff - "$tree/etc/hosts"
            mkfifo pipe; cat pipe > out & gfs tar out "$image" /etc pipe; wait $!
            [ -p pipe ]; tar tf out | grep -qx ./hosts
            printf 'old\n' > file; ln -s file link; gfs cp "$image:/etc/hosts" link
            [ -L link ]; diff file "$tree/etc/hosts"
            for program in gzip xz zstd bzip2; do
                gfs tar out --compress $program "$image" /etc > packed
                $program -dc packed | tar xf - -O ./hosts | diff - "$tree/etc/hosts"
            done
            mkdir path; ln -s /bin/false path/xz
            set +e
            PATH=$PWD/path:$PATH gfs tar out --compress xz "$image" /etc new.tar.xz 2> error; [ $? = 5 ] || exit 1
            grep -q 'xz ended with 1' error; [ ! -e new.tar.xz ]
            """);
    }
}
