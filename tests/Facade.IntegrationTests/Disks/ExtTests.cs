// ext2, ext3 and ext4, which e2fsprogs on the host read.
using System.Globalization;
using System.Text.RegularExpressions;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Disks;

[Collection(nameof(DisksAppliance))]
public sealed class ExtTests(DisksAppliance appliance)
{
    private const string SomeUuid = "11111111-2222-4333-8444-555566667777";

    private readonly GuestfsHandle g = appliance.Guestfs;

    [Fact]
    public void A_filesystem_is_made_with_the_options_asked_for()
    {
        ScratchDisk disk = appliance.TakeDisk();
        g.Mke2fs(disk.Device, new Mke2fsOptions
        {
            FsType = "ext4",
            BlockSize = 2048,
            BlocksCount = 30000,
            InodeSize = 512,
            NumberOfInodes = 4096,
            ReservedBlocksPercentage = 3,
            Label = "opts",
            Uuid = SomeUuid,
            LastMountedDir = "/srv",
            CreatorOs = "hurd",
            HasJournal = false,
            Extent = true,
            ResizeInode = false,
        });

        IReadOnlyDictionary<string, string> superblock = CheckedSuperblock(disk);
        Assert.Equal("2048", superblock["Block size"]);
        Assert.Equal("30000", superblock["Block count"]);
        Assert.Equal("512", superblock["Inode size"]);
        Assert.Equal("4096", superblock["Inode count"]);
        Assert.Equal((30000 * 3 / 100).ToString(CultureInfo.InvariantCulture), superblock["Reserved block count"]);
        Assert.Equal("opts", superblock["Filesystem volume name"]);
        Assert.Equal(SomeUuid, superblock["Filesystem UUID"]);
        Assert.Equal("/srv", superblock["Last mounted on"]);
        Assert.Equal("Hurd", superblock["Filesystem OS type"]);
        string[] features = superblock["Filesystem features"].Split(' ');
        Assert.Contains("extent", features);
        Assert.DoesNotContain("has_journal", features);
        Assert.DoesNotContain("resize_inode", features);
    }

    [Fact]
    public void Mkfs_makes_each_version_of_the_family()
    {
        ScratchDisk disk = appliance.TakeDisk();
        foreach ((string type, bool journal, bool extents) in new[] { ("ext2", false, false), ("ext3", true, false), ("ext4", true, true) })
        {
            g.Mkfs(type, disk.Device, new MkfsOptions { BlockSize = 4096, Inode = 256, Label = type + "-label" });
            IReadOnlyDictionary<string, string> superblock = CheckedSuperblock(disk);
            string[] features = superblock["Filesystem features"].Split(' ');
            Assert.Equal((type, journal, extents), (type, features.Contains("has_journal"), features.Contains("extent")));
            Assert.Equal(("4096", "256", type + "-label"),
                (superblock["Block size"], superblock["Inode size"], superblock["Filesystem volume name"]));
            Assert.Equal(type, g.VfsType(disk.Device));
            Assert.Equal(superblock["Filesystem UUID"], g.VfsUuid(disk.Device));
        }
    }

    [Fact]
    public void Label_uuid_and_tunables_are_changed_and_listed()
    {
        ScratchDisk disk = appliance.TakeDisk();
        g.Mkfs("ext4", disk.Device);
        g.SetLabel(disk.Device, "größe");
        g.SetUuid(disk.Device, SomeUuid);
        g.Tune2fs(disk.Device, new Tune2fsOptions
        {
            Force = true,
            MaxMountCount = 77,
            MountCount = 5,
            ErrorBehavior = "remount-ro",
            Group = 12,
            User = 34,
            IntervalBetweenChecks = 3 * 86400,
            LastMountedDirectory = "/a/b",
            ReservedBlocksCount = 123,
        });

        IReadOnlyDictionary<string, string> superblock = CheckedSuperblock(disk);
        Assert.Equal("größe", superblock["Filesystem volume name"]);
        Assert.Equal(SomeUuid, superblock["Filesystem UUID"]);
        Assert.Equal("77", superblock["Maximum mount count"]);
        Assert.Equal("5", superblock["Mount count"]);
        Assert.Equal("Remount read-only", superblock["Errors behavior"]);
        Assert.StartsWith("12 ", superblock["Reserved blocks gid"], StringComparison.Ordinal);
        Assert.StartsWith("34 ", superblock["Reserved blocks uid"], StringComparison.Ordinal);
        Assert.StartsWith("259200 ", superblock["Check interval"], StringComparison.Ordinal);
        Assert.Equal("123", superblock["Reserved block count"]);
        Assert.Equal("/a/b", superblock["Last mounted on"]);

        IReadOnlyDictionary<string, string> listed = g.Tune2fsL(disk.Device);
        Assert.True(listed.Count > 30);
        foreach ((string name, string value) in listed)
        {
            // The names of users are those of the machine that prints them, and libguestfs writes "none" and "n/a" as nothing.
            if (!name.StartsWith("Reserved blocks ", StringComparison.Ordinal))
            {
                Assert.Equal((name, superblock[name] is "<none>" or "(none)" ? "" : superblock[name]),
                    (name, value is "<none>" or "(none)" ? "" : value.TrimEnd()));
            }
        }

        Assert.Equal("größe", g.VfsLabel(disk.Device));
        Assert.Equal(disk.Device, g.FindfsLabel("größe"));
        Assert.Equal(disk.Device, g.FindfsUuid(SomeUuid));
        g.SetUuidRandom(disk.Device);
        string random = CheckedSuperblock(disk)["Filesystem UUID"];
        Assert.NotEqual(SomeUuid, random);
        Assert.Equal(random, g.VfsUuid(disk.Device));
    }

