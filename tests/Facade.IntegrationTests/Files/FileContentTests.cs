// What is written into guest files and read from them, which debugfs on the host reads from the image.
using System.Text;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Files;

[Collection(nameof(FilesAppliance))]
public sealed class FileContentTests(FilesAppliance appliance)
{
    private readonly GuestfsHandle g = appliance.Guestfs;
    private readonly string directory = appliance.NewDirectory();

    [Fact]
    public void Every_byte_value_is_written_appended_and_read()
    {
        string file = directory + "/bytes";
        byte[] content = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];
        g.Write(file, content);
        Assert.Equal(content, appliance.ReadOnHost(file));
        Assert.Equal(content, g.ReadFile(file));

        g.WriteAppend(file, [0, 255, 10]);
        Assert.Equal([.. content, 0, 255, 10], appliance.ReadOnHost(file));
        Assert.Equal(1003, g.Filesize(file));

        g.Write(file, []);
        Assert.Empty(appliance.ReadOnHost(file));
        Assert.Empty(g.ReadFile(file));
    }

    [Fact]
    public void Parts_of_a_file_are_written_and_read_at_offsets()
    {
        string file = directory + "/parts";
        g.Write(file, "0123456789"u8);
        Assert.Equal(3, g.Pwrite(file, "abc"u8, 4));
        Assert.Equal(2, g.Pwrite(file, "ZZ"u8, 12));
        byte[] onHost = appliance.ReadOnHost(file);
        Assert.Equal("0123abc789\0\0ZZ"u8.ToArray(), onHost);
        Assert.Equal(onHost[3..9], g.Pread(file, 6, 3));
        Assert.Equal(onHost[10..], g.Pread(file, 100, 10));
        Assert.Empty(g.Pread(file, 10, 100));
    }

    [Fact]
    public void Files_are_uploaded_and_downloaded_whole_and_in_part()
    {
        byte[] content = new byte[3_000_017];
        new Random(1).NextBytes(content);
        string guest = directory + "/upload";
        string host = appliance.Upload(guest, content);
        string sum = Command.Run("sha256sum", host)[..64];
        Assert.Equal(content, appliance.ReadOnHost(guest));

        string copy = appliance.HostFile("download");
        g.Download(guest, copy);
        Assert.Equal(sum, Command.Run("sha256sum", copy)[..64]);
        g.DownloadOffset(guest, copy, 1_000_000, 12345);
        Assert.Equal(content[1_000_000..1_012_345], File.ReadAllBytes(copy));

        g.UploadOffset(copy, guest, 2_000_000);
        content.AsSpan(1_000_000, 12345).CopyTo(content.AsSpan(2_000_000));
        Assert.Equal(content, appliance.ReadOnHost(guest));
        File.Delete(copy);
    }

    [Fact]
    public void An_upload_of_a_missing_host_file_fails_and_leaves_the_connection_usable()
    {
        string missing = appliance.HostFile("missing");
        GuestfsException error = Assert.Throws<GuestfsException>(() => g.Upload(missing, directory + "/x"));
        Assert.Equal(("upload", 2), (error.Operation, error.Errno));
        Assert.Contains(missing, error.Message, StringComparison.Ordinal);
        GuestfsException noGuest = Assert.Throws<GuestfsException>(() => g.Download(directory + "/nowhere", appliance.HostFile("unused")));
        Assert.Equal(("download", 2), (noGuest.Operation, noGuest.Errno));
        g.Write(directory + "/still", "alive"u8);
        Assert.Equal("alive", appliance.Debugfs($"cat {directory}/still"));
    }

    [Fact]
    public void Files_are_copied_in_part_and_whole()
    {
        string source = directory + "/source";
        string target = directory + "/target";
        byte[] content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 2000).Select(i => $"{i:D5} ")));
        g.Write(source, content);
        g.CopyFileToFile(source, target, new CopyFileToFileOptions { SrcOffset = 600, Size = 1200, DestOffset = 12 });
        Assert.Equal([.. new byte[12], .. content[600..1800]], appliance.ReadOnHost(target));
        g.CopyFileToFile(source, target, new CopyFileToFileOptions { Size = 6, Append = true });
        Assert.Equal([.. new byte[12], .. content[600..1800], .. content[..6]], appliance.ReadOnHost(target));

        g.Cp(source, target);
        Assert.Equal(content, appliance.ReadOnHost(target));
        Assert.True(g.Equal(source, target));
        g.Mv(target, directory + "/moved");
        g.Rename(directory + "/moved", directory + "/renamed");
        Assert.Equal(content, appliance.ReadOnHost(directory + "/renamed"));
        Assert.False(g.Exists(target));
    }

    [Fact]
    public void Holes_are_made_and_filled_as_the_inode_shows()
    {
        string file = directory + "/holes";
        g.Touch(file);
        g.TruncateSize(file, 10L << 20);
        (long size, long blocks) = Inode(file);
        Assert.Equal((10L << 20, 0L), (size, blocks));
        Assert.Equal((size, blocks), (g.Statns(file).Size, g.Statns(file).Blocks));
        Assert.True(g.IsZero(file));

        g.Pwrite(file, "x"u8, 5 << 20);
        Assert.Equal((10L << 20, 8L), Inode(file));
        Assert.False(g.IsZero(file));

        g.Fallocate64(file, 10L << 20);
        Assert.Equal((10L << 20, 20480L), Inode(file));
        Assert.Equal(20480, g.Stat(file).Blocks);
        g.Truncate(file);
        Assert.Equal((0L, 0L), Inode(file));

        g.Fill('q', 1000, directory + "/fill");
        Assert.Equal(Enumerable.Repeat((byte)'q', 1000), appliance.ReadOnHost(directory + "/fill"));
        g.FillPattern("ab1", 10, directory + "/pattern");
        Assert.Equal("ab1ab1ab1a"u8.ToArray(), appliance.ReadOnHost(directory + "/pattern"));

        (long Size, long Blocks) Inode(string path)
        {
            string inode = appliance.Debugfs($"stat {path}");
            return (Number(inode, @"Size: (\d+)"), Number(inode, @"Blockcount: (\d+)"));
        }

        static long Number(string text, string pattern) =>
            long.Parse(System.Text.RegularExpressions.Regex.Match(text, pattern).Groups[1].Value,
                System.Globalization.CultureInfo.InvariantCulture);
    }

    // Which functions are limited to one message, and how long that may be, depends on the version.
    [Fact]
    public void Content_beyond_the_protocols_limit_is_transferred_whole_or_refused_and_nothing_breaks()
    {
        const int size = 5 << 20;
        string file = directory + "/large";
        g.FillPattern("0123456789abcdef", size, file);
        byte[] content = appliance.ReadOnHost(file);
        Assert.Equal(size, content.Length);
        Done("read_file", () => Assert.True(content.AsSpan().SequenceEqual(g.ReadFile(file))));

        content.AsSpan().Reverse();
        if (Done("write", () => g.Write(file, content)))
        {
            Assert.True(content.AsSpan().SequenceEqual(appliance.ReadOnHost(file)));
        }

        g.Write(file, "small"u8);
        Assert.Equal("small", appliance.Debugfs($"cat {file}"));

        static bool Done(string operation, Action action)
        {
            try
            {
                action();
                return true;
            }
            catch (GuestfsException error)
            {
                Assert.Equal(operation, error.Operation);
                Assert.NotEmpty(error.Message);
                return false;
            }
        }
    }

    [Fact]
    public void Base64_goes_in_and_out_as_the_hosts_base64_encodes_it()
    {
        byte[] content = new byte[100_003];
        new Random(2).NextBytes(content);
        string host = appliance.HostFile("plain");
        string encoded = appliance.HostFile("encoded");
        File.WriteAllBytes(host, content);
        File.WriteAllText(encoded, Command.Run("base64", host));
        g.Base64In(encoded, directory + "/decoded");
        Assert.Equal(content, appliance.ReadOnHost(directory + "/decoded"));

        string back = appliance.HostFile("back");
        g.Base64Out(directory + "/decoded", back);
        Assert.Equal(File.ReadAllText(encoded).ReplaceLineEndings(""), File.ReadAllText(back).ReplaceLineEndings(""));
    }
}
