// What a bundle is passed on as: GNU tar, bsdtar, Python, zstd, skopeo and umoci read it.
using System.Globalization;
using System.Text.Json;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Appliances.Tests.Bundles;

public sealed class BundleFormsTests : IDisposable
{
    private const string Holes = """
        import sys, tarfile
        member = tarfile.open(sys.argv[1]).getmember('guestfs-bundle/appliance/root')
        print(member.issparse(), member.size)
        """;

    private static readonly string[] Modes = ["bin/qemu-img", "libexec/qemu-img", "loader/ld.so", "load", "lib"];
    private readonly TempDirectory directory = new();

    public BundleFormsTests() => SmallBundle.Make(Bundle);

    private string Bundle => directory.File("bundle");

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("tar")]
    [InlineData("bsdtar")]
    public void An_archive_has_the_bundle_with_its_holes_and_programs(string program)
    {
        string archive = directory.File("bundle.tar"), unpacked = directory.File("guestfs-bundle");
        Gfs.Run("bundle", "pack", Bundle, "-o", archive);
        Command.Run(program, "-xf", archive, "-C", directory.Path);

        Command.Run("diff", "-r", Bundle, unpacked);
        Assert.Equal($"True {SmallBundle.RootLength}\n", Command.Run("python3", "-c", Holes, archive));
        Assert.True(new FileInfo(archive).Length < 200_000);
        Assert.Equal("755\n755\n755\n644\n755\n", Command.Run(
            "stat", ["-c", "%a", .. Modes.Select(name => Path.Combine(unpacked, name))]));
        Gfs.Run("bundle", "verify", unpacked);
    }

    [Fact]
    public void A_packed_archive_is_the_same_each_time_and_zstd_s()
    {
        string first = directory.File("first.tar.zst"), second = directory.File("second.tar.zst");
        Gfs.Run("bundle", "pack", Bundle, "-o", first);
        Command.Run("sh", ["-c", "umask 077; exec \"$@\"", "sh", .. Gfs.CommandLine, "bundle", "pack", Bundle, "-o", second]);

        Command.Run("cmp", first, second);
        Command.Run("zstd", "--test", first);
        Command.Run("tar", "--zstd", "-xf", first, "-C", directory.Path);
        Command.Run("diff", "-r", Bundle, directory.File("guestfs-bundle"));
    }

    [Fact]
    public void Bundles_are_installed_beside_each_other_from_archives_of_other_programs_too()
    {
        string archive = directory.File("bundle.tar.zst"), other = directory.File("other"), cache = directory.File("cache");
        Command.Run("sh", "-c", $"ln -s {Bundle} {directory.Path}/guestfs-bundle; cd {directory.Path} && "
            + "tar --dereference --sparse --zstd -cf bundle.tar.zst guestfs-bundle; rm guestfs-bundle");
        SmallBundle.Make(other, "aarch64");
        string first = Gfs.Run("bundle", "install", archive, "--cache", cache).Output.TrimEnd();
        string second = Gfs.Run("bundle", "install", other, "--cache", cache).Output.TrimEnd();

        Command.Run("diff", "-r", Bundle, first);
        Command.Run("diff", "-r", other, second);
        Assert.Equal(
            [Path.Combine(cache, "bundles", Digest(Bundle)), Path.Combine(cache, "bundles", Digest(other))], [first, second]);
        Assert.Equal("755\n755\n755\n644\n755\n", Command.Run(
            "stat", ["-c", "%a", .. Modes.Select(name => Path.Combine(first, name))]));
        string root = Path.Combine(first, "appliance", "root");
        Assert.True(long.Parse(Command.Run("stat", "-c", "%b", root), CultureInfo.InvariantCulture) < SmallBundle.RootLength / 512 / 4);

        // One that was damaged is mended, and becomes the usual one of this user.
        File.AppendAllText(Path.Combine(first, "README"), "more");
        string data = directory.File("data");
        CommandResult again = Gfs.TryRun(
            ["bundle", "install", archive, "--cache", cache, "--default"],
            new Dictionary<string, string?> { ["XDG_DATA_HOME"] = data });
        Assert.Equal((0, first + "\n"), (again.ExitCode, again.Output));
        Command.Run("diff", "-r", Bundle, Path.Combine(data, "guestfs-bundle") + "/");
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(cache, "bundles")).Length);

        static string Digest(string bundle) => Command.Run("sha256sum", Path.Combine(bundle, "manifest.json")).Split(' ')[0];
    }

    [Theory]
    [InlineData("echo more >> bundle/README", "README is not what the manifest says")]
    [InlineData("echo more > bundle/more", "more is not what the manifest says")]
    [InlineData("ln -s /etc bundle/link", "is not a bundle as")]
    [InlineData("rm bundle/load", "is not a bundle")]
    public void Nothing_stays_of_an_archive_that_is_no_bundle(string change, string told)
    {
        string cache = directory.File("cache");
        Command.Run(
            "sh", "-c", $"cd {directory.Path} && {change} && tar --transform 's,^bundle,guestfs-bundle,' -cf changed.tar bundle");

        CommandResult result = Gfs.TryRun(["bundle", "install", directory.File("changed.tar"), "--cache", cache]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(told, result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Path.Combine(cache, "bundles")));
    }

    [Fact]
    public void What_is_shown_of_a_bundle_is_printable()
    {
        string manifest = Path.Combine(Bundle, "manifest.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("1:1.2.3-4", "1\\u001b[31m\\nqemu: 9", StringComparison.Ordinal));

        Assert.StartsWith(
            "libguestfs: 1\\x1b[31m\\nqemu: 9\nqemu: 1\n", Gfs.Run("bundle", "show", Bundle).Output, StringComparison.Ordinal);
        using JsonDocument shown = JsonDocument.Parse(Gfs.Run("bundle", "show", "--json", Bundle).Output);
        Assert.Equal("1\e[31m\nqemu: 9", shown.RootElement.GetProperty("libguestfs").GetString());
    }

    [Fact]
    public void A_damaged_bundle_is_not_passed_on()
    {
        File.AppendAllText(Path.Combine(Bundle, "load"), "library other\n");
        foreach (string name in (string[])["bundle.tar", "bundle.nupkg"])
        {
            CommandResult result = Gfs.TryRun(["bundle", "pack", Bundle, "-o", directory.File(name)]);
            Assert.Equal(1, result.ExitCode);
            Assert.Contains("load is not what the manifest says", result.Error, StringComparison.Ordinal);
        }

        Assert.Equal([Bundle], Directory.GetFileSystemEntries(directory.Path));
    }

    [Theory]
    [InlineData("bundle.zip", "1.2.3")]
    [InlineData("bundle.tar", "1.2.3")]
    [InlineData("bundle.nupkg", "new")]
    public void What_cannot_be_is_refused(string output, string version) =>
        Assert.Equal(2, Gfs.TryRun(["bundle", "pack", Bundle, "-o", directory.File(output), "--package-version", version]).ExitCode);

    [Fact]
    public void An_image_is_what_other_programs_take_for_one()
    {
        Command.Require("skopeo", "umoci");
        string image = directory.File("image"), unpacked = directory.File("unpacked"), rootfs = Path.Combine(unpacked, "rootfs");
        string program = directory.File("tool");
        File.WriteAllText(program, "a program");
        Gfs.Run("bundle", "oci", Bundle, "-o", image, "--program", program);

        using JsonDocument config = JsonDocument.Parse(Command.Run("skopeo", "inspect", "--config", $"oci:{image}:latest"));
        Assert.Equal("amd64", config.RootElement.GetProperty("architecture").GetString());
        Assert.Equal("/usr/bin/tool", config.RootElement.GetProperty("config").GetProperty("Entrypoint")[0].GetString());

        // It compares the digests of what it copies.
        Command.Run("skopeo", "copy", "--quiet", $"oci:{image}:latest", $"dir:{directory.File("copy")}");
        Command.Run("umoci", "unpack", "--rootless", "--image", $"{image}:latest", unpacked);
        Command.Run("diff", "-r", Bundle, Path.Combine(rootfs, "usr/lib/guestfs-bundle"));
        Assert.Equal("a program", File.ReadAllText(Path.Combine(rootfs, "usr/bin/tool")));
        Assert.Equal("755\n1777\n1777\n", Command.Run(
            "stat", "-c", "%a", Path.Combine(rootfs, "usr/bin/tool"), Path.Combine(rootfs, "tmp"), Path.Combine(rootfs, "var/tmp")));
        Assert.Equal(
            "/usr/lib/guestfs-bundle/loader/ld.so\n", Command.Run("readlink", Path.Combine(rootfs, "lib64/ld-linux-x86-64.so.2")));
    }

    [Fact]
    public void Nothing_but_an_image_is_replaced_by_one()
    {
        CommandResult result = Gfs.TryRun(["bundle", "oci", Bundle, "-o", Bundle, "--program", directory.File("none")]);

        Assert.Equal(5, result.ExitCode);
        Assert.Contains("so it is not replaced", result.Error, StringComparison.Ordinal);
    }
}
