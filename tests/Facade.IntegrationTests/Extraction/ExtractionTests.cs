// Extractions of one filesystem, judged by find, stat, sha256sum and getfattr on the host and in the appliance.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Extraction;

[Collection(nameof(FilesAppliance))]
public sealed class ExtractionTests : IDisposable
{
    // One line for each entry with all that is to arrive, NUL-terminated, in a form that is text whatever the names are.
    private const string Listing =
        @"find . \( -type d -printf 'd %m %T@ %p\0' \) -o \( -type l -printf 'l %T@ %p %l\0' \) -o -printf '%y %m %T@ %s %n %p\0'"
        + " | LC_ALL=C sort -z | base64 -w0";
    private const string Sums = "find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | base64 -w0";

    private readonly FilesAppliance appliance;
    private readonly GuestfsHandle g;
    private readonly string directory;
    private readonly TempDirectory host = new();

    public ExtractionTests(FilesAppliance appliance)
    {
        this.appliance = appliance;
        g = appliance.Guestfs;
        directory = appliance.NewDirectory();
    }

    private string Name => directory[1..];

    public void Dispose()
    {
        // .NET cannot remove names that are not UTF-8.
        OnHost("chmod -R u+rwX . && find . -mindepth 1 -delete", tree: false);
        host.Dispose();
    }

    [Fact]
    public void A_tree_arrives_with_its_names_contents_modes_times_and_links()
    {
        Guest("""
            mkdir -p a/b/c closed empty; printf data > a/file; head -c 3000000 /dev/urandom > a/b/large; : > a/b/none
            printf x > "$(printf 'new\nline')"; printf y > "$(printf 'bytes\377\200')"; printf z > ' -rf *'
            mkdir "$(printf 'dir\377')"; ln a/file "$(printf 'dir\377/hard')"
            printf 1 > closed/secret; chmod 400 closed/secret; chmod 500 closed; chmod 600 a/file; chmod 755 a/b/large; chmod 40 a/b/none
            ln -s b/large a/inside; ln -s ../.. a/b/c/up; ln -s b/../file a/through; ln -s missing a/dangling; ln -s inside a/chain
            touch -d '2001-02-03 04:05:06.789012345' a/file a/b . ; touch -h -d '1999-01-01 00:00:00.5' a/inside
            """);
        ExtractReport report = g.Extract(directory, host.Path);
        Assert.Equal(Guest(Listing), OnHost(Listing));
        Assert.Equal(Guest(Sums), OnHost(Sums));
        Assert.Equal((7, 7, 5, 1, 0, 0),
            (report.Files, report.Directories, report.SymbolicLinks, report.HardLinks, report.SpecialFiles, report.SkippedCount));
        Assert.Equal(3_000_008, report.TotalSize);
    }

    [Fact]
    public void Only_what_has_changed_in_a_directory_arrives()
    {
        Guest("""
            mkdir sub; printf a > same; printf b > sub/longer; printf c > later; printf d > new; touch -d 2001-02-03 same sub/longer later
            """);
        Directory.CreateDirectory(host.File("sub"));
        File.WriteAllText(host.File("same"), "X");
        File.WriteAllText(host.File("sub/longer"), "XX");
        File.WriteAllText(host.File("later"), "X");
        Command.Run("touch", "-r", "/dev/null", host.File("later"));
        Command.Run("touch", "-d", "2001-02-03", host.File("same"), host.File("sub/longer"));
        ExtractReport report = g.Extract(directory + "/.", host.Path, new() { Overwrite = true, OnlyChanged = true });
        Assert.Equal((3, 1), (report.Files, report.Unchanged));
        Assert.Equal("X b c d", OnHost("cat same; printf ' '; cat sub/longer; printf ' '; cat later; printf ' '; cat new", tree: false));
    }

