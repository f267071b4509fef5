// Disks on servers, and snapshots within files. qemu-nbd serves them; virt-ls, debugfs and qemu-img are the judges.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Guests;

public sealed class RemoteDiskTests(GuestImage guest) : IClassFixture<GuestImage>
{
    [Fact]
    public void A_disk_on_a_server_is_read_and_written_by_its_address()
    {
        Command.Require("qemu-nbd", "virt-ls", "debugfs", "e2fsck");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            cp --sparse=always "$image" ours.img
            qemu-nbd -f raw -t -e 4 -k "$PWD/socket" -x disk ours.img & server=$!
            trap 'kill $server 2> /dev/null || true; find "$work" -mindepth 1 -delete' EXIT
            waitFor '[ -S socket ]'
            disk="nbd:///disk?socket=$PWD/socket"
            gfs ls "$disk" /home/user | diff - <(upstream virt-ls --format=raw -a "$disk" /home/user | sort)
            printf 'new\n' | gfs write "$disk:/etc/motd"
            gfs cat -a "nbd+unix:///disk?socket=$PWD/socket:raw" /etc/motd | grep -qx new
            kill $server; wait $server || true
            [ "$(debugfs -R 'cat /etc/motd' ours.img 2> /dev/null)" = new ]
            e2fsck -fn ours.img > /dev/null 2>&1
            refused 3 gfs ls "$disk" /
            grep -q 'server answers' error
            refused 2 gfs ls http://localhost:1/disk.img /
            grep -q 'needs its format' error
            refused 2 gfs ls nbd://localhost:1:raw /
            grep -q 'after a slash' error
            """);
    }

    // ssh:// and iscsi:// differ from it in qemu's module alone.
    [Fact]
    public void A_disk_of_a_web_server_is_read()
    {
        Command.Require("busybox", "virt-ls", "qemu-img");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            cp --sparse=always "$image" ours.img; qemu-img convert -O qcow2 ours.img 'of it.qcow2'
            for try in 1 2 3 4 5; do
              port=$((20000 + RANDOM % 10000)); busybox httpd -f -p 127.0.0.1:$port -h "$PWD" & server=$!
              sleep 0.3; kill -0 $server 2> /dev/null && break
            done
            trap 'kill $server 2> /dev/null || true; find "$work" -mindepth 1 -delete' EXIT
            at=http://127.0.0.1:$port
            gfs ls $at/ours.img:raw /home/user | diff - <(upstream virt-ls --format=raw -a $at/ours.img /home/user | sort)
            gfs cat "$at/of%20it.qcow2:qcow2" /etc/hosts | diff - "$tree/etc/hosts"
            refused 3 gfs ls $at/none.img:raw /
            grep -q 'server answers' error
            """);
    }

    [Fact]
    public void A_snapshot_within_a_file_is_what_qemu_img_takes_out_of_it()
    {
        Command.Require("qemu-img", "qemu-nbd");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            qemu-img convert -O qcow2 "$image" ours.qcow2; qemu-img snapshot -c 'before, it' ours.qcow2
            printf 'changed\n' | gfs write ours.qcow2:/etc/hosts
            qemu-img convert -f qcow2 -l snapshot.name='before,, it' -O raw ours.qcow2 before.img
            gfs cat --snapshot 'before, it' ours.qcow2:/etc/hosts | diff - "$tree/etc/hosts"
            set +e
            gfs diff --snapshot 'before, it' ours.qcow2 > differences; [ $? = 1 ] || exit 1
            gfs diff before.img ours.qcow2 > plain; diff differences plain || exit 1
            gfs cat --snapshot none ours.qcow2:/etc/hosts 2> error; [ $? = 3 ] || exit 1
            gfs rm --snapshot 'before, it' ours.qcow2:/etc/hosts 2>> error; [ $? = 2 ] || exit 1
            set -e
            grep -q "as it was at 'none'" error
            grep -qx 'changed	/etc/hosts	size' differences
            waitFor '! pgrep -f "qemu-nbd.*$PWD/ours.qcow2" > /dev/null'
            """);
    }
}
