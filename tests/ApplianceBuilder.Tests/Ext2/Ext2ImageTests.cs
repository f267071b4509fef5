// Images against e2fsprogs: e2fsck must find nothing, debugfs must find every file as it was planned.
using System.Globalization;

using Guestfs.Appliances.Ext2;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Plan;
using Guestfs.TestSupport;
using Xunit;

using static Guestfs.Appliances.Tests.Ext2.PlanEntries;

namespace Guestfs.Appliances.Tests.Ext2;

public sealed class Ext2ImageTests : IDisposable
{
    private readonly TempDirectory directory = new();

    private string Image => directory.File("image");

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Superblock_says_what_was_asked_for()
    {
        Ext2Judge.WriteChecked(PlanOf(File("/a", [1, 2, 3])), Image, Options with { Size = 3L << 30, ComputeDigest = false });
        Dictionary<string, string> fields = Command.Run("dumpe2fs", "-h", Image).Split('\n')
            .Select(line => line.Split(':', 2)).Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => parts[1].Trim());
        Assert.Equal("c0ffee00-1234-4567-89ab-0123456789ab", fields["Filesystem UUID"]);
        Assert.Equal("root", fields["Filesystem volume name"]);
        Assert.Equal("ext_attr dir_index filetype sparse_super large_file", fields["Filesystem features"]);
        Assert.Equal("clean", fields["Filesystem state"]);
        Assert.Equal(((3L << 30) / 4096).ToString(CultureInfo.InvariantCulture), fields["Block count"]);
        Assert.Equal("256", fields["Inode size"]);
        Assert.Equal(3L << 30, new FileInfo(Image).Length);
        Assert.True(Posix.LinkStatus(Image)!.Value.Blocks * 512 < 2 << 20, "Free space must be holes.");
    }

    [Fact]
    public void Every_small_thing_is_found_as_planned()
    {
        string longLink = "/" + string.Concat(Enumerable.Repeat("long/", 200));
        string oddName = "/odd \n\"" + LosslessUtf8.GetString([0xFF, 0xC3, 0xA9]);
        FilePlan plan = PlanOf(
            Directory("/tmp", Permissions.Octal1777),
            File("/setuid", Bytes(5000, 1), (uint)UnixFileMode.SetUser | Permissions.Octal0755) with
            {
                Uid = 70_000, Gid = 4_000_000_000, ModificationTime = 5_000_000_000,
            },
            File("/old", []) with { ModificationTime = -86_400 },
            File("/now", Bytes(4096, 2)) with { ModificationTime = 2_000_000_000 },
            HardLink("/a-link-before-it", "/setuid"),
            Directory("/d"),
            HardLink("/d/second", "/setuid"),
            File("/" + new string('n', 255), Bytes(1, 3)),
            File(oddName, Bytes(10, 4)),
            Link("/fast", new string('f', 59)),
            Link("/slow", new string('s', 60)),
            Link("/slowest", longLink),
            Device("/null", EntryKind.CharacterDevice, 1, 3),
            Device("/new", EntryKind.BlockDevice, 259, 300_000),
            new PlanEntry { Path = "/fifo", Kind = EntryKind.Fifo, Mode = Permissions.Octal0644 },
            new PlanEntry { Path = "/socket", Kind = EntryKind.Socket, Mode = Permissions.Octal0644 },
            File("/" + string.Join('/', Enumerable.Repeat("deep", 100)) + "/file", Bytes(100_000, 5)));
        Ext2Judge.WriteChecked(plan, Image);
        Ext2Judge.CompareCopy(plan, Image);

        Ext2Judge.CompareInodes(plan, Image);
        string said = Ext2Judge.Debug(Image, "stat /fast", "stat /lost+found");
        Assert.Contains("Fast link dest: \"ffff", said, StringComparison.Ordinal);
        Assert.Contains("Inode: 11 ", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_are_in_the_inode_and_in_a_block()
    {
        byte[] acl = Convert.FromHexString("0200000001000600FFFFFFFF020004008813000004000400FFFFFFFF10000400FFFFFFFF20000000FFFFFFFF");
        byte[] large = Bytes(3000, 6), capability = Convert.FromHexString("0100000200200000000000000000000000000000");
        FilePlan plan = PlanOf(
            File("/small", [1]) with { ExtendedAttributes = [new("security.capability", capability)] },
            File("/both", [2]) with { ExtendedAttributes = [new("system.posix_acl_access", acl),
                new("trusted.large", large),
                new("user.a", "value"u8.ToArray()),
                new("user.empty", default)] },
            Directory("/dir") with { ExtendedAttributes = [new("system.posix_acl_default", acl), new("user.dir", "d"u8.ToArray())] },
            Link("/link", "both") with { ExtendedAttributes = [new("trusted.large", large)] });
        Ext2Judge.WriteChecked(plan, Image);
        foreach (PlanEntry entry in plan.Entries)
        {
            foreach (ExtendedAttribute attribute in entry.ExtendedAttributes)
            {
                string value = directory.File("value");
                Ext2Judge.Debug(Image, $"ea_get -f {value} {entry.Path} {attribute.Name}");

                // Where an ACL's entry names nobody, libext2fs gives 0 for what the kernel gives as -1.
                string expected = Convert.ToHexString(attribute.Value.Span);
                Assert.Equal(
                    attribute.Value.Span.SequenceEqual(acl) ? expected.Replace("FFFFFFFF", "00000000", StringComparison.Ordinal) : expected,
                    Convert.ToHexString(System.IO.File.ReadAllBytes(value)));
            }
        }

        Assert.Contains("File ACL: 0\n", Ext2Judge.Debug(Image, "stat /small"), StringComparison.Ordinal);
        Assert.DoesNotContain("File ACL: 0\n", Ext2Judge.Debug(Image, "stat /both"), StringComparison.Ordinal);
    }

    [Fact]
    public void Sparse_files_of_gigabytes_take_the_room_of_their_data()
    {
        const long Block = 4096, Single = 12, Double = Single + 1024, Triple = Double + (1024 * 1024);
        long[] edges = [0, Single - 1, Single, Double - 1, Double, Triple - 1, Triple, Triple + 300_000];
        SparseContent content = new(((Triple + 300_001) * Block) - 5, [.. edges.Select(edge => new DataRange((edge * Block) + 7, 100))]);
        SparseContent late = new(3L << 30, new DataRange((3L << 30) - 1, 1));
        SparseContent empty = new(5L << 30);
        Ext2Judge.WriteChecked(PlanOf(File("/five", content), File("/late", late), File("/empty", empty)), Image);
        Assert.True(Posix.LinkStatus(Image)!.Value.Blocks * 512 < 1 << 20);

        (string Name, SparseContent Content)[] files = [("/five", content), ("/late", late)];
        foreach ((string name, SparseContent file) in files)
        {
            using FileStream stream = System.IO.File.OpenRead(Image);
            long[] blocks = [.. file.DataRanges.Select(range => range.Offset / Block)];
            foreach ((long block, long place) in blocks.Zip(Ext2Judge.Map(Image, name, blocks)))
            {
                Assert.True(place > 0);
                stream.Position = place * Block;
                byte[] actual = new byte[Math.Min(Block, file.Length - (block * Block))];
                stream.ReadExactly(actual);
                Assert.Equal(file.Read(block * Block, actual.Length), actual);
            }

            Assert.All(Ext2Judge.Map(Image, name, 1, 500, 100_000, 700_000), place => Assert.Equal(0, place));
        }

        Assert.Contains($"Size: {5L << 30}\n", Ext2Judge.Debug(Image, "stat /empty"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(40_000)]
    [InlineData(100_000)]
    public void Directories_of_many_names_are_indexed(int count)
    {
        string[] names = [.. Enumerable.Range(0, count).Select(i => $"name number {i} é")];
        Ext2Judge.WriteChecked(PlanOf(names.Select(name => File("/big/" + name, []))), Image);

        // The index, to those who do not know it, is a name without a file.
        HashSet<string> found = [.. Ext2Judge.Debug(Image, "ls -p /big")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('/'))
            .Where(fields => fields[1] != "0")
            .Select(fields => fields[5])];
        Assert.Equal(count + 2, found.Count);
        Assert.Superset(names.ToHashSet(), found);
        Assert.Contains("Flags: 0x1000", Ext2Judge.Debug(Image, "stat /big"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_several_groups_is_the_source()
    {
        string source = directory.File("source"), copy = directory.File("copy");
        Command.Run("sh", "-c", "seq 1 20000000 > \"$1\"", "sh", source);
        long length = new FileInfo(source).Length;
        Ext2Judge.WriteChecked(
            PlanOf(File("/f", new HostFileContent(source, 0, length)), File("/part", new HostFileContent(source, 4097, 123_456))), Image);
        Ext2Judge.Debug(Image, $"dump /f {copy}");
        Command.Run("cmp", source, copy);
        Ext2Judge.Debug(Image, $"dump /part {copy}");
        Command.Run("sh", "-c", "tail -c +4098 \"$1\" | head -c 123456 | cmp - \"$2\"", "sh", source, copy);
    }

    [Fact]
    public void Holes_of_the_source_are_holes_of_the_image()
    {
        string source = directory.File("source"), copy = directory.File("copy");
        Command.Run(
            "sh", "-c", "truncate -s 60M \"$1\" && echo middle | dd of=\"$1\" bs=1 seek=30000000 conv=notrunc && echo end >> \"$1\"", "sh",
            source);
        Ext2Judge.WriteChecked(PlanOf(File("/f", new HostFileContent(source, 0, new FileInfo(source).Length, maybeSparse: true))), Image);
        Ext2Judge.Debug(Image, $"dump /f {copy}");
        Command.Run("cmp", source, copy);
        Assert.True(Posix.LinkStatus(Image)!.Value.Blocks * 512 < 1 << 20);
    }

    [Fact]
    public void The_same_plan_gives_the_same_bytes_and_their_digest()
    {
        FilePlan plan = PlanOf(Enumerable.Range(0, 2000).Select(i => File($"/d{i % 7}/{i}", Bytes(i * 7, i))));
        Ext2Options options = Options with { Size = 30L << 20 };
        byte[]? digest = Ext2Judge.WriteChecked(plan, Image, options);
        Assert.Null(Ext2Judge.WriteChecked(plan, directory.File("again"), options with { ComputeDigest = false, Flush = true }));
        Command.Run("cmp", Image, directory.File("again"));
        Assert.StartsWith(Convert.ToHexStringLower(digest!), Command.Run("sha256sum", Image), StringComparison.Ordinal);
    }
}
