// What is recognised on a device, beside blkid, on images that each filesystem's own tools make.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Inspection;

public sealed class BlockSignatureTests
{
    private const int Megabyte = 1 << 20;

    [Theory]
    [InlineData(8, "mkfs.ext2", "-q", "-L", "first")]
    [InlineData(8, "mkfs.ext2", "-q", "-j")]
    [InlineData(8, "mkfs.ext4", "-q", "-L", "größe", "-b", "1024")]
    [InlineData(8, "mkfs.ext4", "-q", "-O", "^has_journal")]
    [InlineData(8, "mkfs.ext4", "-q", "-b", "4096", "-O", "journal_dev")]
    [InlineData(320, "mkfs.xfs", "-q", "-L", "an xfs")]
    [InlineData(128, "mkfs.btrfs", "-q", "-L", "b")]
    [InlineData(64, "mkfs.f2fs", "-q", "-l", "flash")]
    [InlineData(8, "mkfs.ntfs", "-q", "-F", "-s", "512", "-p", "0", "-H", "1", "-S", "1")]
    [InlineData(8, "mkfs.exfat")]
    [InlineData(2, "mkfs.vfat", "-n", "SMALL")]
    [InlineData(16, "mkfs.vfat", "-F", "16")]
    [InlineData(64, "mkfs.vfat", "-F", "32", "-n", "EFI", "-S", "512")]
    [InlineData(64, "mkfs.vfat", "-F", "32", "-S", "4096")]
    [InlineData(8, "mkswap", "-L", "pages")]
    [InlineData(8, "mkswap", "-p", "16384")]
    [InlineData(4, "mkfs.minix", "-3")]
    [InlineData(4, "mkfs.minix", "-1")]
    [InlineData(16, "mkfs.jfs", "-q", "-L", "journalled")]
    [InlineData(8, "mkfs.nilfs2", "-q", "-b", "1024", "-B", "16", "-L", "logs")]
    [InlineData(8, "mkudffs", "--utf8", "--label=größe", "--uuid=0123456789abcdef", "--blocksize=512")]
    [InlineData(8, "mkudffs", "--utf8", "--label=\u0416 wide", "--fullvsid=0123456789ABCDEF and more", "--media-type=dvdram")]
    [InlineData(8, "mkudffs", "--utf8", "--label= spaces ", "--fullvsid=89abcdef not digits", "--blocksize=4096")]
    [InlineData(8, "mkudffs", "--utf8", "--fullvsid=größer", "--blocksize=1024", "--media-type=hd")]
    [InlineData(8, "mkudffs", "--fullvsid=short", "--media-type=cdrw")]
    [InlineData(8, "make-bcache", "-B")]
    [InlineData(16, "make-bcache", "-C", "-b", "64k")]
    [InlineData(16, "cryptsetup", "luksFormat", "-q", "--type", "luks1", "--pbkdf-force-iterations", "1000")]
    [InlineData(32, "cryptsetup", "luksFormat", "-q", "--type", "luks2", "--pbkdf", "pbkdf2", "--pbkdf-force-iterations", "1000", "--label",
        "secret")]
    public void What_mkfs_made_is_what_blkid_says(int megabytes, string program, params string[] options)
    {
        Command.Require(program, "blkid", "sh");
        using TempDirectory directory = new();
        string image = directory.File("image");
        Sparse(image, megabytes);
        Command.Run("sh", ["-c", "echo passphrase | \"$@\"", "sh", program, .. options, image]);
        BlockSignature? found = AssertAsBlkid(image);
        Assert.NotNull(found);
    }