    [Fact]
    public void Attributes_and_generation_of_a_file_are_in_its_inode()
    {
        ScratchDisk disk = appliance.TakeDisk();
        g.Mkfs("ext3", disk.Device); // Kernels do not change generations where checksums depend on them, as in ext4.
        string root = appliance.Mount(disk.Device);
        string file = root + "/file";
        g.Write(file, "x"u8);
        g.SetE2attrs(file, "Adu");
        g.SetE2attrs(file, "u", new SetE2attrsOptions { Clear = true });
        g.SetE2generation(file, 0xDEADBEEF);
        g.SetE2attrs(file, "i");

        GuestfsException error = Assert.Throws<GuestfsException>(() => g.Rm(file));
        Assert.Equal(("rm", 1), (error.Operation, error.Errno));
        Assert.Equal("Adi", string.Concat(g.GetE2attrs(file).Where(c => c is not 'e').Order()).Replace("-", "", StringComparison.Ordinal));
        Assert.Equal(0xDEADBEEF, g.GetE2generation(file));
        appliance.Unmount(root);

        // FS_NOATIME, FS_NODUMP and FS_IMMUTABLE; no longer FS_UNRM.
        string inode = ExtJudge.Debugfs(disk.Image, "stat /file");
        Assert.Matches(@"Generation: 3735928559\b", inode);
        Assert.Contains("Flags: 0xd0", inode, StringComparison.Ordinal);
        ExtJudge.Check(disk.Image);
    }

    [Fact]
    public void A_filesystem_is_grown_shrunk_and_shrunk_to_its_minimum()
    {
        ScratchDisk disk = appliance.TakeDisk();
        g.Mke2fs(disk.Device, new Mke2fsOptions { FsType = "ext4", BlockSize = 4096, BlocksCount = 8192 });
        g.E2fsck(disk.Device, new E2fsckOptions { ForceAll = true });
        g.Resize2fs(disk.Device);
        Assert.Equal(disk.Size / 4096, BlockCount());

        g.Resize2fsSize(disk.Device, 50 << 20);
        Assert.Equal((50 << 20) / 4096, BlockCount());

        appliance.Flush();
        string minimum = Regex.Match(Command.Run("resize2fs", "-P", disk.Image), @": (\d+)").Groups[1].Value;
        Assert.Equal(long.Parse(minimum, CultureInfo.InvariantCulture) * 4096, g.VfsMinimumSize(disk.Device));
        g.E2fsck(disk.Device, new E2fsckOptions { ForceAll = true });
        g.Resize2fsM(disk.Device);
        Assert.Equal(long.Parse(minimum, CultureInfo.InvariantCulture), BlockCount());

        long BlockCount() => long.Parse(CheckedSuperblock(disk)["Block count"], CultureInfo.InvariantCulture);
    }

    [Fact]
    public void E2fsck_repairs_a_filesystem_that_the_host_damaged()
    {
        ScratchDisk disk = appliance.TakeDisk();
        g.Mkfs("ext4", disk.Device);
        string root = appliance.Mount(disk.Device);
        g.Write(root + "/file", "x"u8);
        appliance.Unmount(root);
        Command.Run("debugfs", "-w", "-R", "clri /file", disk.Image);
        g.BlockdevFlushbufs(disk.Device);
        Assert.NotEqual(0, Command.TryRun("e2fsck", ["-fn", disk.Image]).ExitCode);

        g.E2fsck(disk.Device, new E2fsckOptions { ForceAll = true });
        appliance.Flush();
        ExtJudge.Check(disk.Image);
        Assert.DoesNotMatch("/[1-9][0-9]*/[0-7]+/0/0/file/", ExtJudge.Debugfs(disk.Image, "ls -p /"));
    }

    [Fact]
    public void An_external_journal_is_used_by_the_filesystem_that_names_it()
    {
        ScratchDisk journal = appliance.TakeDisk();
        ScratchDisk disk = appliance.TakeDisk();
        g.Mke2fs(journal.Device, new Mke2fsOptions { BlockSize = 4096, JournalDev = true, Uuid = SomeUuid });
        g.Mke2fs(disk.Device, new Mke2fsOptions { FsType = "ext4", BlockSize = 4096, JournalDevice = journal.Device });
        appliance.Flush();

        Assert.Contains("journal_dev", ExtJudge.Superblock(journal.Image)["Filesystem features"], StringComparison.Ordinal);
        Assert.Equal(SomeUuid, ExtJudge.Superblock(journal.Image)["Filesystem UUID"]);
        Assert.Equal(SomeUuid, ExtJudge.Superblock(disk.Image)["Journal UUID"]);
    }

    private IReadOnlyDictionary<string, string> CheckedSuperblock(ScratchDisk disk)
    {
        appliance.Flush();
        ExtJudge.Check(disk.Image);
        return ExtJudge.Superblock(disk.Image);
    }
}
