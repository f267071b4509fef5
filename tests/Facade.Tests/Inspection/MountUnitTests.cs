// Mount units of a tree on the host; systemctl enables them and says which are.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Inspection;

public sealed class MountUnitTests
{
    private const string Install = "\n[Install]\nWantedBy=multi-user.target\n";

    private static readonly (string Name, string Text)[] Units =
    [
        ("srv.mount", "[Unit]\nDescription=What=/no\n\n[Mount]\nWhat=/dev/disk/by-label/srv\nWhere=/srv/\nType=xfs\nOptions=ro,\\\nnofail"
            + Install),
        ("off.mount", "[Mount]\n; comment\nWhat = UUID=1234\nWhere=/off" + Install),
        ("used.mount", "[Mount]\nWhat=server:/export\nWhere=/used\nType=nfs\n"),
        ("used.automount", "[Automount]\nWhere=/used" + Install),
        ("broken.mount", "[Mount]\nnothing\nWhat=/dev/sda1" + Install),
    ];

    // An unknown key has systemd-analyze name each file that it reads.
    private static readonly (string File, string Text)[] Layers =
    [
        ("etc/systemd/system/data.mount.d/15-off.conf", ""),
        ("etc/systemd/system/data.mount", "What=LABEL=own\nWhere=/data\nOptions=ro" + Install),
        ("usr/lib/systemd/system/data.mount", "What=LABEL=packaged\nWhere=/data\n"),
        ("usr/lib/systemd/system/data.mount.d/20-late.conf", "Options=noatime\n"),
        ("etc/systemd/system/data.mount.d/10-early.conf", "Options=nosuid\n[Unit]\nDescription=x\n"),
        ("usr/lib/systemd/system/data.mount.d/15-off.conf", "What=LABEL=wrong\n"),
        ("etc/systemd/system/data.mount.d/readme", "What=LABEL=wrong\n"),
        ("usr/lib/systemd/system/mount.d/01.conf", "Options=dev\n"),
        ("etc/systemd/system/mount.d/30.conf", "Options=all\n"),
        ("etc/systemd/system/srv-a-b.mount", "What=/dev/sdb1\nWhere=/srv/a/b\nType=xfs" + Install),
        ("etc/systemd/system/srv-a-b.mount.d/10.conf", "What=/dev/sdb2\n"),
        ("etc/systemd/system/srv-.mount.d/10.conf", "What=/dev/wrong\n"),
        ("etc/systemd/system/srv-.mount.d/20.conf", "Options=rw\n"),
        ("usr/lib/systemd/system/srv-a-b.mount.d/20.conf", "What=/dev/wrong\n"),
        ("usr/lib/systemd/system/srv-a-.mount.d/30.conf", "Options=ro\n"),
        ("usr/lib/systemd/system/both.mount", "What=LABEL=both\nWhere=/both\n"),
        ("usr/lib/systemd/system/both.automount", "[Automount]\nWhere=/both" + Install),
        ("usr/lib/systemd/system/hidden.mount", "What=LABEL=hidden\nWhere=/hidden\n"),
        ("usr/lib/systemd/system/local-fs.target.wants/hidden.mount", ""),
        ("usr/lib/systemd/system/other.mount", "What=LABEL=other\nWhere=/other\n"),
        ("usr/lib/systemd/system/sys-kernel-debug.mount", "What=debugfs\nWhere=/sys/kernel/debug\nType=debugfs\n"),
        ("etc/systemd/system/hidden.mount", ""),
    ];

    [Fact]
    public void Units_are_automatic_where_systemctl_says_that_they_are_enabled()
    {
        Command.Require("systemctl");
        using TempDirectory tree = new();
        string system = Directory.CreateDirectory(tree.File("etc/systemd/system")).FullName;
        foreach ((string name, string text) in Units)
        {
            File.WriteAllText(Path.Combine(system, name), text);
        }

        Command.Run("systemctl", "--root", tree.Path, "enable", "srv.mount", "used.automount");
        Tree files = new(tree.Path);
        List<GuestMountEntry> entries = new MountUnits(files).Read();
        Assert.Equal(["off.mount", "srv.mount", "used.mount"], entries.Select(e => Path.GetFileName(e.File)));
        Assert.All(entries, e =>
        {
            string unit = Path.GetFileName(e.File);
            unit = unit == "used.mount" ? "used.automount" : unit;
            string judge = Command.TryRun("systemctl", ["--root", tree.Path, "is-enabled", unit]).Output.Trim();
            Assert.Equal(judge == "enabled", e.IsAutomatic);
        });
        Assert.Equal(
            ["UUID=1234 /off auto ", "/dev/disk/by-label/srv /srv xfs ro,nofail", "server:/export /used nfs "],
            entries.Select(e => $"{e.Device} {e.Path} {e.Type} {string.Join(',', e.Options)}"));
        Assert.Equal(GuestMountOutcome.Network, MountEntryKind.Find(entries[2]));
        Assert.Equal(
            [("/etc/systemd/system/broken.mount", 2), ("/etc/systemd/system/broken.mount", null)],
            files.Problems.Cast<GuestFileException>().Select(p => (p.Path, p.Line)));
    }