    [Fact]
    public void An_archive_that_is_a_filesystem_is_what_blkid_says()
    {
        Command.Require("mksquashfs", "blkid");
        using TempDirectory directory = new();
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(directory.File("files")).FullName, "file"), "content");
        Command.Run("mksquashfs", directory.File("files"), directory.File("squash"), "-quiet", "-no-progress");
        Assert.Equal("squashfs", AssertAsBlkid(directory.File("squash"))?.Type);
    }

    [Theory]
    [InlineData("A_DISC")]
    [InlineData("a disc", "-J")]
    [InlineData("A name of more than 16 letters", "-J", "-r")]
    [InlineData("größer als sechzehn", "-J", "-input-charset", "utf-8")]
    [InlineData("under_score", "-J", "-joliet-long")]
    [InlineData("a bridge", "-udf")]
    [InlineData("both of them", "-udf", "-J", "-r")]
    [InlineData("")]
    public void A_disc_is_what_blkid_says(string label, params string[] options)
    {
        Command.Require("genisoimage", "blkid");
        using TempDirectory directory = new();
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(directory.File("files")).FullName, "file"), "content");
        Command.Run("genisoimage", ["-quiet", .. options, "-V", label, "-o", directory.File("disc"), directory.File("files")]);
        Assert.Equal(options.Contains("-udf") ? "udf" : "iso9660", AssertAsBlkid(directory.File("disc"))?.Type);
    }

    [Theory]
    [InlineData("zeros")]
    [InlineData("ones")]
    [InlineData("empty")]
    public void What_has_no_signature_has_none_for_blkid_either(string kind)
    {
        Command.Require("blkid");
        using TempDirectory directory = new();
        byte[] content = new byte[kind == "empty" ? 0 : Megabyte];
        content.AsSpan().Fill(kind == "ones" ? (byte)0xff : (byte)0);
        File.WriteAllBytes(directory.File("image"), content);
        Assert.Null(AssertAsBlkid(directory.File("image")));
    }

    [Fact]
    public void Damage_never_ends_in_an_exception()
    {
        Random random = new(1);
        byte[][] starts = [.. Marks().Select(mark => (byte[])[.. mark, .. new byte[(130 << 10) - mark.Length]])];
        int found = 0;
        for (int round = 0; round < Soak.Rounds(2000, 25); round++)
        {
            byte[] content = [.. starts[round % starts.Length]];
            for (int i = 0; i < random.Next(1, 12); i++)
            {
                byte[] part = new byte[random.Next(1, 16)];
                random.NextBytes(part);
                part.CopyTo(content.AsSpan(random.Next((i % 2 == 0 ? 2048 : content.Length) - part.Length)));
            }

            byte[] cut = content[..(round % 3 == 0 ? random.Next(content.Length) : content.Length)];
            ImageReader reader = new(cut);
            found += BlockSignature.Find(reader, reader.Start) is null ? 0 : 1;
            _ = PartitionTable.Read(reader);
        }

        Assert.InRange(found, 1, int.MaxValue);
    }

    // Where the mark of each is that says the rest may be read.
    private static IEnumerable<byte[]> Marks()
    {
        yield return Mark("XFSB"u8, 0);
        yield return Mark([0x53, 0xef], 1024 + 0x38);
        yield return Mark("_BHRfS_M"u8, 65536 + 0x40);
        yield return Mark([0x10, 0x20, 0xf5, 0xf2], 1024);
        yield return Mark([0xfc, 0x4e, 0x2b, 0xa9, 1, 0, 0, 0], 0);
        yield return Mark([.. "LABELONE"u8, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 32, 0, 0, 0, .. "LVM2 001"u8], 512);
        yield return Mark([.. "LUKS"u8, 0xba, 0xbe, 0, 2], 0);
        yield return Mark("NTFS    "u8, 3);
        yield return Mark([1, .. "CD001"u8], 32768);
        yield return Udf();
        yield return Mark([0xeb, 0x3c, 0x90, .. "mkfs.fat"u8, 0, 2, 4, 4, 0, 2, 0, 2, 0, 0, 0xf8, 0, 1], 0);
        yield return Mark(
            [0xeb, 0x3c, 0x90, .. "mkfs.fat"u8, 0, 2, 4, 4, 0, 2, 0, 0, 0, 0, 0xf8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            0);
        yield return Mark("S1SUSPEND"u8, 4086);
        yield return Mark([0x55, 0xaa], 510);

        static byte[] Mark(ReadOnlySpan<byte> mark, int at)
        {
            byte[] bytes = new byte[at + mark.Length];
            mark.CopyTo(bytes.AsSpan(at));
            return bytes;
        }
    }

    // In blocks of 512 bytes, with its descriptors where the damage is.
    private static byte[] Udf()
    {
        byte[] bytes = new byte[(257 * 512) + 20];
        "NSR02"u8.CopyTo(bytes.AsSpan(32769));
        Tag(256, 2);
        BitConverter.GetBytes(512 * 64).CopyTo(bytes, (256 * 512) + 16);
        BitConverter.GetBytes(1).CopyTo(bytes, (256 * 512) + 20);
        Tag(1, 1);
        Tag(2, 6);
        foreach (int charset in (int[])[512 + 200, 1024 + 20])
        {
            "OSTA Compressed Unicode"u8.CopyTo(bytes.AsSpan(charset + 1));
        }

        "*OSTA UDF Compliant"u8.CopyTo(bytes.AsSpan(1024 + 217));
        (bytes[512 + 72], bytes[512 + 199], bytes[1024 + 84], bytes[1024 + 211]) = (8, 20, 16, 20);
        return bytes;

        void Tag(int block, byte type) => (bytes[block * 512], bytes[(block * 512) + 12], bytes[(block * 512) + 13]) =
            (type, (byte)block, (byte)(block >> 8));
    }

    private static void Sparse(string image, int megabytes)
    {
        using FileStream file = File.Create(image);
        file.SetLength((long)megabytes * Megabyte);
    }

    internal static BlockSignature? AssertAsBlkid(string image)
    {
        ImageReader reader = new(File.ReadAllBytes(image));
        BlockSignature? found = BlockSignature.Find(reader, reader.Start);
        CommandResult judge = Command.TryRun("blkid", ["-p", "-o", "export", image]);
        Dictionary<string, string> says = judge.Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        Assert.Equal(says.GetValueOrDefault("TYPE"), found?.Type);

        // Of BitLocker blkid knows no more.
        if (found?.Type != "BitLocker")
        {
            Assert.Equal(says.GetValueOrDefault(found?.Type == "jbd" ? "LOGUUID" : "UUID"), found?.Uuid);
            string label = Command.TryRun("blkid", ["-p", "-o", "value", "-s", "LABEL", image]).Output.TrimEnd('\n');
            Assert.Equal(label, found?.Label ?? "");
        }

        return found;
    }
}
