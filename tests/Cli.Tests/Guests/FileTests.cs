// The commands that look at files, beside the programs of the same job: coreutils and findutils on the tree that the guest was made of,
// and upstream's tools on the guest.
using System.Text.Json;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Guests;

public sealed class FileTests(GuestImage guest) : IClassFixture<GuestImage>
{
    [Fact]
    public void Digests_are_those_that_sha256sum_checks()
    {
        Command.Require("sha256sum", "sha1sum");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            gfs checksum "$image" / > sums
            diff <(wc -l < sums) <(find "$tree" -type f -printf '\n' | wc -l)
            (cd "$tree"; sha256sum -c --strict --quiet) < sums
            gfs ls --checksum --algorithm sha1 "$image" /etc /home/user/data |
              diff - <(cd "$tree/etc"; sha1sum * "$tree/home/user/data" | sed "s|  $tree|  |; s/  /\t/")
            """);
    }

    [Fact]
    public void Files_are_found_as_find_finds_them()
    {
        Command.Require("find");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            check() {
                sort -z > ours; [ -s ours ]
                (cd "$tree"; find . \( "$@" \) -print0) | sed -z 's|^\.$|/|; s|^\./|/|' | sort -z | cmp ours -
            }
            gfs find -0 "$image" / --name 'file-*[37]' --name 'l?nk' | check -name 'file-*[37]' -o -name 'l?nk'
            gfs find -0 "$image" / --type f --larger 1K --smaller 1G --has-mode 4000 --older 2000-01-01 --owner 0 --group 0 |
              check -type f -size +1024c -perm -4000 ! -newermt 2000-01-01 -uid 0 -gid 0
            gfs find -0 "$image" / --max-depth 2 --mode 1777 --ignore-case --name 'O*' | check -maxdepth 2 -perm 1777 -iname 'O*'
            gfs find "$image" / --name nothing && exit 1 || [ $? = 1 ]
            """);
    }

    [Fact]
    public void All_that_a_filesystem_says_is_told()
    {
        Command.Require("stat", "getfattr", "guestfish");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            fact() { awk -F'\t' -v path="$1" -v name="$2" '$1 == path && $2 == name { print $3 }' facts; }
            gfs stat "$image" /home/user/data /home/user/link /etc/hosts > facts
            data=/home/user/data
            [ "$(fact $data mode) $(fact $data size) $(fact $data uid)" = "$(stat -c '%a %s %u' "$tree/home/user/data")" ]
            [ "$(fact /home/user/data modified)" = 1999-12-31T23:59:59.0000000Z ]
            [ "$(fact /home/user/link target)" = data ]
            [ "$(awk -F'\t' '$2 == "xattr" { print $3 "=" $4 }' facts)" = user.note=hello ]
            gfs du --max-depth 2 "$image" / > ours
            upstream guestfish --ro --format=raw -a "$image" -m /dev/sda <<'END' > theirs
            du /
            du /home
            du /home/user
            END
            [ "$(awk -F'\t' '$2 == "/" || $2 ~ "^/home" { print $1 / 1024 }' ours | tac)" = "$(cat theirs)" ]
            # What is in a directory comes before it, and names are in their order.
            (cd "$tree"; find . -maxdepth 2 -type d) | sed 's/^[.]//; s|$|/~|' | sort | sed 's|/~$||; s|^$|/|' > order
            cut -f 2 ours | grep -v lost+found | diff order -
            """);
        CommandResult lines = GuestScript.Run(guest, "gfs stat --jsonl \"$image\" /etc/hosts");
        JsonElement attribute = Assert.Single(JsonDocument.Parse(lines.Output).RootElement.GetProperty("xattrs").EnumerateArray());
        Assert.Equal("hello"u8.ToArray(), attribute.GetProperty("value").GetBytesFromBase64());
    }

    [Fact]
    public void Lines_are_those_that_grep_and_tail_have()
    {
        Command.Require("grep", "tail");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            gfs grep -R -n '^(host|127|ID)[[:alnum:].]*[^[:space:]]*\b' "$image" /etc > lines
            diff <(sed 's/\t/:/; s/\t/:/; s|^/||' lines | sort) \
                <(cd "$tree"; grep -E -r -n '^(host|127|ID)[[:alnum:].]*[^[:space:]]*\b' etc | sort)
            gfs grep -0 -F -l -R x "$image" /odd /many | sort -z |
              cmp - <(cd "$tree"; grep -F -l -Z -r x odd many | sed -z 's|^|/|' | sort -z)
            gfs grep --invert-match -i DEBIAN "$image" /etc/os-release | diff - <(grep -v -i DEBIAN "$tree/etc/os-release")

            # Words that could mean something to what reads the command line.
            gfs grep -i true "$image" /etc/crontab | diff - <(grep -i true "$tree/etc/crontab")
            gfs grep -n @reboot "$image" /etc/crontab | diff - <(grep -n @reboot "$tree/etc/crontab" | sed 's/:/\t/')
            # What was not read may have it.
            refused 6 gfs grep none-such "$image" /etc/hosts /none; refused 6 gfs grep -R none-such "$image" /etc /none
            refused 1 gfs grep none-such "$image" /etc/hosts
            refused 5 timeout 60 "${tool[@]}" cat "$image" /home/user/fifo; grep -q 'no regular file' error
            gfs tail -n 15000 "$image" /var/log/syslog /etc/hostname |
              diff - <(cd "$tree"; tail -n 15000 var/log/syslog etc/hostname | sed 's|==> |&/|')
            """);
    }
}