    [Theory]
    [InlineData("/dev/sda1 /a ext4 defaults", null)]
    [InlineData("/dev/sda2 none swap sw", GuestMountOutcome.Swap)]
    [InlineData("/srv/a /b none rbind,ro", GuestMountOutcome.Bind)]
    [InlineData("overlay /c overlay lowerdir=/x", GuestMountOutcome.Overlay)]
    [InlineData("tmpfs /d tmpfs size=1g", GuestMountOutcome.KernelFilesystem)]
    [InlineData("host:/x /e nfs4 _netdev", GuestMountOutcome.Network)]
    [InlineData("u@host: /f fuse.sshfs noauto", GuestMountOutcome.Network)]
    [InlineData("/images/g.iso /g iso9660 loop", GuestMountOutcome.ImageFile)]
    [InlineData("/dev/sr0 /media/cdrom udf,iso9660 user,noauto", GuestMountOutcome.Removable)]
    [InlineData("/dev/fd0 /media/floppy0 auto rw", GuestMountOutcome.Removable)]
    public void What_is_on_no_disk_is_told_for_what_it_is(string line, GuestMountOutcome? outcome)
    {
        ArgumentNullException.ThrowIfNull(line);
        string[] fields = line.Split(' ');
        Assert.Equal(outcome, MountEntryKind.Find(new GuestMountEntry
        {
            File = "/etc/fstab",
            Device = fields[0],
            Path = fields[1],
            Type = fields[2],
            Options = fields[3].Split(','),
        }));
    }

    // The unit of the first directory is the one; drop-ins of all are merged, those of one name but once.
    [Fact]
    public void Drop_ins_masks_and_precedence_are_what_systemd_says()
    {
        Command.Require("systemctl", "systemd-analyze");
        using TempDirectory tree = new();
        foreach ((string name, string text) in Layers)
        {
            string file = tree.File(name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text.StartsWith('[') ? text : "[Mount]\nJudged=1\n" + text);
        }

        Command.Run("systemctl", "--root", tree.Path, "enable", "data.mount", "srv-a-b.mount", "both.automount");
        File.Delete(tree.File(Layers[^1].File));
        File.CreateSymbolicLink(tree.File(Layers[^1].File), "/dev/null");
        string[] judges = [.. ((string[])["data.mount", "hidden.mount", "srv-a-b.mount", "both.automount", "other.mount"])
            .Select(name => Command.TryRun("systemctl", ["--root", tree.Path, "is-enabled", name]).Output.Trim())];

        // systemctl itself takes one such drop-in for a mask of the unit.
        File.Delete(tree.File(Layers[0].File));
        File.CreateSymbolicLink(tree.File(Layers[0].File), "/dev/null");
        Tree files = new(tree.Path);
        MountUnits units = new(files);
        List<GuestMountEntry> entries = units.Read();
        Assert.Empty(files.Problems);
        Assert.Equal(judges.Select(j => (j == "masked", j == "enabled")), entries.Select(e => (e.IsMasked, e.IsAutomatic)));
        Assert.Equal(
            [
                "/data LABEL=own auto all", "/hidden LABEL=hidden auto all", "/srv/a/b /dev/sdb2 xfs ro", "/both LABEL=both auto all",
                "/other LABEL=other auto all",
            ],
            entries.Select(e => $"{e.Path} {e.Device} {e.Type} {string.Join(',', e.Options)}"));
        Dictionary<string, string?> places = new()
        {
            ["SYSTEMD_UNIT_PATH"] = $"{tree.Path}/etc/systemd/system:{tree.Path}/usr/lib/systemd/system",
        };
        Assert.All(entries, e =>
        {
            string name = MountUnits.UnitName(e.Path);

            // The files in their order; those of the units that this one needs follow.
            HashSet<string> seen = [];
            string[] read = [.. Command.TryRun("systemd-analyze", ["verify", "--man=no", "--generators=no", name], places).Error.Split('\n')
                .Where(line => line.StartsWith(tree.Path, StringComparison.Ordinal))
                .Select(line => line[tree.Path.Length..].Split(':')[0])
                .TakeWhile(seen.Add)];
            Assert.True(e.IsMasked || read.SequenceEqual([e.File, .. units.DropIns(name)]), string.Join('\n', read));
        });

        // The same for lines of fstab, which packages' units are behind.
        GuestMountEntry line = new() { File = "/etc/fstab", Line = 1, Device = "LABEL=line", Path = "/data", Type = "ext4" };
        Assert.Equal("LABEL=line all", $"{units.Change(line).Device} {string.Join(',', units.Change(line).Options)}");
        Assert.Equal((true, false), (units.Change(line with { Path = "/hidden" }).IsMasked, units.Change(line).IsMasked));
        Assert.Equal((int[])[0, 2, 0, 2, 2], entries.Select(MountUnits.Precedence));
        Assert.Equal(1, MountUnits.Precedence(line));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/srv/my data/x-y")]
    [InlineData("/.hidden/größe")]
    [InlineData("/var//lib/a.b_c:d/")]
    public void Units_are_named_as_systemd_escape_does(string path)
    {
        Command.Require("systemd-escape");
        Assert.Equal(Command.Run("systemd-escape", "--path", "--suffix=mount", path).Trim(), MountUnits.UnitName(Fstab.Canonical(path)));
    }

    private sealed class Tree(string root) : GuestFileReader
    {
        internal override string? LinkTarget(string path) => new FileInfo(root + path).LinkTarget;

        internal override bool IsFile(string path) => File.Exists(root + path);

        internal override byte[]? ReadStart(string path, int count) => IsFile(path) ? File.ReadAllBytes(root + path) : null;

        internal override IReadOnlyList<string> List(string directory) => Directory.Exists(root + directory)
            ? [.. Directory.EnumerateFileSystemEntries(root + directory).Select(e => Path.GetFileName(e)!).Order(StringComparer.Ordinal)]
            : [];
    }
}
