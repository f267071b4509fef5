// The commands that change files of the guest. The judges are virt-edit, sed, chmod and chown of the host on the same tree, debugfs and
// e2fsck.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Guests;

public sealed class WritingTests(GuestImage guest) : IClassFixture<GuestImage>
{
    // debugfs counts what is left; libguestfs itself gives no error number.
    [Fact]
    public void A_full_filesystem_is_told_and_the_old_file_stays()
    {
        Command.Require("mke2fs", "debugfs", "e2fsck");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            mkdir below; printf 'old\n' > below/file; mke2fs -q -t ext4 -d below full.img 4M
            head -c 8M /dev/urandom > big; tar -cf big.tar big
            full() {
              refused 5 "$@" < big; grep -q "full: 0 bytes are left" error
              [ "$(debugfs -R 'cat /file' full.img 2> /dev/null)" = old ]; e2fsck -fn full.img > checked 2>&1
            }
            full gfs write -m /dev/sda full.img /file; grep -q 'error: /file' error
            full gfs cp -m /dev/sda big full.img:/; [ "$(debugfs -R 'ls -p /' full.img 2> /dev/null | grep -c gfs)" = 0 ]
            full gfs tar in -m /dev/sda full.img / big.tar
            """);
    }

    [Fact]
    public void An_edited_file_is_as_sed_and_virt_edit_make_it_and_keeps_what_it_had()
    {
        Command.Require("virt-edit", "debugfs", "e2fsck");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            cp --sparse=always "$image" ours.img; cp --sparse=always "$image" theirs.img
            seen() { debugfs -R "cat $2" $1 2> /dev/null; }
            facts() { debugfs -R "stat $1" ours.img 2> /dev/null | grep -oE 'Mode: +[0-9]+|User: +[0-9]+ +Group: +[0-9]+|user[.]note.*'; }
            debugfs -w -R 'set_inode_field /etc/hosts uid 12' ours.img 2> /dev/null
            debugfs -w -R 'set_inode_field /etc/hosts mode 0100640' ours.img 2> /dev/null
            debugfs -w -R 'ea_set /etc/hosts user.note kept' ours.img 2> /dev/null
            facts /etc/hosts > before
            grep -q 'user.note' before
            gfs edit --dry-run -e 's/localhost/x/' ours.img /etc/hosts | grep -q '^/etc/hosts	[+]	127.0.0.1 x'
            seen ours.img /etc/hosts | diff - "$tree/etc/hosts"
            gfs edit --dry-run -e '1i new' ours.img /etc/hosts | diff - <(printf '/etc/hosts\t+\tnew\n')
            gfs edit -b .old -e 's/([0-9]+)[.]0/\1,&/2' -e 's|LOCAL|<&>|i' ours.img:/etc/hosts
            sed -E -e 's/([0-9]+)[.]0/\1,&/2' -e 's|LOCAL|<&>|i' "$tree/etc/hosts" | diff - <(seen ours.img /etc/hosts)
            seen ours.img /etc/hosts.old | diff - "$tree/etc/hosts"
            facts /etc/hosts | diff before -
            gfs edit -e 's/o/0/g' ours.img /etc/hostname
            upstream virt-edit --format=raw -a theirs.img /etc/hostname -e 's/o/0/g'
            diff <(seen ours.img /etc/hostname) <(seen theirs.img /etc/hostname)
            EDITOR='sed -i s/12.5/13/' gfs edit ours.img /etc/debian_version
            [ "$(seen ours.img /etc/debian_version)" = 13 ]
            ! EDITOR=false gfs edit ours.img /etc/debian_version 2> error
            grep -q 'nothing was written' error

            # As vim and emacs do it, by a name with a space; one that is gone at once; and what does not fit, which is not lost.
            printf '#!/bin/sh\nsed s/13/14/ "$2" > "$2.new"; mv "$2" "$2~"; mv "$2.new" "$2"; echo "$1" > said\n' > 'my editor'
            chmod +x 'my editor'
            EDITOR="'$PWD/my editor' --wait" gfs edit ours.img /etc/debian_version
            [ "$(seen ours.img /etc/debian_version) $(cat said)" = '14 --wait' ]
            EDITOR=true gfs edit ours.img /etc/debian_version 2>&1 | grep -q 'has not changed. .* told to wait'
            mkdir tmp
            refused 5 env EDITOR='truncate -s 100M' TMPDIR="$PWD/tmp" "${tool[@]}" edit ours.img /etc/debian_version
            kept=$(sed -n 's/^gfs: warning: \(.*\) has what was written in the editor.$/\1/p' error)
            [ "$(stat -c %s "$kept")" = 104857600 ]
            [ "$(seen ours.img /etc/debian_version)" = 14 ]
            e2fsck -fn ours.img > /dev/null 2>&1
            [ -z "$(debugfs -R 'ls -p /etc' ours.img 2> /dev/null | cut -d / -f 6 | grep -E '[0-9a-f]{32}$')" ]
            """);
    }

    [Fact]
    public void Files_are_written_removed_and_changed_as_on_the_host()
    {
        Command.Require("debugfs", "e2fsck");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            cp --sparse=always "$image" ours.img
            seen() { debugfs -R "cat $1" ours.img 2> /dev/null; }
            fact() { debugfs -R "stat $1" ours.img 2> /dev/null | grep -oE "$2: +[^ ]+" | tr -d ' '; }
            head -c 3000000 /dev/urandom > big
            gfs write ours.img:/new/../etc/big < big 2> /dev/null && exit 1
            gfs write ours.img:/etc/big < big
            seen /etc/big | cmp - big
            [ "$(fact /etc/big Mode)" = Mode:0644 ]
            printf 'more\n' | gfs write --append --mode 0600 ours.img /etc/hosts
            (cat "$tree/etc/hosts"; echo more) | diff - <(seen /etc/hosts)
            [ "$(fact /etc/hosts Mode)" = Mode:0600 ]
            # A key on standard input leaves nothing that could be written or carried out.
            printf x | refused 2 gfs write --key fd:0 ours.img /etc/hosts
            grep -q 'Standard input was read already' error
            # Of what was closed the runtime's own files take the place, and one of them gives bytes without end.
            refused 5 gfs write ours.img /etc/hosts <&-; grep -q 'Standard input cannot be read: Bad file' error
            refused 2 gfs cat --key fd:0 ours.img /etc/hosts <&-
            for i in 3 4 5 6 7; do refused 2 eval "gfs cat --key fd:$i ours.img /etc/hosts $i<&-"; grep -q 'no descriptor' error; done
            printf 'rm /etc/hosts\n' | refused 2 gfs run --key fd:0 ours.img -
            (cat "$tree/etc/hosts"; echo more) | diff - <(seen /etc/hosts)
            gfs chmod -R 0640 ours.img /home/user/link
            [ "$(fact /home/user/data Mode) $(fact /home/user/link Mode)" = 'Mode:0640 Mode:0777' ]
            printf x | gfs write ours.img /home/user/link
            [ "$(seen /home/user/data)" = x ] && [ "$(fact /home/user/link Type)" = Type:symlink ]
            gfs mkdir -p --mode 0750 ours.img /a/b /etc
            [ "$(fact /a/b Mode)" = Mode:0750 ] && [ "$(fact /etc Mode)" = Mode:0755 ]
            set +e; gfs mkdir ours.img /etc 2> /dev/null; [ $? = 5 ] || exit 1; set -e
            printf 'mkdir -p /etc\nmkdir -p /etc/x/y\n' | gfs run --dry-run ours.img - | diff - <(echo /etc/x/y)
            refused 5 gfs mkdir --dry-run ours.img /etc
            gfs chmod -R go-rwx,u=rwX ours.img /odd; gfs chmod u+s ours.img /odd/-l
            modes=$(debugfs -R 'ls -l /odd' ours.img 2> /dev/null | awk '/^ *[0-9]+ +[0-9]+ / { print $2 }' | sort | uniq -c | xargs)
            [ "$modes" = "6 100600 1 104600 1 40755 1 41700" ]
            gfs chmod -R --dry-run 777 ours.img /odd | grep -q 'to 0777'
            [ "$(fact /odd Mode)" = Mode:01700 ] && [ "$(fact /odd/-l Mode)" = Mode:04600 ]
            printf 'root:x:0:0::/:/bin/sh\nweb:x:33:44::/:/bin/sh\n' | gfs write ours.img /etc/passwd
            gfs chown -R web: ours.img /many
            [ "$(fact /many User)" = User:33 ] && [ "$(fact /many/file-300 Group)" = Group:44 ]
            set +e; gfs chown nobody2 ours.img /many 2> error; [ $? = 2 ] || exit 1; set -e
            grep -q "no user 'nobody2'" error
            gfs rm -R --dry-run ours.img /many | grep -qx /many
            seen /many/file-1 | grep -q x
            # Of several paths one that fails does not keep the others from what is done.
            refused 6 gfs chmod 0604 ours.img /none /etc/debian_version; [ "$(fact /etc/debian_version Mode)" = Mode:0604 ]
            refused 6 gfs edit -e s/12/13/ ours.img /none /etc/debian_version; [ "$(seen /etc/debian_version)" = 13.5 ]
            refused 6 gfs rm ours.img /none /etc/debian_version
            ! debugfs -R 'stat /etc/debian_version' ours.img 2>&1 | grep -q Inode || exit 1
            refused 2 gfs rm -R ours.img /home / && seen /home/user/data | grep -qx x
            gfs chown --dry-run 12:4294967294 ours.img /home/user/data | grep -q 'to 12:4294967294$'
            set +e
            gfs rm ours.img /many 2> /dev/null; [ $? = 5 ] || exit 1
            gfs rm -R ours.img / 2> /dev/null; [ $? = 2 ] || exit 1
            set -e
            gfs rm -R ours.img /many /home/user/broken
            gfs rm -f ours.img /many
            ! debugfs -R 'stat /many' ours.img 2>&1 | grep -q Inode || exit 1
            e2fsck -fn ours.img > /dev/null 2>&1
            """);
    }

    // The guest would not find it: its /home is on a disk that is not there, and its /var/log shows another directory.
    [Fact]
    public void Nothing_is_written_beneath_what_the_guest_mounts()
    {
        Command.Require("debugfs");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            cp "$image" part.img; cp "$tree/etc/fstab" fstab
            printf '%s\n' '/dev/sdb1 /home ext4 defaults 0 2' '/many /var/log none bind 0 0' '/dev/sdc1 /mnt/new ext4 nofail 0 2' \
              'tmpfs /tmp tmpfs defaults 0 0' >> fstab
            put() { debugfs -w -R "$1" part.img 2> /dev/null > done; }
            put 'rm /etc/fstab'; put 'write fstab /etc/fstab'; put 'symlink /way /home/user'; put 'mkdir /tmp'
            sum() { debugfs -R 'ls -p /home/user' part.img 2> /dev/null; debugfs -R 'ls -p /var/log' part.img 2> /dev/null; }
            before=$(sum)
            refused 5 gfs mkdir part.img /home/new; grep -q 'on /home it has another filesystem, which is not mounted' error
            refused 5 gfs cp "$tree/etc/hosts" part.img:/way/; refused 5 gfs write --from "$tree/etc/hosts" part.img /way/none/new
            refused 5 gfs rm part.img /etc/../var/log/syslog; grep -q 'shows what is in /many' error
            refused 6 gfs chmod 0 part.img /bin /home/user
            [ "$before" = "$(sum)" ]; debugfs -R 'stat /bin' part.img 2> /dev/null | grep -q 'Mode:  0000'
            refused 6 gfs cat part.img /var/log/syslog; cmp out "$tree/var/log/syslog"; grep -q 'warning: /var/log/syslog is not what' error

            # Where it is, that it is made, and what the user has chosen himself.
            refused 6 gfs write --from "$tree/etc/hosts" part.img /etc/new; refused 6 gfs mkdir -p part.img /mnt/new
            refused 6 gfs write --from "$tree/etc/hosts" part.img /tmp/new; grep -q 'warning: /tmp/new is not' error
            gfs rm -m /dev/sda part.img /var/log/syslog /home/user/data
            for gone in /var/log/syslog /home/user/data; do ! debugfs -R "stat $gone" part.img 2>&1 | grep -q Inode || exit 1; done
            for made in /etc/new /mnt/new /tmp/new; do debugfs -R "stat $made" part.img 2>&1 | grep -q Inode; done
            """);
    }

    // Links, devices, names and times of a guest that means no good, and a user who changes his mind.
    [Fact]
    public void Nothing_but_the_file_that_is_meant_is_touched()
    {
        Command.Require("debugfs", "e2fsck", "sfdisk");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            cp --sparse=always "$image" ours.img
            long=$(printf 'n%.0s' $(seq 250))
            for f in victim file; do printf '%s\n' $f > $f; debugfs -w -R "write $f /$f" ours.img > /dev/null 2>&1; done
            debugfs -w -R "write file /$long" ours.img > /dev/null 2>&1
            debugfs -w -R 'symlink file.bak victim' ours.img > /dev/null 2>&1
            debugfs -w -R 'symlink dangling /nowhere/x' ours.img > /dev/null 2>&1
            debugfs -w -R 'mknod zero c 1 5' ours.img > /dev/null 2>&1
            seen() { debugfs -R "cat $1" ours.img 2> /dev/null; }
            gfs edit -b .bak -e s/file/new/ ours.img /file
            [ "$(seen /file) $(seen /victim) $(seen /file.bak)" = 'new victim file' ]
            gfs edit -e s/file/new/ ours.img "/$long"
            [ "$(seen "/$long")" = new ]
            refused 5 timeout 60 "${tool[@]}" edit -e s/a/b/ ours.img /zero
            grep -q 'no regular file' error
            refused 5 gfs edit -e s/a/b/ ours.img /dangling
            grep -q 'a link to /nowhere/x' error
            refused 5 gfs chmod -R 0700 ours.img /dangling
            grep -q 'a link to /nowhere/x' error
            gfs chown -R 12 ours.img /dangling
            debugfs -R 'stat /dangling' ours.img 2> /dev/null | grep -q 'User: *12 '
            refused 2 gfs edit -b /x -e s/a/b/ ours.img /file
            refused 2 gfs edit -e 's/(/x/' ours.img /file
            refused 2 gfs rm -R ours.img /home/..
            gfs chmod u=rwx,g=u,o=g ours.img /file
            debugfs -R 'stat /file' ours.img 2> /dev/null | grep -q 'Mode:  0777'
            sum=$(sha256sum < ours.img)
            ln -s ours.img picture.svg
            refused 2 gfs partitions --svg picture.svg ours.img
            [ "$sum" = "$(sha256sum < ours.img)" ]
            mkdir temporary
            set +e
            TMPDIR=$PWD/temporary timeout --preserve-status -s INT 8 "${tool[@]}" write ours.img /file \
              < <(exec sleep 30 2> /dev/null) 2> error
            r=$?
            set -e
            [ $r = 130 ] && grep -q interrupted error && [ -z "$(ls temporary)" ]
            [ "$(seen /file)" = new ]
            e2fsck -fn ours.img > /dev/null 2>&1
            for i in 1 2; do
              mkdir tree$i; printf 'secret %s\n' $i > tree$i/conf; touch -d @1700000000 tree$i/conf
              E2FSPROGS_FAKE_TIME=1700000000 mke2fs -q -F -t ext4 -U 11111111-1111-1111-1111-111111111111 \
                -E hash_seed=22222222-2222-2222-2222-222222222222 -d tree$i forged$i.img 16M
            done
            refused 1 gfs diff forged1.img forged2.img
            grep -qP '^changed\t/conf\tcontents$' out
            """);
    }

    [Fact]
    public void Differences_are_those_that_diff_and_virt_diff_find()
    {
        Command.Require("virt-diff");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            cp --sparse=always "$image" other.img
            set +e; gfs diff "$image" other.img; [ $? = 0 ] || exit 1; set -e
            gfs chmod 0600 other.img /etc/hosts
            gfs rm -R other.img /many/file-7 /home/user
            gfs mkdir -p other.img /new/below
            printf 'guest.examplE\n' | gfs write other.img /etc/hostname
            { cat "$tree/etc/debian_version"; printf 'one\tmore\n\377\n'; } | gfs write other.img /etc/debian_version
            debugfs -w -R 'ea_set /etc/fstab user.note other' other.img 2> /dev/null
            set +e; gfs diff "$image" other.img > ours; [ $? = 1 ] || exit 1
            grep -P '^changed\t/etc/hosts\tmode$' ours || exit 1
            grep -P '^changed\t/etc/hostname\tcontents$' ours || exit 1
            upstream virt-diff --format=raw -a "$image" -A other.img --uids > lines
            # It has - and + for the block that attributes are in, too.
            sed -nE '/fstab$/d; s/^([+-]) .*(\/[^\/]*)$/\1/p' lines | sort | uniq -c > theirs
            sed -E 's/^added.*/+/; s/^removed.*/-/; /^changed/d' ours | sort | uniq -c | diff theirs - || exit 1
            gfs diff --no-contents "$image" other.img /etc | grep hostname && exit 1

            # Lines, of which a file has more: of one with the same size and time virt-diff shows none.
            LC_ALL=C sed -n '\|^= .* /etc/debian_version$|,/^[=+-] .* \//p' lines | LC_ALL=C grep -a '^[@+ -]' |
              LC_ALL=C grep -av -e '^[-+] [-a-z]' -e '^@@ End' > theirs
            [ "$(wc -l < theirs)" = 4 ] || { cat theirs; exit 1; }
            gfs diff --lines --xattrs "$image" other.img /etc > ours; [ $? = 1 ] || exit 1
            grep -P '^changed\t/etc/fstab\tattributes$' ours || exit 1
            LC_ALL=C grep -aP '^line\t/etc/debian_version\t' ours | cut -f 3- | while IFS= read -r line; do printf "$line\n"; done |
              cmp theirs - || exit 1
            set +o pipefail
            gfs diff --json --lines "$image" other.img /etc/debian_version /etc/hostname | python3 -c '
            import base64, json, sys
            version, name = json.load(sys.stdin)["differences"]
            assert base64.b64decode(version["linesBytes"]).endswith(b"+one\tmore\n+\xff"), version
            assert name["lines"] == ["@@ -1 +1 @@", "-guest.example", "+guest.examplE"], name' || exit 1
            gfs diff --xattrs "$image" "$image" > out || exit 1
            { printf '\0'; seq 20000; } | gfs write other.img /var/log/syslog
            gfs diff --lines "$image" other.img /var/log > ours
            printf 'changed\t/var/log/syslog\tsize\n' | cmp ours - || exit 1
            gfs diff "$image" other.img /etc/fstab || exit 1
            gfs diff --jsonl "$image" other.img /new | python3 -c 'import json,sys; print([json.loads(l)["path"] for l in sys.stdin])' |
              grep -F "['/new', '/new/below']" || exit 1
            gfs diff "$image" 2> /dev/null; [ $? = 2 ]
            """);
    }
}
