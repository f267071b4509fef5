// Decompression against gzip, xz and zstd.
using System.IO.Compression;

using Guestfs.Appliances.Archives;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Archives;

public sealed class CompressionTests
{
    [Theory]
    [InlineData("cat")]
    [InlineData("gzip -1")]
    [InlineData("xz -0")]
    [InlineData("xz -9e --check=sha256")]
    [InlineData("xz -T2 --block-size=100000 --check=crc32")]
    [InlineData("xz --x86 --lzma2=preset=6 --check=none")]
    [InlineData("zstd -19")]
    [InlineData("zstd -1 --no-check; printf more | zstd")]
    public void What_the_real_programs_pack_is_unpacked(string packer)
    {
        ArgumentNullException.ThrowIfNull(packer);
        Command.Require("gzip", "xz", "zstd");
        using TempDirectory directory = new();
        Command.Run("sh", "-c", $"cd '{directory.Path}'; (head -c 700000 /dev/urandom; seq 100000) > plain; ({packer}) < plain > packed");
        byte[] expected = File.ReadAllBytes(directory.File("plain"));
        byte[] suffix = packer.Contains("more", StringComparison.Ordinal) ? "more"u8.ToArray() : [];
        Assert.Equal([.. expected, .. suffix], Unpack(File.ReadAllBytes(directory.File("packed")), 10 << 20));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("xz")]
    [InlineData("zstd")]
    public void Truncated_and_mutated_data_and_bombs_are_refused(string packer)
    {
        Command.Require(packer);
        using TempDirectory directory = new();
        Command.Run("sh", "-c", $"cd '{directory.Path}'; seq 20000 | {packer} > packed; head -c 300M /dev/zero | {packer} > bomb");
        byte[] packed = File.ReadAllBytes(directory.File("packed"));
        Assert.All([packed.Length - 1, packed.Length - 9, packed.Length / 2, 20], length => Refused(packed[..length]));
        byte[] changed = [.. packed];
        changed[packed.Length / 2] ^= 0x10;
        Refused(changed);

        byte[] bomb = File.ReadAllBytes(directory.File("bomb"));
        Assert.True(bomb.Length < 1 << 20);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused(bomb);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100 << 20);
    }

    [Fact]
    public void Data_after_a_gzip_or_xz_stream_is_not_lost_without_a_word()
    {
        Command.Require("gzip", "xz");
        using TempDirectory directory = new();
        Command.Run(
            "sh",
            "-c",
            $"cd '{directory.Path}'; (echo a | xz; echo b | xz) > packed; (echo a | xz; head -c 8 /dev/zero) > padded; (echo a | gzip; "
            + "echo bc | gzip) > gzips");
        Refused(File.ReadAllBytes(directory.File("gzips")));
        Refused(File.ReadAllBytes(directory.File("packed")));
        Assert.Equal("a\n"u8.ToArray(), Unpack(File.ReadAllBytes(directory.File("padded")), 100));
    }

    [Fact]
    public void A_dictionary_that_would_fill_the_memory_is_refused_before_it_is_allocated()
    {
        Command.Require("xz");
        using TempDirectory directory = new();
        Command.Run("sh", "-c", $"echo a | xz -T1 > '{directory.File("packed")}'");
        byte[] packed = File.ReadAllBytes(directory.File("packed"));

        // The block header: size, flags, filter 0x21 with one byte: the dictionary; then padding and a checksum.
        Assert.Equal([0x02, 0x00, 0x21, 0x01], packed[12..16]);
        packed[16] = 37;
        Crc32(packed[12..20]).CopyTo(packed, 20);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused(packed);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    // gzip ends with the same checksum, and the length.
    private static byte[] Crc32(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray()[^8..^4];
    }

    private static void Refused(byte[] packed) =>
        Assert.Equal(ApplianceProblem.InvalidArchive, Assert.Throws<ApplianceException>(() => Unpack(packed, 1 << 20)).Problem);

    private static byte[] Unpack(byte[] packed, long limit)
    {
        using MemoryStream source = new(packed);
        using Stream unpacked = Compression.Unpack(source, "test", limit);
        using MemoryStream bytes = new();
        unpacked.CopyTo(bytes);
        return bytes.ToArray();
    }
}
