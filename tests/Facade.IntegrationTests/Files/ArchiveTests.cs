// Archives into the guest, made by the host's tar, and out of it, read by the host's programs.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Files;

[Collection(nameof(FilesAppliance))]
public sealed class ArchiveTests(FilesAppliance appliance) : IDisposable
{
    private readonly GuestfsHandle g = appliance.Guestfs;
    private readonly string directory = appliance.NewDirectory();
    private readonly TempDirectory host = new();

    /// <inheritdoc/>
    public void Dispose() => host.Dispose();

    [Theory]
    [InlineData(null, "")]
    [InlineData("gzip", "--gzip")]
    [InlineData("bzip2", "--bzip2")]
    [InlineData("xz", "--xz")]
    public void A_tar_file_goes_in_and_out_again(string? compression, string option)
    {
        if (compression is not null)
        {
            Command.Require(compression);
        }

        string[] options = option.Length > 0 ? [option] : [];
        string tree = Tree();
        string archive = host.File("in.tar");
        Command.Run("tar", ["-C", tree, .. options, "-cf", archive, "."]);
        g.TarIn(archive, directory, new TarInOptions { Compress = compression });
        Assert.Equal("größer\n", appliance.Debugfs($"cat \"{directory}/sub/ä file\""));
        Assert.Contains("Fast link dest: \"sub\"", appliance.Debugfs($"stat {directory}/link"), StringComparison.Ordinal);

        string back = host.File("out.tar");
        g.TarOut(directory, back, new TarOutOptions { Compress = compression, NumericOwner = true, Excludes = ["*.tmp"] });
        string unpacked = Directory.CreateDirectory(host.File("unpacked")).FullName;
        Command.Run("tar", [.. options, "-C", unpacked, "-xf", back]);
        File.Delete(Path.Combine(tree, "excluded.tmp"));
        Command.Run("diff", "-r", "--no-dereference", tree, unpacked);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(unpacked, "script")));
    }

    [Fact]
    public void Extended_attributes_and_access_lists_go_along_when_asked_for()
    {
        string file = directory + "/file";
        g.Touch(file);
        g.Setxattr("user.kept", "value", 5, file);
        g.AclSetFile(file, "access", "u::rw-,u:1234:r--,g::r--,m::r--,o::---");
        string with = host.File("with.tar");
        string without = host.File("without.tar");
        g.TarOut(directory, with, new TarOutOptions { Xattrs = true, Acls = true });
        g.TarOut(directory, without);
        string listing = Command.Run("tar", "--xattrs", "--acls", "-tvvf", with);
        Assert.Contains("user.kept", listing, StringComparison.Ordinal);
        Assert.Contains("1234:r--", listing, StringComparison.Ordinal);
        Assert.DoesNotContain("user.kept", Command.Run("tar", "--xattrs", "-tvvf", without), StringComparison.Ordinal);

        string target = appliance.NewDirectory();
        g.TarIn(with, target, new TarInOptions { Xattrs = true, Acls = true });
        string attributes = appliance.Debugfs($"ea_list {target}/file");
        Assert.Contains("user.kept (5) = \"value\"", attributes, StringComparison.Ordinal);
        Assert.Contains("system.posix_acl_access", attributes, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_archive_is_an_error_and_the_next_one_is_read()
    {
        string broken = host.File("broken.tar");
        File.WriteAllText(broken, new string('x', 100_000));
        GuestfsException error = Assert.Throws<GuestfsException>(() => g.TarIn(broken, directory));
        Assert.Equal("tar_in", error.Operation);
        Assert.Contains("tar", error.Message, StringComparison.Ordinal);

        string good = host.File("good.tar");
        Command.Run("tar", "-C", Tree(), "-cf", good, ".");
        g.TarIn(good, directory);
        Assert.Equal("größer\n", appliance.Debugfs($"cat \"{directory}/sub/ä file\""));
    }

    [Fact]
    public void Directories_are_copied_in_and_out_with_their_content()
    {
        string tree = Tree();
        g.CopyIn(tree, directory);
        Assert.Equal("größer\n", appliance.Debugfs($"cat \"{directory}/tree/sub/ä file\""));
        string target = Directory.CreateDirectory(host.File("target")).FullName;
        g.CopyOut(directory + "/tree", target);
        Command.Run("diff", "-r", "--no-dereference", tree, Path.Combine(target, "tree"));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("bzip2")]
    [InlineData("xz")]
    public void A_file_comes_out_compressed_as_the_hosts_program_reads_it(string program)
    {
        Command.Require(program);
        byte[] content = new byte[200_000];
        new Random(3).NextBytes(content.AsSpan(0, 1000));
        appliance.Upload(directory + "/plain", content);
        string packed = host.File("packed");
        g.CompressOut(program, directory + "/plain", packed, new CompressOutOptions { Level = 9 });
        Assert.True(new FileInfo(packed).Length < 10_000);
        string plain = host.File("plain");
        Command.Run("sh", "-c", $"{program} -dc < {packed} > {plain}");
        Assert.Equal(content, File.ReadAllBytes(plain));
    }

    [Fact]
    public void A_cpio_archive_and_a_squashfs_image_hold_the_tree()
    {
        string tree = Tree();
        g.CopyIn(tree, directory);
        string cpio = host.File("out.cpio");
        g.CpioOut(directory + "/tree", cpio, new CpioOutOptions { Format = "newc" });
        Assert.Equal("070701", System.Text.Encoding.ASCII.GetString(File.ReadAllBytes(cpio).AsSpan(0, 6)));
        Assert.StartsWith("ASCII cpio archive (SVR4 with no CRC)", Command.Run("file", "-b", cpio), StringComparison.Ordinal);

        if (g.FeatureAvailable(["squashfs"]))
        {
            Command.Require("unsquashfs");
            string squash = host.File("out.squashfs");
            g.Mksquashfs(directory + "/tree", squash);
            string unpacked = host.File("unsquashed");
            Command.Run("unsquashfs", "-d", unpacked, squash);
            Command.Run("diff", "-r", "--no-dereference", tree, unpacked);
        }
    }

    private string Tree()
    {
        string tree = Directory.CreateDirectory(host.File("tree")).FullName;
        string sub = Directory.CreateDirectory(Path.Combine(tree, "sub")).FullName;
        File.WriteAllText(Path.Combine(sub, "ä file"), "größer\n");
        File.WriteAllBytes(Path.Combine(tree, "zeros"), new byte[70_000]);
        File.WriteAllText(Path.Combine(tree, "excluded.tmp"), "");
        File.WriteAllText(Path.Combine(tree, "script"), "#!/bin/sh\n");
        File.SetUnixFileMode(Path.Combine(tree, "script"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(Path.Combine(tree, "link"), "sub");
        return tree;
    }
}
