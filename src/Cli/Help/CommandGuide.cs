// What the definitions of commands do not have: examples, and under which words people look for a command, such as the programs of
// libguestfs that do the same.
namespace Guestfs.Cli.Help;

/// <summary>A command line, and what it is for.</summary>
/// <param name="Line">The line.</param>
/// <param name="Text">What it does.</param>
internal sealed record Example(string Line, string Text);

/// <summary>What helps to find a command and to use it.</summary>
/// <param name="Words">Words for its job, and programs that do it elsewhere.</param>
/// <param name="Examples">Examples.</param>
internal sealed record CommandGuide(IReadOnlyList<string> Words, IReadOnlyList<Example> Examples)
{
    private static readonly Dictionary<string, CommandGuide> Known = new()
    {
        ["gfs"] = New(
            [],
            ("gfs doctor", "Does it work here?"),
            ("gfs inspect disk.qcow2", "What is on this disk?"),
            ("gfs cat disk.qcow2:/etc/fstab", "Show a file of the guest.")),
        ["gfs doctor"] = New(
            ["libguestfs-test-tool", "test", "check", "diagnose", "broken", "slow", "kvm", "performance", "launch", "host"],
            ("gfs doctor", "Look at this host, launch, and write to a disk."),
            ("gfs doctor --json > report.json", "The same for a report of a fault."),
            ("gfs doctor --appliance system", "With the appliance of the installed libguestfs.")),
        ["gfs inspect"] = New(
            [
                "virt-inspector", "system", "os", "distribution", "version", "packages", "applications", "detect", "icon", "encrypted",
                "luks", "bitlocker",
            ],
            ("gfs inspect disk.qcow2", "Systems, mountpoints, filesystems and applications, as a tree."),
            ("gfs inspect --json disk.qcow2 | jq '.systems[0].distro'", "One fact for a program."),
            ("gfs inspect --xml disk.qcow2", "The document that virt-inspector writes."),
            ("gfs inspect --key all:file:key.txt -a disk1.img -a disk2.img", "A guest of two disks, encrypted.")),
        ["gfs ls"] = New(
            ["virt-ls", "list", "files", "directory", "directories", "dir"],
            ("gfs ls -l disk.qcow2 /etc", "A directory with permissions, sizes and times."),
            ("gfs ls -R -0 disk.qcow2:/home | xargs -0 -n 1 echo", "All names below, whatever is in them."),
            ("gfs ls -m /dev/sda2 disk.qcow2 /", "Of a filesystem that is chosen, without looking for a system.")),
        ["gfs cat"] = New(
            ["virt-cat", "show", "print", "read", "file", "type"],
            ("gfs cat disk.qcow2:/etc/fstab", "Show a file."),
            ("gfs cat -a windows.img 'C:\\Windows\\win.ini'", "A file of Windows, by its own name.")),
        ["gfs tail"] = New(
            ["virt-tail", "follow", "end", "last", "lines", "watch"],
            ("gfs tail -n 20 disk.qcow2:/var/log/messages", "The last lines of a file."),
            ("gfs tail -f disk.qcow2:/var/log/syslog", "And what comes to them.")),
        ["gfs log"] = New(
            ["virt-log", "journal", "journalctl", "syslog", "messages", "event"],
            ("gfs log disk.qcow2", "What the system logged.")),
        ["gfs stat"] = New(
            ["metadata", "inode", "mode", "owner", "time", "attributes", "lstatns", "lgetxattrs"],
            ("gfs stat disk.qcow2 /etc/passwd", "All that is known of a file.")),
        ["gfs find"] = New(
            ["search", "locate", "files", "name", "find0", "glob"],
            ("gfs find disk.qcow2 /home --name '*.pdf'", "Files by name."),
            ("gfs find -0 disk.qcow2 / --type f --larger 100M --newer 7d", "Large files of this week.")),
        ["gfs du"] = New(
            ["size", "usage", "space", "directory"],
            ("gfs du -h disk.qcow2 /var", "How much the directories take.")),
        ["gfs checksum"] = New(
            ["sha256sum", "md5sum", "checksums-out", "hash", "digest", "verify", "integrity"],
            ("gfs checksum disk.qcow2 /etc > sums", "Digests of a tree, as sha256sum -c reads them.")),
        ["gfs grep"] = New(
            ["zgrep", "search", "text", "pattern", "regular", "expression"],
            ("gfs grep root disk.qcow2 /etc/passwd", "Lines that match."),
            ("gfs grep -R -n 'Listen +80' disk.qcow2 /etc", "In a tree, with their numbers.")),
        ["gfs cp"] = New(
            ["virt-copy-in", "virt-copy-out", "copy", "upload", "download", "extract", "scp"],
            ("gfs cp -R disk.qcow2:/etc etc", "A directory out of the guest."),
            ("gfs cp motd disk.qcow2:/etc/motd", "A file into it.")),
        ["gfs tar"] = New(
            ["virt-tar-in", "virt-tar-out", "virt-tar", "archive", "backup", "export", "import"],
            ("gfs tar out disk.qcow2 /home > home.tar", "A directory as an archive.")),
        ["gfs tar in"] = New(
            ["virt-tar-in", "unpack", "archive"], ("gfs tar in disk.qcow2 /home < home.tar", "An archive into a directory.")),
        ["gfs tar out"] = New(
            ["virt-tar-out", "pack", "archive"], ("gfs tar out disk.qcow2 /home > home.tar", "A directory as an archive.")),
        ["gfs sync"] = New(
            ["rsync", "rsync-in", "rsync-out", "copy", "changed", "update", "mirror"],
            ("gfs sync disk.qcow2:/etc etc", "Only the files that have changed.")),
        ["gfs df"] = New(
            ["virt-df", "free", "space", "full", "usage", "inodes"],
            ("gfs df disk1.qcow2 disk2.qcow2", "The filesystems of several guests."),
            ("gfs df --json disk.qcow2", "The same for programs."),
            ("gfs df -a root.img -a data.img", "One guest of two disks."),
            ("gfs df --inspect disk.qcow2", "What the guest mounts, and where.")),
        ["gfs filesystems"] = New(
            ["virt-filesystems", "virt-list-filesystems", "list", "lvm", "volumes", "devices", "label", "uuid", "blkid", "lsblk"],
            ("gfs filesystems disk.qcow2", "What can be mounted."),
            ("gfs filesystems --all disk.qcow2", "With what lies below: volumes, partitions, disks.")),
        ["gfs partitions"] = New(
            [
                "virt-list-partitions", "list-partitions", "part-list", "partition", "table", "layout", "gpt", "mbr", "fdisk", "parted",
                "picture", "svg",
            ],
            ("gfs partitions disk.qcow2", "A picture, and the table."),
            ("gfs partitions --svg disk.svg disk.qcow2", "The picture as a file.")),
        ["gfs diff"] = New(
            ["virt-diff", "compare", "difference", "changes", "snapshot"],
            ("gfs diff before-disk.qcow2 after-disk.qcow2", "Which files have changed?"),
            ("gfs diff base-disk.qcow2 overlay-disk.qcow2 /etc", "In a directory, since an overlay was made."),
            ("gfs diff --snapshot before disk.qcow2 /etc", "Since a snapshot within a qcow2 file.")),
        ["gfs edit"] = New(
            ["virt-edit", "editor", "sed", "replace", "change", "configuration"],
            ("gfs edit disk.qcow2:/etc/fstab", "In $EDITOR."),
            ("gfs edit -e 's/^(PermitRootLogin) .*/\\1 no/' disk.qcow2 /etc/ssh/sshd_config", "By an expression."),
            ("gfs edit --dry-run -e s/a/b/g disk.qcow2:/etc/motd", "What would it change?")),
        ["gfs write"] = New(
            ["virt-copy-in", "upload", "create", "file", "append"],
            ("echo hello | gfs write disk.qcow2:/etc/motd", "A file's contents."),
            ("gfs write --append --from motd disk.qcow2 /etc/motd", "Lines at its end.")),
        ["gfs rm"] = New(
            ["remove", "delete", "unlink", "rm-rf"],
            ("gfs rm disk.qcow2:/etc/motd", "A file."),
            ("gfs rm -R --dry-run disk.qcow2 /var/cache/apt", "What would be removed?")),
        ["gfs mkdir"] = New(
            ["make", "create", "directory"], ("gfs mkdir -p disk.qcow2 /srv/data/new", "A directory, and those above it.")),
        ["gfs chmod"] = New(
            ["permissions", "mode", "change"],
            ("gfs chmod u+x disk.qcow2 /usr/local/bin/tool", "By a change."), ("gfs chmod -R 0750 disk.qcow2 /srv/data", "By its digits.")),
        ["gfs chown"] = New(
            ["owner", "group", "chgrp", "change"],
            ("gfs chown -R www-data: disk.qcow2 /srv/www", "By the guest's names."),
            ("gfs chown 1000:1000 disk.qcow2 /srv/data", "By numbers.")),
        ["gfs run"] = New(
            ["guestfish", "virt-customize", "script", "batch", "commands", "many"],
            ("gfs run disk.qcow2 script", "Each line is a command: write --from motd /etc/motd"),
            ("printf '%s\\n' 'mkdir -p /srv/www' 'cp -R www :/srv/www' 'df -h' | gfs run disk.qcow2 -", "The same from a pipe.")),
        ["gfs registry"] = New(
            ["virt-win-reg", "hivexget", "hivexsh", "hivexregedit", "reg", "regedit", "windows", "hive"],
            ("gfs registry get windows.img 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion' ProductName", "A value."),
            ("gfs registry export windows.img 'HKLM\\SYSTEM\\CurrentControlSet\\Services' > services.reg", "A key and all below.")),
        ["gfs registry get"] = New(
            ["virt-win-reg", "hivexget", "read", "value"],
            ("gfs registry get windows.img 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName'", "A key."),
            ("gfs registry get windows.img 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion' ProductName", "A value.")),
        ["gfs registry export"] = New(
            ["virt-win-reg", "hivexregedit", "reg"],
            ("gfs registry export windows.img 'HKU\\.DEFAULT\\Console' > console.reg", "A key and all below."),
            ("gfs registry export --utf16 windows.img 'HKLM\\SOFTWARE\\Vendor' > vendor.reg", "For Windows' regedit.")),
        ["gfs registry import"] = New(
            ["virt-win-reg", "hivexregedit", "merge", "reg"],
            ("gfs registry import --dry-run windows.img changes.reg", "What would it change?"),
            ("gfs registry import --yes windows.img changes.reg", "Change it.")),
        ["gfs registry set"] = New(
            ["change", "write", "value"],
            ("gfs registry set -y --type dword windows.img 'HKLM\\SOFTWARE\\Vendor' Enabled 1", "A number.")),
        ["gfs registry delete"] = New(
            ["remove", "key"], ("gfs registry delete windows.img 'HKLM\\SOFTWARE\\Vendor'", "A key and all below.")),
        ["gfs make"] = New(
            ["virt-make-fs", "mkfs", "create", "image", "filesystem", "directory", "archive", "tar", "floppy"],
            ("gfs make website site.img", "A directory as an ext4 image that it just fits into."),
            ("gfs make --filesystem ntfs --partition mbr --size +200M files.tar.gz data.qcow2", "An archive, for Windows."),
            ("ssh server tar c /srv | gfs make --filesystem xfs --size 20G - srv.qcow2", "What comes through a pipe.")),
        ["gfs format"] = New(
            ["virt-format", "erase", "wipe", "empty", "mkfs", "partition", "lvm", "blank"],
            ("gfs format --yes --filesystem ext4 --label data disk.img", "One partition with a filesystem; without --yes it asks."),
            ("gfs format --yes --lvm vg/data --filesystem xfs -a one.img -a two.img", "A logical volume on two disks."),
            ("gfs format --dry-run disk.img", "What would be lost?")),
        ["gfs sparsify"] = New(
            ["virt-sparsify", "shrink", "trim", "fstrim", "holes", "compress", "smaller", "space"],
            ("gfs sparsify --in-place disk.qcow2", "Give back what is free, without a copy."),
            ("gfs sparsify --compress disk.img small.qcow2", "Make a copy that is packed, in another format."),
            ("gfs sparsify --dry-run --in-place disk.img", "How much is free?")),
        ["gfs resize"] = New(
            ["virt-resize", "grow", "expand", "larger", "smaller", "shrink", "enlarge", "partition"],
            ("gfs resize --size +10G disk.qcow2 larger.qcow2", "Ten GiB more for the last partition and its filesystem."),
            (
                "gfs resize --size 40G --resize sda1=1G --expand sda2 --lv-expand /dev/vg/root disk.img larger.img",
                "Two partitions and a volume."),
            ("gfs resize --dry-run --size 8G --shrink sda3 disk.img smaller.img", "What would become of the partitions?")),
        ["gfs appliance"] = New(
            ["supermin", "libguestfs-make-fixed-appliance", "virt-make-appliance", "kernel", "initrd"],
            ("export LIBGUESTFS_PATH=$(gfs appliance build)", "For guestfish and all other programs of libguestfs.")),
        ["gfs appliance build"] = New(
            ["supermin", "libguestfs-make-fixed-appliance", "make", "create", "offline"],
            ("gfs appliance build", "Of the installed packages, into the cache; prints its directory."),
            ("export LIBGUESTFS_PATH=$(gfs appliance build --with-state)", "For other programs of libguestfs, to be resumed:"),
            ("export LIBGUESTFS_HV=$LIBGUESTFS_PATH/resume/qemu", "needs this, too."),
            ("gfs appliance build --suite trixie --arch arm64 -o DIR", "Of a Debian release, for another processor.")),
        ["gfs appliance verify"] = New(
            ["check", "damaged", "digest"], ("gfs appliance verify DIR", "Is every byte as it was built?")),
        ["gfs appliance clean"] = New(
            ["remove", "delete", "cache", "space"], ("gfs appliance clean --unused-for 30", "What was not used for a month.")),
        ["gfs appliance list"] = New(["cache", "show"], ("gfs appliance list", "What is in the cache?")),
        ["gfs appliance show"] = New(
            ["packages", "kernel", "version", "manifest"], ("gfs appliance show", "The one that launches use."),
            ("gfs appliance show --json DIR | jq .packages", "The packages of another one.")),
        ["gfs appliance path"] = New(
            ["LIBGUESTFS_PATH", "directory"], ("export LIBGUESTFS_PATH=$(gfs appliance path)", "For other programs of libguestfs.")),
        ["gfs appliance test"] = New(
            ["libguestfs-test-tool", "boot", "launch"], ("gfs appliance test DIR", "Does it boot here?")),
        ["gfs appliance diff"] = New(
            ["compare", "difference", "packages"], ("gfs appliance diff OLD NEW", "Which packages have changed?")),
        ["gfs bundle"] = New(
            ["portable", "standalone", "container", "install"],
            ("gfs bundle build -o guestfs-bundle", "libguestfs, qemu and an appliance in a directory.")),
        ["gfs supermin"] = New(
            ["supermin"], ("gfs supermin --build -f ext2 -o DIR /usr/lib/x86_64-linux-gnu/guestfs/supermin.d", "As supermin does.")),
        ["gfs help"] = New([], ("gfs help virt-df", "Which command does the job of virt-df?"), ("gfs help ls", "The page of a command.")),
        ["gfs completion"] = New(
            ["bash", "zsh", "fish", "tab", "shell"],
            ("source <(gfs completion bash)", "In this shell."),
            ("gfs completion fish > ~/.config/fish/completions/gfs.fish", "In all of fish.")),
    };

    private static readonly CommandGuide None = new([], []);

    /// <summary>That of a command.</summary>
    internal static CommandGuide Of(string name) => Known.GetValueOrDefault(name, None);

    private static CommandGuide New(string[] words, params (string Line, string Text)[] examples) =>
        new(words, [.. examples.Select(example => new Example(example.Line, example.Text))]);
}
