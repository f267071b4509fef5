// Formats for which not every release has a tool that makes them: written from their descriptions, and judged by what reads them.
using System.Buffers.Binary;
using System.Text;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Inspection;

public sealed class WrittenSignatureTests
{
    private const int Megabyte = 1 << 20;
    private const string Volume = "01234567-89ab-cdef-0123-456789abcdef";

    [Theory]
    [InlineData("ReIsErFs", 64)]
    [InlineData("ReIsErFs", 8)]
    [InlineData("ReIsEr2Fs", 64)]
    [InlineData("ReIsEr3Fs", 64)]
    public void Each_version_of_reiserfs_is_what_blkid_says(string magic, int at)
    {
        byte[] content = new byte[Megabyte];
        Span<byte> super = content.AsSpan(at << 10);
        BinaryPrimitives.WriteInt32LittleEndian(super, 256);
        BinaryPrimitives.WriteInt32LittleEndian(super[12..], at == 8 ? 128 : 18);
        BinaryPrimitives.WriteInt16LittleEndian(super[44..], (short)(at == 8 ? 1024 : 4096));
        Encoding.ASCII.GetBytes(magic, super[52..]);
        new Guid(Volume).ToByteArray(bigEndian: true).CopyTo(super[84..]);
        "a label"u8.CopyTo(super[100..]);
        Assert.Equal("reiserfs", Judged(content)?.Type);
    }

    [Fact]
    public void A_device_of_a_pool_of_zfs_is_what_blkid_says()
    {
        const int Size = 64 * Megabyte, Label = 256 << 10, Pairs = 16 << 10, Blocks = 128 << 10;
        byte[] pairs =
        [
            1, 1, 0, 0, .. Big(0), .. Big(1), .. Number("version", 5000), .. Text("name", "tank"), .. Number("state", 0),
            .. Number("txg", 4), .. Number("pool_guid", 17296238457610213765), .. Text("hostname", "guest"),
            .. Number("top_guid", 3), .. Number("guid", 12297829382473034410),
            .. List("vdev_tree", [.. Text("type", "disk"), .. Number("guid", 7), .. Number("ashift", 12)]),
            .. List("features_for_read", []), .. Big(0), .. Big(0),
        ];
        byte[] content = new byte[Size];
        foreach (int label in (int[])[0, Label, Size - (2 * Label), Size - Label])
        {
            pairs.CopyTo(content, label + Pairs);

            // That is what older blkid looks for.
            for (int i = 0; i < 4; i++)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(content.AsSpan(label + Blocks + (i * 4096)), 0x00bab10c);
            }
        }