    [Fact]
    public void A_tree_of_many_files_arrives_as_it_is()
    {
        // Enough of them for one archive; by a way that leads through a link of the guest, which would lead elsewhere in the appliance.
        Guest($$"""
            mkdir -p real/tree/a real/tree/b "real/tree/$(printf 'dir\377')"; ln -s {{directory}}/real way; cd real/tree
            for i in 0 1 2 3 4 5 6 7 8 9; do for d in a b "$(printf 'dir\377')" .; do
            printf $i > $d/plain$i; printf 'x\0' > "$d/zero ended *$i"; printf $i > "$d/$(printf 'n\n\200')$i"; : > $d/none$i; done; done
            long=$(printf %0200d 0); mkdir -p $long/$long; printf deep > $long/$long/$long; ln -s $long/$long/$long link
            ln a/plain0 b/hard; ln a/plain0 a/hard; ln "b/zero ended *1" hard; truncate -s 3M sparse; head -c 2500000 /dev/urandom > large
            mkfifo fifo; touch -d '2001-02-03 04:05:06.789012345' a/plain1 b; chmod 400 a/plain2; chmod 6755 a/plain3
            """);
        g.Mknod(0xC1A4, 0, 0, directory + "/real/tree/socket");
        List<ExtractProgress> seen = [];
        ExtractReport report = g.Extract(directory + "/way/tree", host.Path, default, new SynchronousProgress<ExtractProgress>(seen.Add));
        const string Shown = "find . -type p -delete; find . -type s -delete; chmod -s a/plain3; touch -d 2005-01-01 . ; ";
        Assert.Equal([("fifo", ExtractSkipReason.SpecialFile), ("socket", ExtractSkipReason.SpecialFile)],
            report.Skipped.Select(s => (Path.GetFileName(s.Path), s.Reason)).Order());
        Assert.Equal((163, 6, 1, 3), (report.Files, report.Directories, report.SymbolicLinks, report.HardLinks));
        Assert.Equal(40 + (40 * 2) + 40 + 4 + (3 << 20) + 2_500_000, report.TotalSize);
        Assert.Equal(report.TotalSize, seen[^1].TotalSize);
        string tree = Path.Combine(host.Path, "tree");
        Assert.Equal(Guest($"cd real/tree; {Shown} {Listing}"), Command.Run("sh", "-c", $"cd {tree}; touch -d 2005-01-01 . ; {Listing}"));
        Assert.Equal(Guest($"cd real/tree; {Sums}"), Command.Run("sh", "-c", $"cd {tree}; {Sums}"));

        // The attributes of many, and the end of the archive in its middle.
        g.Setxattr("user.comment", "hello", 5, directory + "/real/tree/a/plain4");
        _ = g.Extract(directory + "/real/tree", Sub("with"), new ExtractOptions { PreserveUserXattrs = true });
        Assert.Equal("# file: tree/a/plain4\nuser.comment=\"hello\"\n\n", OnHost("getfattr -R -d .", "with", tree: false));
        Assert.Equal(ExtractionProblem.WrittenSizeLimit, Problem(new ExtractOptions { MaxWrittenSize = 100 }, Sub("less"), "/real"));
        using CancellationTokenSource source = new();
        SynchronousProgress<ExtractProgress> cancel = new(p => { if (p.TotalSize > 30) { source.Cancel(); } });
        Assert.Throws<OperationCanceledException>(() => g.Extract(directory + "/real", Sub("less2"), default, cancel, source.Token));
        Assert.Equal("", OnHost("find less less2 -name '*.part'", tree: false));
        Assert.Equal(163, g.Extract(directory + "/real", Sub("again")).Files);
    }

