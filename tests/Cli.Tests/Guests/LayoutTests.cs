// What the disks are divided into, and how full they are. The judges are virt-filesystems, virt-df, sfdisk and an XML parser.
using System.Text.Json;
using System.Xml.Linq;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Guests;

public sealed class LayoutTests(LayoutImage image) : IClassFixture<LayoutImage>
{
    [Fact]
    public void All_devices_are_those_of_virt_filesystems()
    {
        Command.Require("virt-filesystems");
        AssertPasses("""
            set -e -o pipefail
            upstream virt-filesystems --format=raw -a "$image" --all --long --uuid --csv | tail -n +2 | tr , '\t' > theirs
            [ $(wc -l < theirs) = 12 ]
            gfs filesystems --all "$image" | diff - theirs
            gfs filesystems "$image" | diff - <(awk -F '\t' '$2 == "filesystem" && $3 != "swap"' theirs)
            gfs filesystems --json --all "$image" | python3 -c '
            import json, sys
            for d in json.load(sys.stdin)["devices"]:
                print("\t".join(",".join(v) if isinstance(v, list) else str(v) for v in
                    (d.get(n, "") for n in ("name", "kind", "type", "label", "mbrType", "size", "parents", "uuid"))))' | diff - theirs
            """);
    }

    [Fact]
    public void Filesystems_are_as_full_as_virt_df_says()
    {
        Command.Require("virt-df");
        AssertPasses("""
            set -e -o pipefail
            cp --sparse=always "$image" second.img; ln "$image" first.img 2>/dev/null || ln -s "$image" first.img
            upstream virt-df --format=raw -a first.img --csv | tail -n +2 | tr , '\t' | cut -f 1-5 > theirs
            [ $(wc -l < theirs) = 3 ]
            sed s/first/second/ theirs >> theirs
            gfs df first.img second.img |
              awk -F '\t' -v OFS='\t' '{ print $1, $2, int($3/1024), int($4/1024), int($5/1024) }' | diff - theirs
            upstream virt-df --format=raw -a first.img --csv --inodes | tail -n +2 | tr , '\t' | cut -f 1-5 > theirs
            gfs df -i first.img | cut -f 1-5 | diff - theirs
            set +e
            gfs df first.img missing.img > lines; [ $? = 6 ] && [ $(wc -l < lines) = 3 ] || exit 1
            gfs df missing.img missing2.img; [ $? = 3 ]
            """);
    }

    [Fact]
    public void Partitions_are_those_of_the_table()
    {
        Command.Require("sfdisk");
        JsonElement[] theirs = [.. JsonDocument.Parse(Run("sfdisk --json \"$image\"").Output).RootElement.GetProperty("partitiontable")
            .GetProperty("partitions").EnumerateArray()];
        CommandResult result = Run("gfs partitions --json --svg picture.svg \"$image\"; cat picture.svg >&2");
        JsonElement[] ours = [.. JsonDocument.Parse(result.Output).RootElement.GetProperty("partitions").EnumerateArray()];
        Assert.Equal(
            theirs.Select(p => (p.GetProperty("start").GetInt64() * 512, p.GetProperty("size").GetInt64() * 512,
                p.GetProperty("type").GetString()!.ToLowerInvariant())),
            ours.Select(p => (p.GetProperty("start").GetInt64(), p.GetProperty("size").GetInt64(), p.GetProperty("type").GetString()!)));
        Assert.Equal(["vfat", "ext4", "LVM2_member"], ours.Select(p => p.GetProperty("content").GetString()!));
        string[] texts = [.. XElement.Parse(result.Error[(result.Error.IndexOf("?>", StringComparison.Ordinal) + 2)..]).Descendants()
            .Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        Assert.Equal(
            ["/dev/sda  512M  gpt", "sda1", "EFI 100M", "sda2", "größe 99M", "sda3", "LVM2_member 240M", "free", "73M"], texts);
    }

    [Fact]
    public void A_picture_fits_the_terminal()
    {
        Command.Require("script");
        CommandResult shown = Run("script -qec \"stty cols 60; env NO_COLOR=1 LC_ALL=C ${tool[*]@Q} partitions '$image'\" /dev/null");
        string[] lines = shown.Output.ReplaceLineEndings("\n").Split('\n');
        string edge = Assert.Single(lines.Where(line => line.StartsWith('+')).Distinct());
        Assert.InRange(edge.Length, 50, 60);
        Assert.Equal(5, edge.Count(c => c == '+'));
        Assert.Contains(lines, line => line.Length == edge.Length && line.StartsWith("|sda1", StringComparison.Ordinal));
    }

    private void AssertPasses(string script) => GuestShell.Pass(script, Variables);

    private CommandResult Run(string script) => GuestShell.Run(script, Variables);

    private Dictionary<string, string?> Variables => new() { ["image"] = image.Name };
}
