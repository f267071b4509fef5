// Logs, beside virt-log and the reader of Windows' event logs, and files that are followed, beside virt-tail. journald of this host writes
// the journal.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Guests;

public sealed class LogTests(GuestImage guest, WindowsImage windows) : IClassFixture<GuestImage>, IClassFixture<WindowsImage>
{
    // virt-log looks for the reader under the name that it had before.
    [Fact]
    public void The_event_log_of_Windows_is_what_its_reader_shows()
    {
        Command.Require("python3", "evtx_dump.py");
        GuestShell.Pass(
            $$"""
            set -e -o pipefail
            cat > make.py <<'END'
            {{EventLog}}
            END
            python3 make.py System.evtx 'first message' 'größer <&>' third
            evtx_dump.py System.evtx > wanted; [ $(grep -c '<Event>' wanted) = 3 ]; grep -q 'first message' wanted
            cp "$image" guest.img
            set +e; gfs log guest.img > none 2> error; [ $? = 1 ] && [ ! -s none ] || exit 1; set -e
            mkdir -p Logs; mv System.evtx Logs/SYSTEM.evtx
            gfs mkdir -p guest.img:/Windows/System32/winevt; gfs cp -R Logs guest.img:/Windows/System32/winevt/LOGS
            gfs log guest.img | diff - wanted
            printf broken | gfs write guest.img:/Windows/System32/winevt/LOGS/SYSTEM.evtx
            refused 5 gfs log guest.img; grep -q "gfs cp" error
            mkdir path; for program in qemu-system-x86_64 qemu-img; do ln -s "$(command -v $program)" path; done
            export PATH=$PWD/path; refused 5 gfs log guest.img
            while read -r line; do case $line in *python-evtx*) exit 0;; esac; done < error; exit 1
            """,
            new Dictionary<string, string?> { ["image"] = windows.Name });
    }

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
            waitFor 'grep -qx "and more" ours'
            seq -f 'new %g' 15 > rotated
            debugfs -w -R 'rm /var/log/syslog' guest.img 2>/dev/null
            debugfs -w -R 'write rotated /var/log/syslog' guest.img >/dev/null 2>&1
            waitFor 'grep -qx "new 15" ours'; kill $ours; wait $ours || true
            tail -n 12 syslog | cat - rotated | diff ours -
            ! { grep -laF "$PWD/guest.img" /proc/[0-9]*/cmdline 2>/dev/null | grep -v self | xargs -r cat | grep -aq qemu-system; }
            wait $theirs || true
            """);
        CommandResult text = GuestScript.Run(guest, "gfs log -n 2 \"$image\"");
        Assert.Equal((0, "19999\n20000\n"), (text.ExitCode, text.Output));
    }

    // As [MS-EVEN6] describes it.
    private const string EventLog = """
        # An event log: one chunk whose records share a template.
        import struct, sys, zlib

        def name(text, at):
            hash = 0
            for unit in struct.unpack(f"<{len(text)}H", text.encode("utf-16-le")):
                hash = (hash * 65599 + unit) & 0xFFFF
            return struct.pack("<IHH", 0, hash, len(text)) + text.encode("utf-16-le") + b"\0\0"

        def element(out, base, text, children, last=False):
            # 'out' holds what was written before, from offset 'base' of the chunk.
            start = len(out)
            out += struct.pack("<BHI", 1, 0xFFFF, 0)
            at = base + len(out) + 4
            out += struct.pack("<I", at) + name(text, at)
            out += b"\x02"
            for child in children:
                if isinstance(child, int):
                    out += struct.pack("<BHB", 0x0D, child, 1)
                else:
                    element(out, base, *child)
            out += b"\x04"
            struct.pack_into("<I", out, start + 3, len(out) - start - 7)

        RECORDS, TEMPLATE = 512, 512 + 24 + 4 + 10
        chunk = bytearray(RECORDS)
        messages = sys.argv[2:]
        for number, message in enumerate(messages, 1):
            start = len(chunk)
            record = bytearray(struct.pack("<IIQQ", 0x2A2A, 0, number, 116444736000000000 + number * 10000000))
            record += b"\x0f\x01\x01\x00" + struct.pack("<BBII", 0x0C, 1, 0x1234, TEMPLATE)
            if number == 1:
                body = bytearray(b"\x0f\x01\x01\x00")
                element(body, TEMPLATE + 24, "Event", [("System", [("Provider", [0])]), ("EventData", [("Data", [1])])])
                body += b"\0"
                record += struct.pack("<I16sI", 0, bytes(range(16)), len(body)) + body
            values = [text.encode("utf-16-le") + b"\0\0" for text in ("tester", message)]
            record += struct.pack("<I", len(values)) + b"".join(struct.pack("<HBB", len(v), 1, 0) for v in values) + b"".join(values)
            record += b"\0" * 4
            struct.pack_into("<I", record, 4, len(record))
            struct.pack_into("<I", record, len(record) - 4, len(record))
            chunk += record
        free, last = len(chunk), start
        checksum = zlib.crc32(chunk[RECORDS:])
        struct.pack_into("<8sQQQQIIII", chunk, 0, b"ElfChnk\0", 1, len(messages), 1, len(messages), 128, last, free, checksum)
        struct.pack_into("<I", chunk, 124, zlib.crc32(chunk[:120] + chunk[128:512]))
        chunk += b"\0" * (65536 - len(chunk))
        header = bytearray(4096)
        struct.pack_into("<8sQQQIHHHH", header, 0, b"ElfFile\0", 0, 0, len(messages) + 1, 128, 1, 3, 4096, 1)
        struct.pack_into("<I", header, 124, zlib.crc32(header[:120]))
        open(sys.argv[1], "wb").write(header + chunk)
        """;
}
