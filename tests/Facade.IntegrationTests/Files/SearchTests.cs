// Looking into files and for files, which the host's programs do on the same bytes.
using System.Text;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Files;

[Collection(nameof(FilesAppliance))]
public sealed class SearchTests : IDisposable
{
    private readonly FilesAppliance appliance;
    private readonly GuestfsHandle g;
    private readonly TempDirectory host = new();
    private readonly string guest;

    public SearchTests(FilesAppliance appliance)
    {
        ArgumentNullException.ThrowIfNull(appliance);
        this.appliance = appliance;
        g = appliance.Guestfs;
        guest = appliance.NewDirectory();
        string text = string.Concat(Enumerable.Range(1, 200).Select(i => $"line {i} {(i % 7 == 0 ? "Seven" : "other")} a.b{i}\n"))
            + "größe\nlast line without end";
        File.WriteAllText(host.File("text"), text);
        byte[] binary = new byte[3000];
        new Random(5).NextBytes(binary);
        Encoding.ASCII.GetBytes("a readable string").CopyTo(binary, 1000);
        Encoding.Unicode.GetBytes("wide characters").CopyTo(binary, 2000);
        File.WriteAllBytes(host.File("binary"), binary);
        Command.Run("sh", "-c", $"gzip -c {host.File("text")} > {host.File("text.gz")}");
        foreach (string name in (string[])["text", "binary", "text.gz"])
        {
            g.Upload(host.File(name), $"{guest}/{name}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => host.Dispose();

    [Theory]
    [InlineData("Seven", "", false, false, false)]
    [InlineData("SEVEN", "-i", false, false, true)]
    [InlineData("(1|2)3? S", "-E", true, false, false)]
    [InlineData("a.b1", "-F", false, true, false)]
    [InlineData("A.B9", "-Fi", false, true, true)]
    [InlineData("größe", "", false, false, false)]
    public void Grep_finds_the_lines_that_the_hosts_grep_finds(string pattern, string option, bool extended, bool @fixed, bool insensitive)
    {
        string[] options = option.Length > 0 ? [option] : [];
        string[] theirs = Lines(Command.Run("grep", [.. options, "-e", pattern, host.File("text")]));
        Assert.NotEmpty(theirs);
        Assert.Equal(
            theirs, g.Grep(pattern, guest + "/text", new GrepOptions { Extended = extended, Fixed = @fixed, Insensitive = insensitive }));
        Assert.Equal(theirs, g.Grep(pattern, guest + "/text.gz", new GrepOptions
        {
            Extended = extended, Fixed = @fixed, Insensitive = insensitive, Compressed = true,
        }));
    }

    [Fact]
    public void Grep_without_a_match_is_an_empty_list()
    {
        Assert.Equal(1, Command.TryRun("grep", ["nothing like this", host.File("text")]).ExitCode);
        Assert.Empty(g.Grep("nothing like this", guest + "/text"));
    }

    [Fact]
    public void Beginnings_ends_and_counts_are_those_of_head_tail_and_wc()
    {
        string file = guest + "/text";
        Assert.Equal(Lines(Command.Run("head", host.File("text"))), g.Head(file));
        Assert.Equal(Lines(Command.Run("head", "-n", "3", host.File("text"))), g.HeadN(3, file));
        Assert.Equal(Lines(Command.Run("head", "-n", "-198", host.File("text"))), g.HeadN(-198, file));
        Assert.Equal(Lines(Command.Run("tail", host.File("text"))), g.Tail(file));
        Assert.Equal(Lines(Command.Run("tail", "-n", "2", host.File("text"))), g.TailN(2, file));
        Assert.Equal(Lines(Command.Run("tail", "-n", "+190", host.File("text"))), g.TailN(-190, file));
        Assert.Equal(Lines(Command.Run("cat", host.File("text"))), g.ReadLines(file));
        string[] counts = Command.Run("wc", "-lwc", host.File("text")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(counts[..3],
            new[] { g.WcL(file), g.WcW(file), g.WcC(file) }.Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Binary_files_are_shown_as_strings_hexdump_and_file_show_them()
    {
        string file = guest + "/binary";
        Assert.Equal(Lines(Command.Run("strings", host.File("binary"))), g.Strings(file));
        Assert.Equal(Lines(Command.Run("strings", "-e", "l", host.File("binary"))), g.StringsE("l", file));
        Assert.Contains("wide characters", g.StringsE("l", file));
        Assert.Equal(Command.Run("hexdump", "-C", host.File("binary")), g.Hexdump(file));
        Assert.Equal(Command.Run("file", "-b", host.File("text")).Trim(), g.File(guest + "/text"));
        Assert.Equal(Command.Run("file", "-bz", host.File("text.gz")).Split('(')[0].Trim(),
            g.Zfile("gzip", guest + "/text.gz").Split('(')[0].Trim());
    }

    [Fact]
    public void Find_and_glob_give_the_names_that_the_hosts_programs_give()
    {
        string tree = Directory.CreateDirectory(host.File("tree")).FullName;
        foreach (string name in (string[])["a/b/c", "a/b/d.txt", "a/e.txt", "f g.txt", "h[1]"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(tree, name))!);
            File.WriteAllText(Path.Combine(tree, name), name);
        }

        g.CopyIn(tree, guest);

        // libguestfs puts a slash before each name unless the directory ends in one.
        string[] found = Lines(Command.Run("find", tree, "-mindepth", "1", "-printf", "%P\n"));
        Assert.Equal(
            found.Order(StringComparer.Ordinal), g.Find(guest + "/tree").Select(n => n.TrimStart('/')).Order(StringComparer.Ordinal));
        string list = host.File("list");
        g.Find0(guest + "/tree", list);
        Assert.Equal(found.Order(StringComparer.Ordinal), File.ReadAllText(list)
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(n => n.TrimStart('/'))
            .Order(StringComparer.Ordinal));

        foreach (string pattern in (string[])["*", "*.txt", "a/*", "?", "h\\[1\\]", "{a,f*}", "none*"])
        {
            // bash expands braces before it looks for files; glob(3) of libguestfs does both at once.
            string[] theirs = Lines(Command.Run("bash", "-O", "nullglob", "-c", $"cd {tree} && for f in {pattern}; do echo \"$f\"; done"));
            Assert.Equal(theirs.Select(f => $"{guest}/tree/{f}"),
                g.GlobExpand($"{guest}/tree/{pattern}", new GlobExpandOptions { DirectorySlash = false }));
        }

        long kilobytes = long.Parse(appliance.Shell($"du -s --block-size=1024 /sysroot{guest}/tree").Split('\t')[0],
            System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(kilobytes, g.Du(guest + "/tree"));
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
}
