// The registry, beside virt-win-reg and, for what it becomes, hivexregedit.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Guests;

public sealed class RegistryTests(WindowsImage windows) : IClassFixture<WindowsImage>
{
    [Fact]
    public void What_is_shown_and_exported_is_what_is_there()
    {
        Command.Require("virt-win-reg", "hivexregedit", "iconv");
        Pass("""
            [ "$(gfs registry get "$image" 'HKLM\SOFTWARE\Vendor' Text)" = 'C:\Program Files\"x"' ]
            gfs registry get "$image" 'hkey_local_machine\software\vendor\' > lines
            diff lines - <<'END'
            Deep	key	
            Other	key	
            @	string	default
            Text	string	C:\\Program Files\\"x"
            Wide	string	gö
            Path	expand	%SystemRoot%\\x
            List	multi	one\ntwo
            Number	dword	42
            Long	qword	4294967297
            Bytes	binary	000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2021
            Open	string	A
            Lines	string	A\r\nB
            Nothing	none	
            Odd	0x20001	ff
            END
            [ "$(gfs registry get --json "$image" 'HKLM\SOFTWARE\Vendor' Number)" = \
              '{"entries":[{"name":"Number","type":"dword","data":"42","bytes":"KgAAAA=="}]}' ]
            [ "$(gfs registry get "$image" 'HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters' Hostname)" = winhost ]
            [ "$(gfs registry get "$image" 'HKU\S-1-5-21-1-2-3-1001\Console' Bob)" = 1 ]
            [ "$(gfs registry get "$image" 'HKU\bob\Console' Bob)" = 1 ]

            # The judge reads both exports into empty hives, and writes what came there.
            gfs registry export "$image" 'HKLM\SOFTWARE\Vendor' > ours.reg
            gfs registry export --utf16 "$image" 'HKLM\SOFTWARE\Vendor' > wide.reg
            iconv -f UTF-16 -t UTF-8 wide.reg | tr -d '\r' > wide
            diff <(sed 's/"Wide"=hex(1):67,00,f6,00,00,00/"Wide"="gö"/' ours.reg) wide
            theirs 'HKLM\SOFTWARE\Vendor' > theirs.reg
            for of in ours theirs; do
              cp "$empty" $of; { printf '[\\Vendor]\n\n'; sed 's/^\[HKEY_LOCAL_MACHINE\\SOFTWARE/[/' $of.reg; } > $of.in
              hivexregedit --merge $of $of.in; hivexregedit --export $of '\' | sort > $of.out
            done
            diff ours.out theirs.out
            """);
    }

    [Fact]
    public void What_is_changed_is_as_virt_win_reg_changes_it()
    {
        Command.Require("virt-win-reg", "hivexregedit", "ntfscat", "ntfsfix");
        Pass("""
            cp "$image" ours.img; cp "$image" theirs.img
            cat > change.reg <<'END'
            Windows Registry Editor Version 5.00

            ; a comment
            [HKEY_LOCAL_MACHINE\SOFTWARE\Vendor\New]
            @="first"
            "Quoted \"name\""="a\\b \"c\""
            "Number"=dword:00000007
            "Bytes"=hex:01,02,\
              03
            "Expand"=hex(2):41,00,00,00

            [HKEY_LOCAL_MACHINE\SOFTWARE\Vendor]
            "Number"=dword:0000002b

            [-HKEY_LOCAL_MACHINE\SOFTWARE\Vendor\Deep]

            [HKEY_LOCAL_MACHINE\SYSTEM\ControlSet001\Services\Tcpip\Parameters]
            "Hostname"="new"
            END
            seen() { ntfscat $1 /Windows/System32/config/$2 > hive; hivexregedit --export hive '\' | sort; }
            sum=$(sha256sum < ours.img)
            gfs registry import --dry-run ours.img change.reg > foretold
            [ "$sum" = "$(sha256sum < ours.img)" ]
            grep -qF $'delete\tHKEY_LOCAL_MACHINE\\\\SOFTWARE\\\\Vendor\\\\Deep' foretold
            grep -qF $'set\tHKEY_LOCAL_MACHINE\\\\SOFTWARE\\\\Vendor\tNumber\tdword\t43' foretold
            refused 2 gfs registry import ours.img change.reg < /dev/null
            grep -q -- --yes error
            iconv -f UTF-8 -t UTF-16 change.reg | gfs registry import --yes ours.img -
            upstream virt-win-reg --merge theirs.img change.reg
            for hive in SOFTWARE SYSTEM; do diff <(seen ours.img $hive) <(seen theirs.img $hive); done
            gfs registry set -y --type multi ours.img 'HKLM\SOFTWARE\Vendor\Made\Below' Names one zwö
            gfs registry delete -y ours.img 'HKLM\SOFTWARE\Vendor\New'
            seen ours.img SOFTWARE > after
            grep -qF '"Names"=hex(7):6f,00,6e,00,65,00,00,00,7a,00,77,00,f6,00,00,00,00,00' after
            ! grep -qF 'Vendor\New' after || exit 1
            refused 2 gfs registry set -y ours.img 'HKCU\Console' x y
            printf '[HKLM\\SOFTWARE\\Vendor]\n"Number"=dword:1\n"Text"=-\n' > bad.reg
            sum=$(sha256sum < ours.img)
            refused 2 gfs registry import -y ours.img bad.reg
            grep -q 'bad.reg, line 3' error
            [ "$sum" = "$(sha256sum < ours.img)" ]
            ! gfs ls -R ours.img /Windows | grep -q gfs- || exit 1
            """);
    }

