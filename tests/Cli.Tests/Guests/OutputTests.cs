// What all commands have in common: JSON as it is documented, names of any bytes, and an error that leaves out no more than it has to. The
// judges are the documentation, Python's json, the tree that the guest was made of, and debugfs.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Guests;

public sealed class OutputTests(GuestImage guest) : IClassFixture<GuestImage>
{
    // Every command of the table in one appliance; what it writes is one line, a document.
    [Fact]
    public void Json_has_the_lists_and_members_that_are_documented()
    {
        Command.Require("python3");
        GuestScript.Pass(guest, $$"""
            set -e -o pipefail
            cat > script <<'END'
            ls --json /home/user --checksum
            find --json /odd
            stat --json /etc/hosts
            checksum --json --algorithm md5 /etc
            du --json /home
            grep --json -n -R local /etc
            log --json -n 3
            df --json
            df --json -i
            filesystems --json --all
            partitions --json
            mkdir --json --dry-run /new
            rm --json --dry-run -R /odd
            chmod --json --dry-run 0700 /etc/hosts
            write --json --dry-run --from script /new
            edit --json --dry-run -e s/local/x/ /etc/hosts
            cp --json --dry-run -R :/etc out
            sync --json --dry-run :/etc out
            END
            gfs run "$image" script > documents
            [ "$(wc -l < documents)" = 18 ]
            { gfs make --json --dry-run "$tree/etc" made.img; gfs appliance list --json; } >> documents
            gfs run "$image" <(sed -n 's/--json/--jsonl/p' script | head -n 2) > lines
            python3 - documents lines script '{{Repository.File("docs", "gfs.md")}}' <<'END'
            import json, re, sys
            documents, lines, script, page = [open(name, encoding="utf-8").read() for name in sys.argv[1:]]
            section = page.split("\n## JSON\n")[1].split("\n## ")[0]
            known = {}
            for row in re.findall(r"^\| (`[^|]*) \| (`[^|]*) \| (.*) \|$", section, re.M):
                for command in re.findall(r"`([^`]*)`", row[0]):
                    known[command] = (row[1].strip("`"), set(re.findall(r"`([^`]*)`", row[2])))
            known["stat"][1].update(known["ls"][1]); known["checksum"][1].update(known["ls"][1])
            changes = set(re.findall(r"`([^`]*)`", section.split("With `--dry-run`")[1].split("`inspect`")[0]))
            commands = [line.split()[0] for line in script.splitlines()] + ["make", "appliance list"]
            for command, text in zip(commands, documents.splitlines(), strict=True):
                document = json.loads(text)
                (name, entries), = document.items()
                wanted, members = known.get(command, ("changes", changes))
                assert name == wanted, (command, name)
                assert entries, command
                for entry in entries:
                    unknown = {m for m in entry if m not in members and m.removesuffix("Bytes") not in members}
                    assert entry and not unknown, (command, unknown)
            first = [json.loads(text) for text in documents.splitlines()[:2]]
            assert [json.loads(line) for line in lines.splitlines()] == first[0]["entries"] + first[1]["entries"]
            END
            """);
    }

    [Fact]
    public void Errors_and_warnings_are_objects_where_the_output_is_JSON()
    {
        Command.Require("python3", "mkfifo");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            check() {
              python3 -c '
            import json, sys
            errors = [json.loads(line)["error"] for line in open("error", encoding="utf-8")]
            assert [str(e["exitCode"]) for e in errors] == sys.argv[1:] and all(e["message"] for e in errors), errors
            ' "$1"
            }
            mkfifo pipe
            # A command that is not there, two forms, no path, a pipe in place of a disk, a machine that is not there.
            refused 2 gfs --json nonsense; check 2
            refused 2 gfs ls --json --jsonl "$image" /; check 2
            refused 2 gfs ls --json -0 "$image" /; check 2
            refused 2 gfs rm --json "$image"; check 2
            refused 3 timeout 20 "${tool[@]}" cat --jsonl pipe /etc/hosts; check 3
            grep -q '"failure":"notAFile"' error && grep -q '"remedy"' error
            refused 3 env LIBVIRT_DEFAULT_URI=test:///default "${tool[@]}" ls --json -d nobody /; check 3
            refused 2 gfs ls --json --key fd:99 "$image" /; check 2
            refused 5 gfs make --json "$image" made.img; check 5; grep -q 'none of tar' error
            # One of several is not there, which one way or the other leaves out no more than itself.
            refused 6 gfs ls --json "$image" /etc /nowhere /home; check 6
            python3 -c 'import json; assert len(json.load(open("out"))["entries"]) == 7'
            refused 6 gfs df --json "$image" nowhere.img; check 3
            cp "$image" own.img; refused 5 gfs rm --json own.img /nowhere; check 5
            """);
    }

    [Fact]
    public void One_path_of_several_that_is_not_there_leaves_out_no_other()
    {
        GuestScript.Pass(guest, """
            set -e -o pipefail
            for command in 'cat' 'stat' 'find' 'grep localhost' 'du -s' 'checksum'; do
              refused 6 gfs ${command%% *} $([[ $command != grep* ]] || echo localhost) "$image" $([ "$command" != 'du -s' ] || echo -s) \
                /nowhere /etc/hosts
              [ "$(wc -l < error)" = 1 ] && grep -q /nowhere error && grep -q . out
            done
            refused 5 gfs cat "$image" /nowhere /neither
            [ "$(wc -l < error)" = 2 ]
            """);
    }

    [Fact]
    public void A_name_of_any_bytes_is_named_on_the_command_line()
    {
        Command.Require("debugfs", "e2fsck");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            name=$'latin-\xe9'
            cp --sparse=always "$image" ours.img
            [ "$(gfs cat "$image:/odd/$name")" = x ]
            gfs find -0 "$image" /odd --name $'*\xe9' | cmp - <(printf '%s\0' "/odd/$name")
            gfs cp "$image:/odd/$name" one; cmp one "$tree/odd/$name"
            mkdir host; gfs cp "$image:/odd/$name" host; cmp "host/$name" "$tree/odd/$name"
            printf "rm '/odd/%s'\ncp one ':/odd/%s'\n" "$name" $'other-\xff' > script
            gfs run ours.img script
            debugfs -R 'ls -p /odd' ours.img 2> /dev/null | cut -d / -f 6 > names
            ! grep -aq $'^latin' names && grep -aqx $'other-\xff' names || exit 1
            e2fsck -fn ours.img > /dev/null 2>&1
            refused 2 gfs ls "host/$name" /
            grep -q 'latin-\\xe9.*not UTF-8' error
            """);
    }
}