        using TempDirectory directory = new();
        string image = directory.File("image");
        File.WriteAllBytes(image, content);
        BlockSignature? found = BlockSignatureTests.AssertAsBlkid(image);
        Assert.Equal("zfs_member", found?.Type);
        Assert.Equal(Command.Run("blkid", "-p", "-o", "value", "-s", "UUID_SUB", image).Trim(), found?.Identity);
    }

    [Theory]
    [InlineData("an old disc", 0, null)]
    [InlineData("", 782, "2026-01-02-03-04-05-06")]
    [InlineData("MODIFIED", 798, "2026-01-02-03-04-05-06")]
    public void A_disc_in_the_format_before_ISO_9660_is_what_blkid_says(string label, int dateAt, string? uuid)
    {
        const int Sector = 2048, Descriptor = (16 * Sector) + 8, RootAt = 20, Directory = 34, RootDirectory = Descriptor + 172;
        byte[] content = new byte[Megabyte];
        BitConverter.GetBytes(16).CopyTo(content, Descriptor - 8);
        ((byte[])[1, .. "CDROM"u8, 1]).CopyTo(content, Descriptor);
        Encoding.ASCII.GetBytes($"{label,-32}").CopyTo(content, Descriptor + 40);
        ((byte[])[0, 8, 8, 0]).CopyTo(content, Descriptor + 128);
        content.AsSpan(Descriptor + 782, 64).Fill((byte)'0');
        if (dateAt > 0)
        {
            "2026010203040506"u8.CopyTo(content.AsSpan(Descriptor + dateAt));
        }

        // The directory begins with an entry for itself.
        byte[] entry = [Directory, 0, .. Int(RootAt), .. Int(0), .. Int(Sector), .. Int(0), .. new byte[14], 1, 0];
        entry.CopyTo(content, RootDirectory);
        entry.CopyTo(content, RootAt * Sector);

        using TempDirectory directory = new();
        string image = directory.File("image");
        File.WriteAllBytes(image, content);
        ImageReader reader = new(content);
        BlockSignature? found = BlockSignature.Find(reader, reader.Start);
        Assert.Equal(("iso9660", uuid), (found?.Type, found?.Uuid));

        // blkid before 2.40 does not look for the date.
        Assert.Equal("iso9660", Says("TYPE"));
        Assert.Equal(Says("LABEL"), found?.Label ?? "");
        Assert.Contains(Says("UUID"), (string?[])["", uuid]);

        string Says(string tag) => Command.TryRun("blkid", ["-p", "-o", "value", "-s", tag, image]).Output.TrimEnd('\n');
    }

    // What describes a volume may be gone, or lie: then it is known for what it is, without names.
    [Fact]
    public void A_damaged_volume_of_BitLocker_is_still_one()
    {
        Random random = new(1);
        byte[] whole = BitLocker(false);
        for (int round = 0; round < Soak.Rounds(200, 25); round++)
        {
            byte[] content = [.. whole];
            byte[] part = new byte[random.Next(1, 12)];
            random.NextBytes(part);
            part.CopyTo(content.AsSpan(random.Next(2) == 0 ? 176 + random.Next(20) : Megabyte + random.Next(150)));
            ImageReader reader = new(content);
            Assert.Equal("BitLocker", BlockSignature.Find(reader, reader.Start)?.Type);
        }
    }

    private static BlockSignature? Judged(byte[] content)
    {
        Command.Require("blkid");
        using TempDirectory directory = new();
        File.WriteAllBytes(directory.File("image"), content);
        return BlockSignatureTests.AssertAsBlkid(directory.File("image"));
    }

    private static byte[] BitLocker(bool isStick)
    {
        byte[] content = new byte[4 * Megabyte];
        ((byte[])[0xeb, 0x58, 0x90, .. isStick ? "MSWIN4.1"u8 : "-FVE-FS-"u8, 0, 2, 8]).CopyTo(content, 0);
        ((byte[])[0x55, 0xaa]).CopyTo(content, 510);
        byte[] places = [.. Long(Megabyte), .. Long(2 * Megabyte), .. Long(3 * Megabyte)];
        new Guid("4967d63b-2e29-4ad8-8399-f6a339e3d001").ToByteArray().CopyTo(content, isStick ? 424 : 160);
        places.CopyTo(content, isStick ? 440 : 176);

        const ushort AesXts = 0x8004, Passphrase = 0x2000;
        byte[] key = Entry(0, 5, new byte[72]);
        byte[] salted = Entry(0, 3, [0, 0x10, 0, 0, .. new byte[16], .. key]);
        byte[] entries =
        [
            .. Entry(7, 2, Encoding.Unicode.GetBytes("GÄST C: 1/2/2026\0")),
            .. Entry(2, 8, [.. new byte[26], .. Short(Passphrase), .. salted, .. key]),
            .. Entry(3, 5, new byte[72]),
        ];
        byte[] header =
        [
            .. Int(48 + entries.Length), .. Int(1), .. Int(48), .. Int(48 + entries.Length), .. new Guid(Volume).ToByteArray(), .. Int(1),
            .. Short(AesXts), 0, 0, .. Long(132000000000000000),
        ];
        byte[] block = [.. "-FVE-FS-"u8, 0, 0, 2, 0, 4, 0, 4, 0, .. Long(content.Length), .. Long(0), .. places, .. Long(0)];
        for (int copy = 1; copy <= 3; copy++)
        {
            ((byte[])[.. block, .. header, .. entries]).CopyTo(content, copy * Megabyte);
        }

        return content;
    }

    private static byte[] Entry(ushort type, ushort value, byte[] data) =>
        [.. Short((ushort)(8 + data.Length)), .. Short(type), .. Short(value), 1, 0, .. data];

    private static byte[] Number(string name, ulong value) => Pair(name, 8, [.. Big((uint)(value >> 32)), .. Big((uint)value)]);

    private static byte[] Text(string name, string value) => Pair(name, 9, [.. Big((uint)value.Length), .. Padded(value)]);

    private static byte[] List(string name, byte[] pairs) => Pair(name, 19, [.. Big(0), .. Big(1), .. pairs, .. Big(0), .. Big(0)]);

    private static byte[] Pair(string name, uint type, byte[] value)
    {
        byte[] pair = [.. Big((uint)name.Length), .. Padded(name), .. Big(type), .. Big(1), .. value];
        return [.. Big((uint)pair.Length + 8), .. Big((uint)pair.Length + 40), .. pair];
    }

    private static byte[] Padded(string text) => [.. Encoding.ASCII.GetBytes(text), .. new byte[-text.Length & 3]];

    private static byte[] Big(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] Short(ushort value) => BitConverter.GetBytes(value);

    private static byte[] Int(int value) => BitConverter.GetBytes(value);

    private static byte[] Long(long value) => BitConverter.GetBytes(value);
}