    // hivex' own word for it is what Win::Hivex prints with debugging; the sum in the head is over both numbers.
    [Fact]
    public void A_hive_that_Windows_was_at_is_told()
    {
        Command.Require("perl", "python3", "hivexregedit", "ntfscat");
        Pass("""
            cp "$image" ours.img; config=/Windows/System32/config
            numbers() {
              ntfscat ours.img $config/SOFTWARE > hive
              perl -MWin::Hivex -e 'Win::Hivex->open("hive", debug => 1)' 2>&1 | sed -n 's/.*sequence nos *\([0-9]* [0-9]*\).*/\1/p'
            }
            read first second < <(numbers); [ $first = $second ]
            gfs registry get ours.img 'HKLM\SOFTWARE\Vendor' Number 2> error; ! grep -q 'not closed' error || exit 1
            python3 -c '
            data = bytearray(open("hive", "rb").read())
            for at in (4, 508):
                data[at] ^= 0x40
            open("hive", "wb").write(data)
            '
            gfs write --from hive ours.img $config/SOFTWARE
            read first second < <(numbers); [ $first != $second ]
            [ "$(gfs registry get ours.img 'HKLM\SOFTWARE\Vendor' Number 2> error)" = 42 ]
            grep -q 'SOFTWARE was not closed by Windows' error
            gfs registry set -y ours.img 'HKLM\SOFTWARE\Vendor' Text x 2> error; grep -q 'SOFTWARE was not closed by Windows' error
            read first second < <(numbers); [ $first = $second ]
            """);
    }

    [Fact]
    public void Values_of_every_type_are_those_of_a_file_that_virt_win_reg_merges()
    {
        Command.Require("virt-win-reg", "hivexregedit", "ntfscat", "iconv");
        Pass("""
            cp "$image" ours.img; cp "$image" theirs.img
            h() { printf '%s\0' "$@" | iconv -f UTF-8 -t UTF-16LE | od -An -tx1 -v | xargs | tr ' ' ,; }
            cat > types.reg <<END
            [HKEY_LOCAL_MACHINE\SOFTWARE\Vendor\Types]
            "none"=hex(0):00,ff
            "nothing"=hex(0):
            "text"=hex(1):$(h 'zwö "q" \x')
            "empty"=hex(1):$(h '')
            "expand"=hex(2):$(h '%A%\b')
            "binary"=hex(3):01,02,ff
            "no bytes"=hex(3):
            "dword"=dword:ffffffff
            "hexadecimal"=dword:0000002a
            "big"=hex(5):00,00,00,2a
            "multi"=hex(7):$(h one zwö '')
            "no lines"=hex(7):00,00
            "qword"=hex(b):ff,ff,ff,ff,ff,ff,ff,ff
            @=dword:00000001
            END
            upstream virt-win-reg --merge theirs.img types.reg
            cat > lines <<'END'
            none 00ff --type none
            nothing --type REG_NONE
            text 'zwö "q" \x'
            empty ''
            expand %A%\\b --type expand
            binary 01,02,FF --type REG_BINARY
            'no bytes' --type binary
            dword 4294967295 --type reg_dword
            hexadecimal 0x2A --type dword
            big 42 --type dword-be
            multi one zwö --type REG_MULTI_SZ
            'no lines' --type multi
            qword 18446744073709551615 --type qword
            @ 1 --type dword
            END
            sed 's/^/registry set -y "HKLM\\\\SOFTWARE\\\\Vendor\\\\Types" /' lines | gfs run ours.img -
            seen() { ntfscat $1 /Windows/System32/config/SOFTWARE > hive; hivexregedit --export hive '\Vendor\Types'; }
            seen ours.img | sort > ours; seen theirs.img | sort > theirs
            [ $(wc -l < ours) -ge 15 ]; diff ours theirs
            for wrong in 'x 4294967296 --type dword' 'x -1 --type qword' 'x 0 --type binary' 'x a b' 'x 1 --type REG_LINK'; do
              refused 2 gfs registry set -y ours.img 'HKLM\SOFTWARE\Vendor' $wrong
            done
            refused 2 gfs registry set -y ours.img 'HKLM\SOFTWARE\Vendor' '' x
            refused 2 gfs registry set -y ours.img '' x y
            """);
    }

    private void Pass(string script)
    {
        using TempDirectory directory = new();
        string empty = directory.File("empty");
        File.WriteAllBytes(empty, MinimalHive.Create());
        GuestShell.Pass(
            """
            set -e -o pipefail
            theirs() { upstream virt-win-reg "$image" "$@"; }

            """ + script,
            new Dictionary<string, string?> { ["image"] = windows.Name, ["empty"] = empty });
    }
}
