// Walks of directories, which find(1) in the appliance makes too.
using System.Globalization;
using System.Text;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Files;

[Collection(nameof(FilesAppliance))]
public sealed class DirectoryWalkTests(FilesAppliance appliance)
{
    private const int Many = 20_000;

    private static readonly EnumerateDirectoryOptions Everything = new() { RecurseSubdirectories = true };

    private readonly GuestfsHandle g = appliance.Guestfs;
    private readonly string directory = appliance.NewDirectory();

    [Fact]
    public void A_tree_has_the_names_types_inodes_and_depths_that_find_prints()
    {
        MakeTree();
        string[] expected = Find("", "%i %y %d %P");
        Assert.Equal(16, expected.Length);
        Assert.Equal(expected, Lines(Everything, e => $"{e.Inode} {Letter(e.Type)} {e.Depth + 1} {Relative(e)}"));
        Assert.Equal(Find("-maxdepth 1", "%i %y %d %P"), Lines(default, e => $"{e.Inode} {Letter(e.Type)} {e.Depth + 1} {Relative(e)}"));
    }

    [Fact]
    public void The_status_of_each_entry_is_that_of_find_and_of_links_themselves()
    {
        MakeTree();
        string[] expected = Find("", "%i %y %m %n %U %G %s %b %T@ %P");
        Assert.Equal(expected, Lines(Everything with { Status = true }, e => string.Create(
            CultureInfo.InvariantCulture,
            $"{e.Status!.Ino} {Letter(e.Type)} {Convert.ToString(e.Status.Mode & 0b111_111_111_111, 8)} {e.Status.Nlink} {e.Status.Uid} "
            + $"{e.Status.Gid} {e.Status.Size} {e.Status.Blocks} {e.Status.MtimeSec}.{e.Status.MtimeNsec:D9}0 {Relative(e)}")));
        Assert.All(g.EnumerateDirectory(directory), e => Assert.Null(e.Status));
    }

