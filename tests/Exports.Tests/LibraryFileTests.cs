// The library as a file: binutils judge its names, versions and what it needs of the system.
using System.Text.RegularExpressions;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Exports.Tests;

public sealed partial class LibraryFileTests
{
    private const long SizeLimit = 4 << 20;

    private static readonly string[] CLibrary =
    [
        "libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "ld-linux-x86-64.so.2",
    ];

    private static string Library => PublishedLibrary.Product.File;

    [Fact]
    public void Its_run_time_name_and_flags_are_those_of_the_documentation()
    {
        string dynamic = Command.Run("readelf", "-dW", Library);
        Assert.Contains("Library soname: [libguestfs-facade.so.1]", dynamic, StringComparison.Ordinal);
        Assert.Contains("NODELETE", dynamic, StringComparison.Ordinal);
        Assert.Contains("NOW", dynamic, StringComparison.Ordinal);
        Assert.DoesNotContain("RPATH", dynamic, StringComparison.Ordinal);
        // The other library of this one is beside it.
        Assert.Contains("Library runpath: [$ORIGIN]", dynamic, StringComparison.Ordinal);
        Assert.DoesNotContain("TEXTREL", dynamic, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_function_is_in_the_version_node_of_its_release()
    {
        string[] symbols = [.. Command.Run("nm", "-D", "--defined-only", "--with-symbol-versions", Library)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ')[^1])];
        (string Function, string Since)[] listed = ExportList.Read();
        Assert.Equal(
            listed.Select(e => "GFS_" + e.Since).Distinct().Order(StringComparer.Ordinal),
            symbols.Where(s => !s.StartsWith("gfs_", StringComparison.Ordinal)).Select(s => s.Split('@')[0]).Order(StringComparer.Ordinal));
        Assert.Equal(
            listed.Select(e => $"{e.Function}@@GFS_{e.Since}").Order(StringComparer.Ordinal),
            symbols.Where(s => s.StartsWith("gfs_", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_needs_nothing_but_the_C_library()
    {
        string dynamic = Command.Run("readelf", "-dW", Library);
        Assert.All(
            Needed().Matches(dynamic).Select(m => m.Groups[1].Value),
            name => Assert.Contains(name, CLibrary));
        string[] strange =
        [
            .. Command.Run("nm", "-D", "--undefined-only", Library).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => line.Contains(" U ", StringComparison.Ordinal) && !line.Contains("@GLIBC_", StringComparison.Ordinal)),
        ];
        Assert.Empty(strange);
    }

    [Fact]
    public void The_oldest_glibc_that_it_runs_with_is_on_record()
    {
        Version floor =
            Glibc().Matches(Command.Run("nm", "-D", "--undefined-only", Library)).Select(m => Version.Parse(m.Groups[1].Value)).Max()!;
        string baseline = Repository.File("native", "abi", "glibc-floor.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_BASELINES") == "1")
        {
            File.WriteAllText(baseline, floor + "\n");
        }

        // A build on an older system has a lower one.
        Assert.True(floor <= Version.Parse(File.ReadAllText(baseline)),
            $"The library needs glibc {floor} now, more than {baseline} says. If that is meant, run this test with UPDATE_BASELINES=1.");
    }

    [Fact]
    public void Stripped_it_has_at_most_4_MiB()
    {
        using TempDirectory directory = new();
        Command.Run("strip", "-o", directory.File("stripped.so"), Library);
        Assert.InRange(new FileInfo(directory.File("stripped.so")).Length, 1, SizeLimit);
    }

    [GeneratedRegex(@"Shared library: \[(.*?)\]")]
    private static partial Regex Needed();

    [GeneratedRegex(@"@GLIBC_([\d.]+)")]
    private static partial Regex Glibc();
}
