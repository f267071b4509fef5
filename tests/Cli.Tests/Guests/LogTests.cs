// Logs, beside virt-log, and files that are followed, beside virt-tail. journald of this host writes the journal.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Guests;

public sealed class LogTests(GuestImage guest) : IClassFixture<GuestImage>
{
    [Fact]
    public void The_journal_is_what_virt_log_shows()
    {
        Command.Require("virt-log", "unshare", "logger", "debugfs");
        if (!File.Exists("/lib/systemd/systemd-journald"))
        {
            Command.Missing("The judge of this test is not installed: systemd-journald.");
        }

        GuestScript.Pass(guest, """
            set -e -o pipefail
            cat > journal.sh <<'END'
            mount -t tmpfs tmpfs /run; mkdir -p /run/etc/systemd /run/systemd/journal /run/log/journal; cp /etc/passwd /etc/group /run/etc
            printf '[Journal]\nReadKMsg=no\nStorage=volatile\n' > /run/etc/systemd/journald.conf
            echo 0123456789abcdef0123456789abcdef > /run/etc/machine-id; mount --bind /run/etc /etc
            /lib/systemd/systemd-journald & pid=$!
            until [ -S /run/systemd/journal/socket ]; do sleep 0.1; done
            for i in 1 2 3 4 5; do
                printf '%s\n' "MESSAGE=hello	$i" PRIORITY=$i SYSLOG_IDENTIFIER=tester "" | logger --journald
            done
            sleep 0.5; kill $pid; wait
            cp -r /run/log/journal .
            END
            timeout 30 unshare --mount bash journal.sh
            cp "$image" guest.img
            find journal -type d -printf 'mkdir /var/log/%p\n' > commands
            find journal -type f -printf 'write %p /var/log/%p\n' >> commands
            debugfs -w -f commands guest.img >/dev/null 2>&1
            gfs log guest.img > lines
            grep -c tester lines | grep -qx 5
            upstream virt-log --format=raw -a guest.img |
              diff <(while IFS=$'\t' read -r time name process level message; do
                printf '%s %s%s %s: %b\n' "$(date -d "$time" '+%b %d %T')" "$name" "${process:+[$process]}" "$level" "$message"
              done < lines) -
            gfs log -n 3 guest.img | diff - <(tail -n 3 lines)
            """);
    }

    [Fact]
    public void What_comes_to_a_file_is_shown_when_the_disk_has_it()
    {
        Command.Require("virt-tail", "debugfs");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            cp "$image" guest.img
            LIBGUESTFS_BACKEND_SETTINGS=force_tcg timeout 60 \
              virt-tail --format=raw -a guest.img /var/log/syslog > theirs 2> errors & theirs=$!
            timeout 90 "${tool[@]}" tail -f guest.img /var/log/syslog > ours & ours=$!
            waitFor 'grep -qx 20000 ours'; waitFor 'grep -qx 20000 theirs'; kill $theirs
            diff ours <(grep -v -- --- theirs | sed '/^$/d')
            { cat "$tree/var/log/syslog"; echo more; echo and more; } > syslog
            debugfs -w -R 'rm /var/log/syslog' guest.img 2>/dev/null; debugfs -w -R 'write syslog /var/log/syslog' guest.img >/dev/null 2>&1
            waitFor 'grep -qx "and more" ours'; kill $ours; wait $ours || true
            tail -n 12 syslog | diff ours -
            ! { grep -laF "$PWD/guest.img" /proc/[0-9]*/cmdline 2>/dev/null | grep -v self | xargs -r cat | grep -aq qemu-system; }
            wait $theirs || true
            """);
        CommandResult text = GuestScript.Run(guest, "gfs log -n 2 \"$image\"");
        Assert.Equal((0, "19999\n20000\n"), (text.ExitCode, text.Output));
    }
}