    [Fact]
    public async Task The_asynchronous_walk_yields_the_same_in_the_same_order()
    {
        MakeTree();
        List<GuestfsDirectoryEntry> entries = [];
        await foreach (GuestfsDirectoryEntry entry in g.EnumerateDirectoryAsync(
            directory, Everything with { Status = true }, TestContext.Current.CancellationToken))
        {
            entries.Add(entry);
        }

        Assert.Equal(Find("", "%P"), entries.Select(Relative).Order(StringComparer.Ordinal));
        Assert.Equal(Entries(Everything).Select(e => (e.Path, e.Inode)), entries.Select(e => (e.Path, e.Status!.Ino)));

        using CancellationTokenSource canceled = new();
        await canceled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await g.EnumerateDirectoryAsync(directory, default, canceled.Token).GetAsyncEnumerator(CancellationToken.None).MoveNextAsync());
    }

    [Fact]
    public void Depth_and_filter_bound_the_walk_as_maxdepth_and_prune_do()
    {
        MakeTree();
        foreach (int depth in (int[])[0, 1, 2])
        {
            Assert.Equal(
                Find($"-maxdepth {depth + 1}", "%P"),
                Lines(Everything with { MaxRecursionDepth = depth }, Relative));
        }

        Assert.Equal(Find("-name b -prune -o", "%P").Append("a/b").Order(StringComparer.Ordinal),
            Lines(Everything with { ShouldRecurse = e => e.Name != "b" }, Relative));
    }

    [Fact]
    public void Links_to_directories_are_not_followed_except_where_the_walk_begins()
    {
        g.MkdirP(directory + "/real/below");
        g.LnS("real", directory + "/link");
        g.LnS("..", directory + "/real/up");
        Assert.Equal(["link", "real", "real/below", "real/up"], Lines(Everything, Relative));
        Assert.Equal(["link/below", "link/up"],
            g.EnumerateDirectory(directory + "/link", Everything).Select(Relative).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_root_directory_gives_paths_with_one_slash()
    {
        GuestfsDirectoryEntry entry = g.EnumerateDirectory("/").Single(e => e.Path == directory);
        Assert.Equal(("/", directory[1..], GuestfsFileType.Directory), (entry.Directory, entry.Name, entry.Type));
    }

    [Fact]
    public void What_vanishes_during_the_walk_is_left_out_or_thrown_on_request()
    {
        string[] names = [.. Enumerable.Range(0, 5).Select(i => $"sub{i}")];
        EnumerateDirectoryOptions options = Everything with { ContinueOnError = null };
        Assert.Equal(2, Walk(options));
        List<(string, int)> asked = [];
        Assert.Equal(2, Walk(options with { ContinueOnError = (e, error) => { asked.Add((e.Name, error.Errno)); return true; } }));
        Assert.Equal([2, 20, 20], asked.Select(a => a.Item2).Order());
        GuestfsException thrown = Assert.Throws<GuestfsException>(() => Walk(options with { ContinueOnError = (_, _) => false }));
        Assert.Equal("readdir", thrown.Operation);

        // Of five directories with a file each, three are not there when their turn comes: removed, now a file, now a link.
        int Walk(EnumerateDirectoryOptions how)
        {
            Assert.Equal("", appliance.Shell(
                $"cd /sysroot{directory} && rm -rf * && mkdir {string.Join(' ', names)} outside && touch outside/stolen && for d in "
                + "sub*; do touch $d/file; done"));
            List<string> found = [];
            foreach (GuestfsDirectoryEntry entry in g.EnumerateDirectory(directory, how with { ShouldRecurse = e => e.Name != "outside" }))
            {
                if (found.Count == 0)
                {
                    string[] others = [.. names.Where(n => n != entry.Name).Take(3)];
                    appliance.Shell(
                        $"cd /sysroot{directory} && rm -rf {string.Join(' ', others)} && touch {others[1]} && ln -s outside {others[2]}");
                }

                found.Add(Relative(entry));
            }

            Assert.DoesNotContain(found, f => f.EndsWith("/stolen", StringComparison.Ordinal));
            return found.Count(f => f.EndsWith("/file", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Files_that_vanish_before_their_status_is_asked_for_are_left_out()
    {
        // The status of the first thousand is asked for before the first entry is yielded.
        appliance.Shell($"cd /sysroot{directory} && seq 1500 | xargs touch");
        EnumerateDirectoryOptions options = new() { Status = true };
        List<GuestfsDirectoryEntry> found = [];
        foreach (GuestfsDirectoryEntry entry in g.EnumerateDirectory(directory, options))
        {
            if (found.Count == 0)
            {
                appliance.Shell($"cd /sysroot{directory} && ls -f | tail -n 10 | xargs rm");
            }

            found.Add(entry);
        }

        Assert.Equal(1490, found.Count);
        Assert.Equal(Find("", "%i %P"), found.Select(e => $"{e.Status!.Ino} {e.Name}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_walk_begins_with_an_error_where_there_is_no_directory()
    {
        g.Touch(directory + "/file");
        Assert.Equal(2, Assert.Throws<GuestfsException>(() => g.EnumerateDirectory(directory + "/missing").Any()).Errno);
        Assert.Equal(20, Assert.Throws<GuestfsException>(
            () => g.EnumerateDirectory(directory + "/file", Everything with { ContinueOnError = (_, _) => true }).Any()).Errno);
    }

    [Fact]
    public void Types_that_the_directory_does_not_have_are_found_out_and_mounted_filesystems_entered()
    {
        g.Mkdir(directory + "/mounted");
        appliance.Shell("truncate -s 4M /tmp/untyped && mke2fs -q -F -O ^filetype /tmp/untyped && mount -o loop /tmp/untyped "
            + $"/sysroot{directory}/mounted");
        try
        {
            appliance.Shell($"cd /sysroot{directory}/mounted && mkdir -p d/e && touch f && ln -s f l");
            Assert.Contains(g.Readdir(directory + "/mounted"), d => d.Ftyp == 'u');
            Assert.Equal(Find("", "%y %P"), Lines(Everything, e => $"{Letter(e.Type)} {Relative(e)}"));
            Assert.All(g.EnumerateDirectory(directory, Everything), e => Assert.Null(e.Status));
        }
        finally
        {
            appliance.Shell($"umount /sysroot{directory}/mounted && rm /tmp/untyped");
        }
    }

    [Fact]
    public void Of_20000_names_one_at_a_time_is_in_managed_memory_and_an_early_end_frees_the_rest()
    {
        appliance.Shell($"cd /sysroot{directory} && seq -f %08g {Many} | xargs touch");
        string expected = appliance.Shell($"cd /sysroot{directory} && ls | sha256sum")[..64];
        Assert.Equal(expected, Sha256(g.EnumerateDirectory(directory).Select(e => e.Name)));

        // 8 characters: 40 bytes a string.
        GC.Collect();
        long live = GC.GetTotalMemory(true), most = 0, count = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (GuestfsDirectoryEntry entry in g.EnumerateDirectory(directory))
        {
            if (++count % 5000 == 0)
            {
                long collected = GC.GetAllocatedBytesForCurrentThread();
                most = Math.Max(most, GC.GetTotalMemory(true) - live);
                before += GC.GetAllocatedBytesForCurrentThread() - collected;
            }
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(Many, count);
        Assert.InRange(allocated, 40 * Many, (40 * Many) + 20_000);
        Assert.InRange(most, long.MinValue, 50_000);

        // With status, a thousand at a time.
        most = count = 0;
        foreach (GuestfsDirectoryEntry entry in g.EnumerateDirectory(directory, new() { Status = true }))
        {
            if (++count % 5000 == 1)
            {
                most = Math.Max(most, GC.GetTotalMemory(true) - live);
            }
        }

        Assert.Equal(Many, count);
        Assert.InRange(most, long.MinValue, 1000 * 400);

        // Each list is more than a megabyte of C's memory.
        _ = g.EnumerateDirectory(directory).First();
        long inUse = ProcessResources.BytesOfC();
        for (int i = 0; i < 10; i++)
        {
            _ = g.EnumerateDirectory(directory).First();
        }

        Assert.InRange(ProcessResources.BytesOfC() - inUse, long.MinValue, 5 << 20);
    }

    private void MakeTree()
    {
        appliance.Shell(
            $"cd /sysroot{directory} && mkdir -p a/b/c e && echo one > a/file && ln a/file hard && ln -s a/b link && ln -s nowhere "
            + "dangling && mkfifo a/b/fifo && mknod null c 1 3 && mknod loop b 7 0 && chown 12:345 a/file && chmod 4711 a/file");
        g.Write($"{directory}/a/new\nline", "2"u8);
        g.Write($"{directory}/a/{LosslessUtf8.GetString([0xe9, (byte)'t', 0xff])}", "3"u8);
        g.Mkdir($"{directory}/{LosslessUtf8.GetString([0xc0, 0xaf])}");
        g.Write($"{directory}/{LosslessUtf8.GetString([0xc0, 0xaf])}/Grüße", "4"u8);
        appliance.Shell($"touch /sysroot{directory}/e/.hidden");
    }

    // NUL ends an entry in find's output and would end the shell's: the bytes come as hexadecimal digits.
    private string[] Find(string tests, string format)
    {
        string hex =
            appliance.Shell($"cd /sysroot{directory} && find . -mindepth 1 {tests} -printf '{format}\\0' | od -An -v -tx1 | tr -d ' \\n'");
        string text = LosslessUtf8.GetString(Convert.FromHexString(hex.Trim()));
        return [.. text.Split('\0', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    private GuestfsDirectoryEntry[] Entries(EnumerateDirectoryOptions options) => [.. g.EnumerateDirectory(directory, options)];

    private string[] Lines(EnumerateDirectoryOptions options, Func<GuestfsDirectoryEntry, string> line) =>
        [.. Entries(options).Select(line).Order(StringComparer.Ordinal)];

    private string Relative(GuestfsDirectoryEntry entry) => entry.Path[(directory.Length + 1)..];

    private static char Letter(GuestfsFileType type) => type switch
    {
        GuestfsFileType.RegularFile => 'f',
        GuestfsFileType.Directory => 'd',
        GuestfsFileType.SymbolicLink => 'l',
        GuestfsFileType.BlockDevice => 'b',
        GuestfsFileType.CharacterDevice => 'c',
        GuestfsFileType.Fifo => 'p',
        GuestfsFileType.Socket => 's',
        _ => '?',
    };

    private static string Sha256(IEnumerable<string> names)
    {
        string text = string.Concat(names.Order(StringComparer.Ordinal).Select(n => n + "\n"));
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(text)));
    }
}
