// What must be assembled before it can be looked into: the fast appliance's init and this library look for the same marks, each in its own
// language, and are judged by each other and by blkid.
using System.Buffers.Binary;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Inspection;

public sealed class AssembledSignatureTests
{
    private const int Size = 4 << 20;
    private const int Sector = 512;
    private const int OldRaid = (Size & ~65535) - 65536;
    private const uint RaidMagic = 0xa92b4efc;

    [Fact]
    public void The_fast_init_and_inspection_see_the_same()
    {
        Command.Require("gcc", "blkid", "sfdisk", "sh");
        using TempDirectory directory = new();
        string program = directory.File("signatures");
        string native = Path.Combine(Repository.Root, "native/guest/appliance-init");
        Command.Run("gcc", "-O1", "-o", program, Path.Combine(Repository.Root, "tests/Support/c/signatures.c"),
            Path.Combine(native, "fast/path.c"), Path.Combine(native, "file.c"), Path.Combine(native, "text.c"));

        List<string> images = [];
        foreach (byte[] content in Made())
        {
            images.Add(directory.File($"image{images.Count}"));
            File.WriteAllBytes(images[^1], content);
        }

        foreach (string label in (string[])
            [
                "label: dos\n,64KiB,42\n", "label: dos\n,64KiB,83\n", "label: gpt\nsize=64KiB, type=AF9B60A0-1431-4F62-BC68-3311714A69AD\n",
                "label: gpt\nsize=64KiB, type=5808C8AA-7E8F-42E0-85D2-E1E90434CFB3\n", "label: gpt\nsize=64KiB\n",
            ])
        {
            images.Add(directory.File($"image{images.Count}"));
            File.WriteAllBytes(images[^1], new byte[Size]);
            Command.Run("sh", "-c", $"printf '%s' '{label}' | sfdisk -q {images[^1]}");
        }

        string[] seen = Command.Run(program, [.. images.Select(i => "../" + i.TrimStart('/'))]).Split('\n')[..images.Count];
        Assert.Equal(images.Select(Kinds), seen);
        Assert.Equal(9, seen.Count(s => s == "raid "));
        Assert.Equal(4, seen.Count(s => s == "dynamic "));
        Assert.Equal(4, seen.Count(s => s == "lvm "));

        // Of DDF older blkid tells more, and newer wants more than the header.
        foreach (string image in images.Where((_, i) => seen[i] is "raid " or "lvm "))
        {
            ImageReader reader = new(File.ReadAllBytes(image));
            if (BlockSignature.Find(reader, reader.Start)?.Type == "ddf_raid_member")
            {
                Assert.Contains(
                    Command.TryRun("blkid", ["-p", "-o", "value", "-s", "TYPE", image]).Output.Trim(), (string[])["", "ddf_raid_member"]);
            }
            else
            {
                BlockSignatureTests.AssertAsBlkid(image);
            }
        }
    }

    private static string Kinds(string image)
    {
        ImageReader reader = new(File.ReadAllBytes(image));
        string? type = BlockSignature.Find(reader, reader.Start)?.Type;
        return type switch
        {
            "LVM2_member" => "lvm ",
            "linux_raid_member" or "ddf_raid_member" or "isw_raid_member" => "raid ",
            "bcache" => "other ",
            _ => PartitionTable.Read(reader) is { IsDynamic: true } || ContainerSignatures.IsDynamic(reader.Start) ? "dynamic " : "",
        };
    }

    private static IEnumerable<byte[]> Made()
    {
        // md of the versions 1.1, 1.2 and 1.0, and 0.90 of both byte orders and both lengths of its UUID.
        yield return Md1(0);
        yield return Md1(4096);
        yield return Md1((Size - 8192) & ~4095);
        yield return Md0(little: true, minor: 90);
        yield return Md0(little: true, minor: 91);
        yield return Md0(little: false, minor: 90);
        yield return With("Intel Raid ISM Cfg Sig. 1.3.00"u8, Size - (2 * Sector));
        yield return With([0xde, 0x11, 0xde, 0x11, 0, 0, 0, 0, .. "01.02.00"u8], Size - Sector);
        yield return With([0x11, 0xde, 0x11, 0xde, 0, 0, 0, 0, .. "01.02.00"u8], Size - Sector);

        for (byte sector = 0; sector < 4; sector++)
        {
            yield return With(Label(sector), sector * Sector);
        }

        yield return With("PRIVHEAD"u8, 6 * Sector);
        yield return With(
            [0xc6, 0x85, 0x73, 0xf6, 0x4e, 0x1a, 0x45, 0xca, 0x82, 0x65, 0xf5, 0x7f, 0x48, 0xba, 0x6d, 0x81], 4096 + 24);
        yield return new byte[Size];
    }

    // Its sum is LVM's own: CRC-32 with another beginning, and not inverted.
    private static byte[] Label(byte sector)
    {
        byte[] block = new byte[Sector];
        ((byte[])
        [
            .. "LABELONE"u8, sector, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 32, 0, 0, 0, .. "LVM2 001"u8,
            .. "abcdefghijklmnopqrstuvwxyz012345"u8,
        ]).CopyTo(block, 0);
        uint sum = 0xf597a6cf;
        for (int i = 20; i < Sector; i++)
        {
            sum ^= block[i];
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum >> 1) ^ (0xedb88320 & (0 - (sum & 1)));
            }
        }

        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(16), sum);
        return block;
    }

    private static byte[] Md1(int at)
    {
        byte[] block = new byte[256];
        BinaryPrimitives.WriteUInt32LittleEndian(block, RaidMagic);
        block[4] = 1;
        for (int i = 0; i < 16; i++)
        {
            (block[16 + i], block[168 + i]) = ((byte)(i + 1), (byte)(i + 65));
        }

        "host:name"u8.CopyTo(block.AsSpan(32));
        BinaryPrimitives.WriteUInt64LittleEndian(block.AsSpan(144), (ulong)(at / Sector));

        // Newer blkid checks the sum.
        ulong sum = 0;
        for (int i = 0; i < block.Length; i += sizeof(uint))
        {
            sum += BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(i));
        }

        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(216), (uint)sum + (uint)(sum >> 32));
        return With(block, at);
    }

    private static byte[] Md0(bool little, byte minor)
    {
        byte[] block = new byte[4096];
        Write(0, RaidMagic);
        Write(8, minor);
        Write(20, 0x01020304);
        for (int i = 0; i < 3; i++)
        {
            Write(52 + (4 * i), 0x05060708U + (0x04040404U * (uint)i));
        }

        return With(block, OldRaid);

        void Write(int at, uint value)
        {
            if (little)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(at), value);
            }
            else
            {
                BinaryPrimitives.WriteUInt32BigEndian(block.AsSpan(at), value);
            }
        }
    }

    private static byte[] With(ReadOnlySpan<byte> mark, int at)
    {
        byte[] content = new byte[Size];
        mark.CopyTo(content.AsSpan(at));
        return content;
    }
}
