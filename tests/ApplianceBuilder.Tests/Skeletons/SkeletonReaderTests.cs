// What skeleton files are taken for. The judges are the programs that pack them, and the distribution's own skeleton.
using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Skeletons;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Skeletons;

public sealed class SkeletonReaderTests : IDisposable
{
    private readonly TempDirectory directory = new();

    public static TheoryData<string> Packings => ["", "gzip", "xz", "zstd"];

    [Theory]
    [MemberData(nameof(Packings))]
    public void The_content_decides_what_a_file_is_however_it_is_packed(string packer)
    {
        ArgumentNullException.ThrowIfNull(packer);
        Write("a", "bash\n\ncoreutils\n", packer);
        Write("b", "/etc/*.conf\n/bin/x\n", packer);
        Write("c", "-/boot/*\n-/usr/share/doc/*\n", packer);
        Write("d", "", packer);
        Command.Run("tar", "-C", directory.Path, "-cf", directory.File("e"), "--format=ustar", "a");
        Pack("e", packer);

        Skeleton skeleton = SkeletonReader.Read([directory.Path], log: null);
        Assert.Equal(["bash", "coreutils"], skeleton.Packages.Select(line => line.Value));
        Assert.Equal(["/etc/*.conf", "/bin/x"], skeleton.HostFiles.Select(line => line.Value));
        Assert.Equal(["/boot/*", "/usr/share/doc/*"], skeleton.Excludes.Select(line => line.Value));
        Assert.Equal([directory.File("e")], skeleton.BaseArchives.Select(file => file.Name));
        Assert.Equal("a", skeleton.Packages[0].Origin);
        using Spool spool = new(directory.File("spool"));
        Assert.Equal(["/a"], skeleton.BaseArchives[0].ReadTar(spool, TestContext.Current.CancellationToken).Select(entry => entry.Path));
    }

    [Theory]
    [InlineData("\u0001\u0002\n", "not of a known kind")]
    [InlineData("# a comment\n", "not of a known kind")]
    [InlineData("\nbash\n", "not of a known kind")]
    [InlineData("/etc/hosts\nbash\n", "mixes kinds of lines: 'bash'")]
    [InlineData("-/etc/hosts\n/etc/passwd\n", "mixes kinds of lines: '/etc/passwd'")]
    public void A_file_of_no_kind_is_an_error_that_names_it(string content, string problem)
    {
        Write("odd", content, "");
        ApplianceException exception = Assert.Throws<ApplianceException>(() => SkeletonReader.Read([directory.Path], log: null));
        Assert.Equal(ApplianceProblem.InvalidInput, exception.Problem);
        Assert.Contains(directory.File("odd"), exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("xz")]
    [InlineData("zstd")]
    public void A_packed_file_that_is_cut_off_is_an_error(string packer)
    {
        Write("list", string.Concat(Enumerable.Range(0, 2000).Select(i => $"package{i * 7919 % 1000}\n")), packer);
        using (FileStream file = new(directory.File("list"), FileMode.Open))
        {
            file.SetLength(file.Length / 2);
        }

        Assert.Throws<ApplianceException>(() => SkeletonReader.Read([directory.Path], log: null));
    }

    [Fact]
    public void The_files_of_a_directory_are_taken_by_ordinal_order_and_inputs_in_theirs()
    {
        foreach (string name in new[] { "b", "a", "Z", "ab", "10", "9" })
        {
            Write("in/" + name, $"p{name}\n", "");
        }

        Directory.CreateDirectory(directory.File("in/folder"));
        Write("first", "before\n", "");
        File.CreateSymbolicLink(directory.File("in/link"), "../first");
        Skeleton skeleton = SkeletonReader.Read([directory.File("first"), directory.File("in")], log: null);
        string[] ordered =
        [
            .. Command.TryRun("sh", ["-c", "cd in && for f in $(ls); do test -f $f && cat $f; done"], new Dictionary<string, string?>
            {
                ["LC_ALL"] = "C",
            }, directory.Path).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
        ];
        Assert.Equal(["before", .. ordered], skeleton.Packages.Select(line => line.Value));
    }

    [Fact]
    public void The_lists_of_the_distribution_are_read_to_the_letter()
    {
        string supermin = SkeletonLocator.Find("/", new KernelOptions().Cpu);
        Skeleton skeleton = SkeletonReader.Read([supermin], log: null);
        Assert.Equal(Lines("packages*"), skeleton.Packages.Select(line => line.Value));
        Assert.Equal(Lines("hostfiles*"), skeleton.HostFiles.Select(line => line.Value));
        Assert.Equal(Lines("excludefiles*"), skeleton.Excludes.Select(line => "-" + line.Value));
        Assert.Equal(
            Directory.GetFiles(supermin, "*.tar.gz").Order(StringComparer.Ordinal), skeleton.BaseArchives.Select(file => file.Name));

        IEnumerable<string> Lines(string pattern) =>
            Command.Run("sh", "-c", $"LC_ALL=C; cat {supermin}/{pattern}").Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Dispose() => directory.Dispose();

    private void Write(string name, string content, string packer)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(directory.File(name))!);
        File.WriteAllText(directory.File(name), content);
        Pack(name, packer);
    }

    private void Pack(string name, string packer)
    {
        if (packer.Length > 0)
        {
            Command.Require(packer);
            Command.Run(
                "sh", "-c", $"{packer} -c '{directory.File(name)}' > '{directory.File("packed")}' && mv '{directory.File("packed")}' "
                    + $"'{directory.File(name)}'");
        }
    }
}
