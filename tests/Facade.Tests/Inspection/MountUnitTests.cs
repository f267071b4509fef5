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
        List<GuestMountEntry> entries = MountUnits.Read(files);
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

    private sealed class Tree(string root) : GuestFileReader
    {
        internal override bool IsFile(string path) => File.Exists(root + path);

        internal override byte[]? ReadStart(string path, int count) => IsFile(path) ? File.ReadAllBytes(root + path) : null;

        internal override IReadOnlyList<string> List(string directory) => Directory.Exists(root + directory)
            ? [.. Directory.EnumerateFileSystemEntries(root + directory).Select(e => Path.GetFileName(e)!).Order(StringComparer.Ordinal)]
            : [];
    }
}
