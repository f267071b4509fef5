// Scripts of commands. The judges are debugfs and e2fsck, and the tree that the guest was made of.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Guests;

public sealed class RunTests(GuestImage guest) : IClassFixture<GuestImage>
{
    [Fact]
    public void The_lines_of_a_script_are_carried_out_one_after_another_in_one_appliance()
    {
        Command.Require("debugfs", "e2fsck");
        GuestScript.Pass(guest, """
            set -e -o pipefail
            cp --sparse=always "$image" ours.img
            seen() { debugfs -R "cat \"$1\"" ours.img 2> /dev/null; }
            cat > script <<'END'
            # a comment
              mkdir -p "/srv/a b" '/srv/it'\''s'   # and another
            write --from given "/srv/a b/x\"y"
            cat /srv/a\ b/x\"y
            df
            tar out /etc out.tar
            cp -R :/etc out
            df
            sync given.d :/srv
            grep -i true /etc/crontab
            grep @reboot /etc/crontab
            grep -F nothing /etc/hosts
            edit -e s/localhost/x/ /etc/hosts
            rm "/srv/a b/x\"y"
            END
            printf 'hello\n' > given; mkdir given.d; cp given given.d/new
            set +e
            gfs run --trace ours.img script > lines 2> calls
            [ $? = 1 ] || exit 1
            set -e
            [ "$(grep -c 'trace: launch$' calls)" = 1 ]
            head -n 1 lines | grep -qx hello
            [ "$(grep -cx '@reboot root True' lines)" = 2 ]
            [ "$(grep -c "$PWD/ours.img	/dev/sda" lines)" = 2 ]
            diff -r "$tree/etc" out
            [ "$(tar tf out.tar | wc -l)" = "$(find "$tree/etc" | wc -l)" ]
            [ "$(seen /srv/new)" = hello ]
            [ "$(seen /etc/hosts)" = '127.0.0.1 x' ]
            debugfs -R 'ls -p /srv' ours.img 2> /dev/null | cut -d / -f 6 | sort | xargs -d '\n' | grep -qF "a b it's new"
            ! debugfs -R 'stat "/srv/a b/x\"y"' ours.img 2>&1 | grep -q Inode || exit 1
            e2fsck -fn ours.img > /dev/null 2>&1

            # A mistake in any line is told before the first is carried out; an error in the guest ends the script.
            sum=$(sha256sum < ours.img)
            refused() {
              set +e; gfs run ours.img - > out.txt 2> error; r=$?; set -e
              [ $r = $1 ] || { cat error; exit 1; }; grep -q "$2" error
            }
            printf 'mkdir /bad\nlss /\n' | refused 2 "Standard input, line 2: 'lss'"
            printf 'mkdir /bad\nls "/\n' | refused 2 'line 2'
            printf 'mkdir /bad\nls -m /dev/sda /\n' | refused 2 'line 2: --mount'
            printf 'mkdir /bad\nappliance clean\n' | refused 2 "line 2: 'appliance'"
            printf 'mkdir /bad\nformat --yes\n' | refused 2 "line 2: 'format'"
            printf 'mkdir /bad\nls --help\n' | refused 2 'line 2'
            printf '\xef\xbb\xbfcat /etc/hosts\r\n' | gfs run ours.img - | grep -q 127
            code=0; gfs run ours.img / 2> error || code=$?; [ $code = 2 ]; grep -q 'is a directory' error
            printf 'mkdir /bad\nrm -R /srv\n' | gfs run --dry-run ours.img - | grep -qx /srv
            printf 'rm /none\nmkdir /bad\n' | refused 5 'line 1 was not done'
            [ ! -e /bad ]
            ! debugfs -R 'stat /bad' ours.img 2>&1 | grep -q Inode || exit 1
            """);
    }
}
