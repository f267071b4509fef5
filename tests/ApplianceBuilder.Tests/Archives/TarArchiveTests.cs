// Archives that GNU tar writes in each of its formats, read by us and listed by tar.
using System.Text;

using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Plan;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Archives;

public sealed class TarArchiveTests
{
    private static readonly Dictionary<string, string?> Utc = new() { ["TZ"] = "UTC", ["LC_ALL"] = "C.UTF-8" };

    [Theory]
    [InlineData("gnu", "cat")]
    [InlineData("posix", "gzip")]
    [InlineData("ustar", "xz")]
    [InlineData("oldgnu", "zstd")]
    [InlineData("v7", "gzip")]
    public void Archives_of_each_format_and_compression_are_read_as_tar_lists_them(string format, string compressor)
    {
        Command.Require("tar", compressor);
        using TempDirectory directory = new();
        string tree = MakeTree(directory, longNames: format is "gnu" or "posix" or "oldgnu", format != "v7");
        string tar = directory.File("a.tar");
        Command.Run("tar", "-C", tree, $"--format={format}", "--sort=name", "--owner=1234", "--group=5", "-cf", tar, ".");
        CommandResult list = Command.TryRun("tar", ["-tvf", tar, "--numeric-owner", "--full-time"], Utc);
        string packed = directory.File("packed");
        Command.Run("sh", "-c", $"{compressor} < '{tar}' > '{packed}'");

        List<PlanEntry> entries = ArchiveTest.Read(File.ReadAllBytes(packed), directory, new TarOptions { AllowDevices = true });
        Assert.Equal(ArchiveTest.TarList(list.Output), ArchiveTest.List(entries));
        string digests = Command.Run("sh", "-c", $"mkdir '{tree}2' && tar -C '{tree}2' -xf '{tar}' && cd '{tree}2' && rm hard && find . "
            + "-type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum");
        Assert.Equal(digests, ArchiveTest.Digests(entries));
    }

    [Theory]
    [InlineData("gnu")]
    [InlineData("posix")]
    public void Holes_stay_holes(string format)
    {
        Command.Require("tar", "truncate");
        using TempDirectory directory = new();

        // Enough pieces that the map needs further blocks, and a hole at the end.
        string file = directory.File("sparse");
        using (FileStream stream = File.Create(file))
        {
            for (int i = 0; i < 60; i++)
            {
                stream.Position = (i * 300_000L) + 65536;
                stream.Write(Encoding.ASCII.GetBytes($"piece {i}"));
            }

            stream.SetLength(40_000_000);
        }

        string tar = directory.File("a.tar");
        Command.Run("tar", "-C", directory.Path, "--sparse", $"--format={format}", "-cf", tar, "sparse");
        PlanEntry entry = Assert.Single(ArchiveTest.Read(File.ReadAllBytes(tar), directory));
        Assert.Equal("/sparse", entry.Path);
        Assert.Equal(Command.Run("sha256sum", file).Split(' ')[0], ArchiveTest.Digests([entry]).Split(' ')[0]);
        Assert.True(entry.Content!.DataRanges.Sum(range => range.Length) < 2_000_000);
    }

    [Fact]
    public void Extended_attributes_and_names_that_are_not_UTF8_survive()
    {
        Command.Require("tar", "setfattr", "getfattr");
        using TempDirectory directory = new();
        string tree = Directory.CreateDirectory(directory.File("tree")).FullName, tar = directory.File("a.tar");
        Command.Run("sh", "-c", $"cd '{tree}' && touch \"$(printf 'b\\377d')\" f");
        using DeletedByShell names = new(tree);
        CommandResult set = Command.TryRun("setfattr", ["-n", "user.note", "-v", "0x00ff3d0a41", Path.Combine(tree, "f")]);
        Assert.SkipUnless(set.ExitCode == 0, "The filesystem of the temporary directory has no user extended attributes.");
        Command.Run("tar", "-C", tree, "--format=posix", "--xattrs", "--sort=name", "-cf", tar, ".");

        List<PlanEntry> entries = ArchiveTest.Read(File.ReadAllBytes(tar), directory);
        Assert.Equal(["/", "/b\uDCFFd", "/f"], entries.Select(entry => entry.Path));
        ExtendedAttribute attribute = Assert.Single(entries[2].ExtendedAttributes, xattr => xattr.Name == "user.note");
        Assert.Equal([0, 0xFF, 0x3D, 0x0A, 0x41], attribute.Value.ToArray());
    }

    // .NET cannot delete names that are not UTF-8.
    private sealed class DeletedByShell(string tree) : IDisposable
    {
        public void Dispose() => Command.Run("rm", "-r", tree);
    }

    private static string MakeTree(TempDirectory directory, bool longNames, bool special)
    {
        string tree = Directory.CreateDirectory(directory.File("tree")).FullName;
        string script = """
            mkdir -m 1777 tmp; mkdir -m 2755 deep; printf hello > deep/file; chmod 4755 deep/file
            ln deep/file hard; ln -s ../nowhere link; head -c 300000 /dev/urandom > big; : > empty; : > 'with blank'
            touch -d '1999-12-31 23:59:58 UTC' empty
            """;
        script += special ? "\nmkfifo pipe; mknod null c 1 3 || true" : "";
        script += longNames
            ? "\nlong=$(printf '%0200d' 7); mkdir -p $long/$long; : > $long/$long/$long; ln -s $long/$long/$long longlink"
            : "";
        Command.Run("sh", "-c", $"cd '{tree}'\n{script}");
        return tree;
    }
}
