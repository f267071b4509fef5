// The commands that look into a guest, as a shell runs them. The judges are the tree that the guest was made of, and the virt tools.
using System.Text.Json;
using System.Xml.Linq;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Guests;

public sealed class ReadingTests(GuestImage guest) : IClassFixture<GuestImage>
{
    [Fact]
    public void A_directory_is_listed_as_find_and_virt_ls_list_it()
    {
        Command.Require("virt-ls", "find");
        AssertPasses("""
            set -e -o pipefail
            gfs ls -R -0 "$image" / > ours
            (cd "$tree" && find . -mindepth 1 -printf '%P\0') | sort -z > theirs
            sort -z ours | grep -azv '^lost+found$' | cmp - theirs
            gfs ls "$image":/odd > lines
            [ $(wc -l < lines) = 7 ]
            while IFS= read -r line; do [ -e "$tree/odd/$(printf '%b' "$line")" ]; done < lines
            gfs ls "$image" /many | cmp - <(upstream virt-ls --format=raw -a "$image" /many)
            """);
    }

    [Fact]
    public void Facts_are_those_that_find_prints()
    {
        AssertPasses("""
            set -e -o pipefail
            (cd "$tree/home" && TZ=UTC find user -mindepth 1 -printf '%M\t%U\t%G\t%s\t%TY-%Tm-%TdT%TH:%TM:%.2TSZ\t%P\t%l\n') |
              sed 's/\t$//' | sort -t "$(printf '\t')" -k 6 > theirs
            gfs ls -l -a "$image" /home/user | diff - theirs
            gfs ls -lh "$image" /home/user/data | cut -f 4 | diff - <(ls -lh "$tree/home/user/data" | cut -d ' ' -f 5)
            """);
        CommandResult lines = Run("gfs ls --jsonl -R \"$image\" /odd /home/user/data");
        Assert.Equal(0, lines.ExitCode);
        JsonElement[] entries = [.. lines.Output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(8, entries.Length);
        JsonElement latin = Assert.Single(entries, e => e.TryGetProperty("pathBytes", out _));
        Assert.Equal("/odd/latin-\u00e9"u8.Length - 1, latin.GetProperty("pathBytes").GetBytesFromBase64().Length);
        Assert.Equal(0xe9, latin.GetProperty("pathBytes").GetBytesFromBase64()[^1]);
        JsonElement data = Assert.Single(entries, e => e.GetProperty("path").GetString() == "/home/user/data");
        Assert.Equal(("file", "4755", 3_000_000L, "1999-12-31T23:59:59.0000000Z"), (
            data.GetProperty("type").GetString(), data.GetProperty("mode").GetString(), data.GetProperty("size").GetInt64(),
            data.GetProperty("modified").GetString()));
    }

    [Fact]
    public void On_a_terminal_no_name_drives_it()
    {
        Command.Require("script");
        // A slow machine would show the launch's progress, whose own sequences are not the names'.
        CommandResult shown = Run("script -qec \"${tool[*]@Q} ls --no-progress '$image' /odd\" /dev/null");
        Assert.Equal(0, shown.ExitCode);
        Assert.Contains("red\\x1b[31m", shown.Output, StringComparison.Ordinal);
        Assert.Contains("latin-\\xe9", shown.Output, StringComparison.Ordinal);
        Assert.Contains("größe", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', shown.Output);
    }

    [Fact]
    public void Files_come_as_they_are()
    {
        Command.Require("virt-cat");
        AssertPasses("""
            set -e -o pipefail
            gfs cat "$image" /home/user/data /etc/hostname | cmp - <(cat "$tree/home/user/data" "$tree/etc/hostname")
            gfs cat -i "$image:/home/user/link" | cmp - <(upstream virt-cat --format=raw -a "$image" /home/user/link)
            """);
    }

    [Fact]
    public void A_system_is_described_as_by_virt_inspector()
    {
        Command.Require("virt-inspector");
        CommandResult xml = Run("upstream virt-inspector --format=raw --no-icon -a \"$image\"; gfs inspect --xml \"$image\" >&2");
        Assert.Equal(xml.Output, xml.Error);
        XElement theirs = XElement.Parse(xml.Output).Element("operatingsystem")!;
        CommandResult json = Run("gfs inspect --json \"$image\"");
        Assert.Equal(0, json.ExitCode);
        JsonElement ours = JsonDocument.Parse(json.Output).RootElement.GetProperty("systems")[0];
        (string Theirs, string Ours)[] names =
        [
            ("root", "root"), ("name", "type"), ("distro", "distro"), ("hostname", "hostName"), ("product_name", "productName"),
            ("package_format", "packageFormat"),
        ];
        Assert.All(names, name => Assert.Equal(theirs.Element(name.Theirs)!.Value, ours.GetProperty(name.Ours).GetString()));

        // Of two systems that which is named.
        CommandResult second = Run("gfs inspect --no-applications --root /dev/sdb --json -a \"$image\" -a \"$image\"");
        JsonElement chosen = Assert.Single(JsonDocument.Parse(second.Output).RootElement.GetProperty("systems").EnumerateArray());
        Assert.Equal(("/dev/sdb", theirs.Element("hostname")!.Value),
            (chosen.GetProperty("root").GetString(), chosen.GetProperty("hostName").GetString()));

        string[][] lines = [.. Run("gfs inspect \"$image\"").Output.TrimEnd('\n').Split('\n').Select(line => line.Split('\t'))];
        Assert.All(lines, line => Assert.Equal("/dev/sda", line[0]));
        Assert.Equal(["mountpoint", "/", "/dev/sda", "ext4"], Assert.Single(lines, line => line[1] == "mountpoint")[1..]);
        Dictionary<string, string> application =
            Assert.Single(theirs.Descendants("application")).Elements().ToDictionary(fact => fact.Name.LocalName, fact => fact.Value);
        Assert.Equal(
            ["application", application["name"], $"{application["epoch"]}:{application["version"]}-{application["release"]}",
                application["arch"]],
            Assert.Single(lines, line => line[1] == "application")[1..]);
    }

    [Theory]
    [InlineData("gfs ls \"$image\" /nowhere", 5, "/nowhere")]
    [InlineData("gfs cat \"$image\" /etc", 5, "/etc")]
    [InlineData("gfs ls nowhere.img /", 3, "nowhere.img")]
    [InlineData("truncate -s 1M empty; gfs inspect empty", 1, "No operating system")]
    [InlineData("truncate -s 1M empty; gfs ls empty /", 5, "no filesystem")]
    [InlineData("gfs ls --root /dev/sdz \"$image\" /", 2, "/dev/sda")]
    [InlineData("gfs ls -m /dev/sdz \"$image\" /", 5, "/dev/sdz")]
    [InlineData("gfs ls \"$image\" etc", 2, "absolute")]
    [InlineData("gfs cat \"$image\"", 2, "path is missing")]
    [InlineData("gfs ls", 2, "No disk")]
    [InlineData("gfs ls --recursiv \"$image\" /", 2, "--recursiv")]
    [InlineData("gfs ls -- --recursiv /", 3, "--recursiv")]
    [InlineData("gfs inspect \"$image\" \"$image\"", 2, "--add")]
    [InlineData("truncate -s 1M empty; gfs ls -i empty /", 2, "no system")]
    [InlineData("gfs grep --inspect -m /dev/sda root \"$image\" /etc", 2, "--inspect and --mount")]
    [InlineData("gfs inspect --root /dev/sdz \"$image\"", 2, "/dev/sda")]
    [InlineData("gfs partitions --root /dev/sda \"$image\"", 2, "--root")]
    [InlineData("gfs ls --key all:key:secret \"$image\" /", 2, "all users of this host")]
    public void Mistakes_are_told_in_a_line_and_by_the_exit_code(string script, int exitCode, string named)
    {
        CommandResult result = Run(script);
        Assert.True(exitCode == result.ExitCode, $"{result.ExitCode}: {result.Error}");
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    // The kernel's list of processes is the judge of what is left.
    [Theory]
    [InlineData("{ gfs ls -lR \"$image\" /; echo $? >&3; } 3>&1 | head -n 1 > /dev/null; sleep 0", "")]
    [InlineData("timeout --preserve-status -s INT 0.3 \"$@\" ls \"$image\" /; echo $?", "130")]
    public void Nothing_is_left_when_it_is_interrupted(string script, string printed)
    {
        CommandResult result = Run(script);
        Assert.Contains(printed, result.Output, StringComparison.Ordinal);
        Assert.Equal("", Run("""
            sleep 0.5
            grep -laF "$image" /proc/[0-9]*/cmdline 2>/dev/null | while read f; do tr '\0' ' ' < $f | grep -a qemu-system; done
            """).Output);
    }

    private void AssertPasses(string script) => GuestScript.Pass(guest, script);

    private CommandResult Run(string script) => GuestScript.Run(guest, script);

    // A command ends sooner than a machine is saved, and waits for it once.
    [Fact]
    public void The_second_command_resumes_what_the_first_has_saved() => GuestScript.Pass(guest, """
        set -e -o pipefail
        export XDG_CACHE_HOME=$PWD/cache
        mkdir -m 700 cache
        saved() { find cache -name 'memory' -path '*.state-*' -size +10M | wc -l; }
        gfs cat "$image:/etc/hosts" | diff - "$tree/etc/hosts"
        [ "$(saved)" = 1 ]
        resumed() {
          for process in $(pgrep -f 'qemu-system.*memory-backend=guest'); do
            [ "$(readlink /proc/$process/cwd)" != "$PWD" ] || return 0
          done
          return 1
        }
        mkfifo pipe; timeout 60 "${tool[@]}" tar in --dry-run "$image" / pipe > out & pid=$!
        waitFor resumed || { kill $pid; exit 1; }
        tar cf pipe -C "$tree" etc; wait $pid
        grep -q '^/etc/hosts$' out
        """);
}