    [Fact]
    public void Only_links_that_stay_in_the_tree_are_made_unless_others_are_wanted()
    {
        // Each of the first leads out: plainly, by its middle, or through one or two other links that stay inside.
        Guest("""
            mkdir -p a/b/c; ln -s /etc/passwd absolute; ln -s ../x a_up; ln -s ../../x a/up; ln -s a/../../x middle
            ln -s a/b/c/../../../../x long
            ln -s ../.. a/b/c/mid; ln -s .. a/b/top; ln -s a/b/top/../../x through; ln -s a/b/c/mid/../../x twice
            ln -s missing/../../x missing_up
            ln -s self self; ln -s self/../x by_self; mkdir -p d; ln -s . d/here; ln -s here/here/../../../x d/out
            printf f > file; ln -s file/../../x by_file
            """);
        ExtractReport report = g.Extract(directory, host.Path);
        string[] outside = ["a_up", "absolute", "a/up", "by_file", "by_self", "d/out", "long", "middle", "missing_up", "through", "twice"];
        Assert.Equal(outside.Order(StringComparer.Ordinal), report.Skipped.Where(s => s.Reason == ExtractSkipReason.LinkLeadsOutside)
            .Select(s => s.Path[(directory.Length + 1)..])
            .Order(StringComparer.Ordinal));
        Assert.Equal(["./a/b/c/mid", "./a/b/top", "./d/here", "./self"],
            OnHost("find . -type l | LC_ALL=C sort").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("/etc/passwd", report.Skipped.Single(s => s.Path.EndsWith("/absolute", StringComparison.Ordinal)).Detail);

        string links = "find . -type l -printf '%p %l\\n' | LC_ALL=C sort";
        Assert.Equal(15, g.Extract(directory, Sub("all"), new ExtractOptions { Symlinks = ExtractSymlinks.All }).SymbolicLinks);
        Assert.Equal(Guest(links).TrimEnd(), OnHost(links, "all").TrimEnd());
        Assert.Equal(0, g.Extract(directory, Sub("none"), new ExtractOptions { Symlinks = ExtractSymlinks.None }).SymbolicLinks);
        Assert.Equal("", OnHost("find . -type l", "none"));

        // A link alone has no tree around it.
        Assert.Equal(ExtractSkipReason.LinkLeadsOutside, Assert.Single(g.Extract(directory + "/d/here", Sub("one")).Skipped).Reason);
    }

    [Fact]
    public void Owners_special_bits_and_special_files_come_only_when_asked_for()
    {
        Guest("printf s > program; chown 1234:567 program; chmod 6755 program; mkdir sticky; chmod 1755 sticky; chown 1234:567 sticky; "
            + "mknod device c 1 3; chmod 644 device; mkfifo -m 600 fifo; ln -s program link; chown -h 1234:567 link");
        const string Attributes = "stat -c '%n %F %a %u %g %t %T' * | LC_ALL=C sort";
        ExtractReport report = g.Extract(directory, host.Path);
        string me = $"{Command.Run("id", "-u").Trim()} {Command.Run("id", "-g").Trim()}";
        Assert.Equal(
            $"link symbolic link 777 {me} 0 0\nprogram regular file 755 {me} 0 0\nsticky directory 1755 {me} 0 0\n", OnHost(Attributes));
        Assert.Equal([("device", ExtractSkipReason.SpecialFile), ("fifo", ExtractSkipReason.SpecialFile)],
            report.Skipped.Select(s => (s.Path[(directory.Length + 1)..], s.Reason)).Order());

        ExtractOptions all = new() { PreserveOwners = true, PreserveSpecialBits = true, SpecialFiles = true };
        if (Environment.IsPrivilegedProcess)
        {
            Assert.Equal(2, g.Extract(directory, Sub("all"), all).SpecialFiles);
            Assert.Equal(Guest(Attributes).TrimEnd(), OnHost(Attributes, "all").TrimEnd());
        }
        else
        {
            Assert.Equal(ExtractionProblem.PrivilegeNeeded, Problem(all, Sub("all")));
        }
    }

    [Fact]
    public void Extended_attributes_of_users_come_when_asked_for()
    {
        Guest("mkdir d; : > f; chmod 400 f");
        g.Setxattr("user.comment", "hello", 5, directory + "/f");
        g.Setxattr("user.of directory", "there", 5, directory + "/d");
        g.Setxattr("trusted.secret", "x", 1, directory + "/f");
        _ = g.Extract(directory, Sub("without"));
        Assert.Equal("", OnHost("getfattr -R -d -m - .", "without"));
        Assert.Equal(0, g.Extract(directory, Sub("with"), new ExtractOptions { PreserveUserXattrs = true }).SkippedCount);
        Assert.Equal(
            "# file: d\nuser.of directory=\"there\"\n\n# file: f\nuser.comment=\"hello\"\n\n", OnHost("getfattr -d -m - d f", "with"));
    }

    [Fact]
    public void Holes_stay_holes_and_a_file_that_is_too_long_is_not_begun()
    {
        Guest("truncate -s 40M sparse; printf middle | dd of=sparse bs=1 seek=20000000 conv=notrunc 2>/dev/null; printf 5 | dd of=sparse "
            + "bs=1 seek=41943039 conv=notrunc 2>/dev/null; head -c 100000 /dev/zero > zeros");
        ExtractReport report = g.Extract(directory, host.Path);
        Assert.Equal(Guest(Sums), OnHost(Sums));
        Assert.Equal(((40L << 20) + 100_000, 2 * 4096 + 100_000), (report.TotalSize, report.WrittenSize));
        Assert.InRange(long.Parse(OnHost("stat -c %b sparse"), null), 1, 64);

        Guest("truncate -s 1T bomb");
        Assert.Equal(ExtractionProblem.TotalSizeLimit, Problem(default, Sub("bomb"), "/bomb"));
        Assert.Equal("", OnHost("find . -mindepth 1", "bomb", tree: false));
    }

    [Fact]
    public void Each_limit_stops_the_extraction_and_leaves_whole_files_alone()
    {
        Guest("mkdir -p a/b/c; head -c 3000000 /dev/urandom > a/dense; printf tiny > a/b/c/tiny");
        Stops(ExtractionProblem.TotalSizeLimit, new ExtractOptions { MaxTotalSize = 2_999_999 }, "MaxTotalSize");
        Stops(ExtractionProblem.WrittenSizeLimit, new ExtractOptions { MaxWrittenSize = 2_000_000 }, "MaxWrittenSize");
        Stops(ExtractionProblem.EntryLimit, new ExtractOptions { MaxEntries = 5 }, "MaxEntries");
        Stops(ExtractionProblem.DepthLimit, new ExtractOptions { MaxDepth = 2 }, "MaxDepth");
        ExtractOptions exact = new() { MaxTotalSize = 3_000_004, MaxWrittenSize = 3_000_004, MaxEntries = 6, MaxDepth = 3 };
        Assert.Equal(2, g.Extract(directory, Sub("exact"), exact).Files);

        void Stops(ExtractionProblem problem, ExtractOptions options, string option)
        {
            string target = Sub(option);
            GuestfsExtractionException thrown = Assert.Throws<GuestfsExtractionException>(() => g.Extract(directory, target, options));
            Assert.Equal(problem, thrown.Problem);
            Assert.Contains($"{nameof(ExtractOptions)}.{option}", thrown.Message, StringComparison.Ordinal);
            Assert.Equal("", OnHost("find . -name '*.part' -o -name dense ! -size 3000000c", option));
        }
    }

    [Fact]
    public void What_exists_is_kept_or_replaced_but_never_written_through()
    {
        Guest("mkdir -p sub; printf new > file; printf new > sub/file; ln -s file link; ln file hard");
        string outside = Sub("outside");
        File.WriteAllText(Path.Combine(outside, "precious"), "old");
        Directory.CreateDirectory(Path.Combine(host.Path, "target", Name));
        string target = Path.Combine(host.Path, "target");
        Assert.Equal(ExtractionProblem.TargetExists, Problem(default, target));

        // Links and hard links to what is outside are in the place of each thing that comes.
        OnHost(
            "ln -s ../../outside sub; ln -s ../../outside/precious file; ln -s ../../outside/precious link; ln ../../outside/precious hard",
            "target");
        Assert.Equal(ExtractionProblem.TargetExists, Problem(default, target, "/file", Path.Combine(target, Name)));
        Assert.Equal("old", OnHost("cat file", "target"));
        ExtractReport report = g.Extract(directory, target, new ExtractOptions { Overwrite = true });
        Assert.Equal((2, 2, 1, 1), (report.Files, report.Directories, report.SymbolicLinks, report.HardLinks));
        Assert.Equal(Guest(Sums), OnHost(Sums, "target"));
        Assert.Equal("./precious\nold", OnHost("find . -mindepth 1; cat precious", "outside", tree: false));

        // Once more over itself; and a directory gives way to nothing.
        Assert.Equal(2, g.Extract(directory, target, new ExtractOptions { Overwrite = true }).Files);
        OnHost("rm file; mkdir file", "target");
        Assert.Equal(ExtractionProblem.TargetExists, Problem(new ExtractOptions { Overwrite = true }, target));
        Assert.Equal("", OnHost("find . -name '*.part'", "target"));
    }

    [Fact]
    public void A_link_in_the_target_is_not_a_way_out_for_a_link_of_the_guest()
    {
        Guest("mkdir mine; ln -s theirs/passwd evil; ln -s mine good");
        Directory.CreateDirectory(Path.Combine(host.Path, Name));
        OnHost("ln -s /etc theirs");
        ExtractReport report = g.Extract(directory, host.Path, new ExtractOptions { Overwrite = true });
        Assert.Equal(directory + "/evil", Assert.Single(report.Skipped).Path);
        Assert.Equal("./good\n./theirs\n", OnHost("find . -type l | sort"));
    }

    [Fact]
    public void A_link_that_replaces_another_one_leads_nothing_outside()
    {
        // The judge follows each link to where it leads now, after two guests that know of one another.
        Guest("mkdir -p deep/deep2; ln -s deep/deep2 D; ln -s D/../.. early; ln -s ../.. deep/deep2/up; : > F; ln -s F/. file");
        _ = g.Extract(directory, host.Path);
        Guest("rm D F early; for i in 0 1 2 3 4 5 6 7 8 9; do ln -s D/../.. A$i; done; ln -s . D; ln -s D/../.. Z; ln -s deep/../.. F; "
            + "ln -s D/deep good");
        ExtractReport report = g.Extract(directory, host.Path, new ExtractOptions { Overwrite = true });
        Assert.Equal(12, report.Skipped.Count(s => s.Reason == ExtractSkipReason.LinkLeadsOutside));
        string tree = Path.Combine(host.Path, Name);
        foreach (string real in OnHost("find . -type l -exec realpath -m {} +").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.StartsWith(tree, real, StringComparison.Ordinal);
        }

        Assert.Equal("./D\n./deep/deep2/up\n./file\n./good\n", OnHost("find . -type l | LC_ALL=C sort"));
    }

    [Fact]
    public void A_rival_that_swaps_directories_for_links_gets_nothing_out()
    {
        Guest("for d in $(seq 6); do mkdir -p t/$d/x; for f in $(seq 4); do printf $d > t/$d/x/$f; done; ln -s x t/$d/l; done");
        string outside = Sub("outside");
        OnHost("mkdir -p 1/x 2/x x; printf old > x/1; touch -d 2001-01-01 . 1 1/x 2 2/x x x/1", "outside", tree: false);
        const string Everything = "find . -printf '%p %y %m %T@ %C@ %s %l\n' | sort; cat x/1";
        string before = OnHost(Everything, "outside", tree: false);
        int rounds = Soak.Rounds(6, 60);
        for (int round = 0; round < rounds; round++)
        {
            string target = Sub($"round{round}");
            ExtractOptions options = new() { Overwrite = round % 2 == 1, PreserveUserXattrs = true };
            using CancellationTokenSource done = new();
            Thread rival = new(() => Swap(Path.Combine(target, Name, "t"), outside, done.Token));
            rival.Start();
            try
            {
                _ = g.Extract(directory, target, options);
            }
            catch (GuestfsExtractionException e)
            {
                Assert.True(e.Problem is ExtractionProblem.TargetChanged or ExtractionProblem.TargetExists, e.Message);
            }
            finally
            {
                done.Cancel();
                rival.Join();
            }
        }

        Assert.Equal(before, OnHost(Everything, "outside", tree: false));
    }

    [Fact]
    public async Task A_cancelled_extraction_leaves_no_part_of_a_file_and_the_handle_in_order()
    {
        Guest("head -c 20000000 /dev/urandom > large");
        using CancellationTokenSource source = new();
        List<ExtractProgress> seen = [];
        SynchronousProgress<ExtractProgress> progress = new(p =>
        {
            seen.Add(p);
            if (p.TotalSize > 3_000_000)
            {
                source.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => g.ExtractAsync(directory, host.Path, default, progress, source.Token));
        Assert.Equal("", OnHost("find . -mindepth 1"));
        Assert.Equal(directory + "/large", seen[^1].Path);
        Assert.InRange(seen[^1].TotalSize, 3_000_001, 5_000_000);
        Assert.Equal(1, (await g.ExtractAsync(directory, Sub("again"))).Files);
        Assert.Equal(Guest(Sums), OnHost(Sums, "again"));
    }

    [Fact]
    public void A_guest_file_named_as_a_device_of_the_appliance_is_still_the_file()
    {
        Assert.Equal("", appliance.Shell("mkdir -p /sysroot/dev && printf mine > /sysroot/dev/sda"));
        try
        {
            Assert.Equal(4, g.Extract("/dev/sda", host.Path).TotalSize);
            Assert.Equal("mine", OnHost("cat sda", tree: false));
        }
        finally
        {
            appliance.Shell("rm -r /sysroot/dev");
        }
    }

    [Fact]
    public void Paths_without_a_name_or_without_anything_there_are_refused()
    {
        Assert.Equal(2, Assert.ThrowsAny<GuestfsException>(() => g.Extract(directory + "/missing", host.Path)).Errno);
        Assert.Throws<ArgumentException>(() => g.Extract(directory + "/..", host.Path));
        Assert.Throws<ArgumentException>(() => g.Extract("relative", host.Path));
        Assert.Equal(ExtractionProblem.HostFailed, Problem(default, Path.Combine(host.Path, "missing")));
        Assert.Equal("", OnHost("find . -mindepth 1", tree: false));
    }

    private static void Swap(string tree, string outside, CancellationToken done)
    {
        for (int i = 0; !done.IsCancellationRequested; i++)
        {
            string victim = Path.Combine(tree, $"{(i / 3 % 6) + 1}");
            string aside = victim + ".aside";
            try
            {
                Directory.Move(victim, aside);
                File.CreateSymbolicLink(victim, outside);
                Thread.Yield();
                File.Delete(victim);
                Directory.Move(aside, victim);
            }
            catch (IOException)
            {
                // Not there yet, or taken meanwhile.
            }
        }
    }

    private string Guest(string script) => appliance.Shell($"cd /sysroot{directory} && {script}");

    private string Sub(string name) => Directory.CreateDirectory(Path.Combine(host.Path, name)).FullName;

    // Runs a shell where the tree, or what it came into, is.
    private string OnHost(string script, string below = "", bool tree = true)
    {
        string where = Path.Combine(host.Path, below, tree ? Name : "");
        CommandResult result = Command.TryRun(
            "sh", ["-c", script], directory: Directory.Exists(where) ? where : Path.Combine(host.Path, below));
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }

    private ExtractionProblem Problem(ExtractOptions options, string target, string path = "", string? into = null) =>
        Assert.Throws<GuestfsExtractionException>(() => g.Extract(directory + path, into ?? target, options)).Problem;
}
