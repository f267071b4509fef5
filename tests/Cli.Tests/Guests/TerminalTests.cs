// What people see on a terminal: tables, wide and narrow, and the bar of progress. The judges are tmux, which is a terminal and tells what
// it shows, wc, which knows how many columns a text takes, and what the same command writes into a pipe.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Guests;

public sealed class TerminalTests(GuestImage guest) : IClassFixture<GuestImage>
{
    // see COLUMNS COMMAND: what a terminal shows when it has ended, in the file screen (with colours in another); what it showed
    // before, in meanwhile.
    private const string Functions = """
        set -e -o pipefail
        unset NO_COLOR; export LC_ALL=C.UTF-8 program="${tool[0]}"
        terminal() { tmux -u -S "$work/terminal" -f /dev/null "$@"; }
        see() {
          printf '%s\n' "$2" 'echo "END $?"; sleep 60' > command
          : > meanwhile
          terminal new-session -d -x "$1" -y 40 'bash command'
          waitFor 'terminal capture-pane -p > screen; cat screen >> meanwhile; grep -q "^END" screen'
          terminal capture-pane -p -e > screen-with-colours
          terminal kill-server
          sed -i '/^$/d' screen
          grep -q '^END 0$' screen || { cat screen; return 1; }
          sed -i '/^END/d' screen
        }
        columns() { while IFS= read -r line; do printf '%s\n' "$line" | wc -L; done | sort -n; }

        """;

    [Fact]
    public void A_table_fits_the_terminal()
    {
        Command.Require("tmux", "wc");
        GuestScript.Pass(guest, Functions + """
            cp --sparse=always "$image" plain.img
            cp --sparse=always "$image" 磁盘-größe.img
            arguments="--no-progress --format raw plain.img 磁盘-größe.img"
            gfs df $arguments > fields
            [ "$(wc -l < fields)" = 2 ]

            # Wide: titles, and rows whose last column, which ends on the right, ends in the same one of the terminal.
            see 100 "\$program df $arguments"
            [ "$(wc -l < screen)" = 3 ]
            [ "$(columns < screen | uniq | wc -l)" = 1 ]
            grep -q '^Disk  *Filesystem  *Size  *Used  *Available  *Use%$' screen
            cut -f 1,2 fields | tr '\t' ' ' | cmp - <(sed 1d screen | tr -s ' ' | cut -d ' ' -f 1,2)
            grep -q $'\e\[2mDisk' screen-with-colours
            cp screen wide

            # Narrow: what was in the row stands below its first text.
            see 40 "\$program df $arguments"
            [ "$(columns < screen | tail -n 1)" -le 40 ]
            for name in plain.img 磁盘-größe.img; do
              values=$(grep "^$name" wide | tr -s ' ')
              below=$(sed -n "/^$name\$/,/^[^ ]/p" screen | sed -n 's/^  [A-Z][^ ]*  *//p' | tr '\n' ' ')
              [ "$values " = "$name $below" ] || { cat screen; false; }
            done

            # No characters and no colours that the terminal does not have.
            see 100 "NO_COLOR=1 LC_ALL=C \$program filesystems --no-progress --format raw plain.img"
            grep -q '^|sda ' screen
            ! LC_ALL=C grep '[^ -~]' screen screen-with-colours || false
            """);
    }

    [Theory]
    [InlineData("LC_ALL=C.UTF-8", "━")]
    [InlineData("LC_ALL=C NO_COLOR=1", "-")]
    public void Long_work_shows_a_bar(string variables, string part)
    {
        Command.Require("tmux");
        // Stopped, so that it takes more than two seconds everywhere.
        GuestScript.Pass(guest, Functions + $$"""
            build() {
              echo "{{variables}} \$program appliance build --profile fast $1 -o built &"
              echo "sleep 0.5; kill -STOP \$!; sleep 2; kill -CONT \$!; wait \$!"
            }
            see 60 "$(build)"
            grep -x '\({{part}}\|╸\| \)\{30\} *[0-9]*% [a-z].*' meanwhile > bars || { cat meanwhile; false; }
            ! grep '%' meanwhile | grep -vxFf bars || false
            ! grep '%' screen || false

            rm -r built
            see 60 "$(build --no-progress)"
            ! grep '%' meanwhile || false
            """);
    }
}
