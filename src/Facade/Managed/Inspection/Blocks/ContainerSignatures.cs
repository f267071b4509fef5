// Parts of arrays and volume groups, and encrypted devices.
using System.Buffers.Binary;
using System.Globalization;

namespace Guestfs;

internal static class ContainerSignatures
{
    private const uint MdMagic = 0xa92b4efc;

    internal static BlockSignature? RaidAtStart(ReadOnlySpan<byte> start) =>
        Md1(start, 0) ?? Md1(start[Math.Min(4096, start.Length)..], 8);

    /// <summary>What looks like something else at the beginning, if it is not a part of a larger array.</summary>
    internal static BlockSignature? RaidAtEnd(BlockReader device)
    {
        if (device.Size is not { } size || size < 128 << 10)
        {
            return null;
        }

        // All that may be at the end in one piece, since asking costs more than bytes do: version 0.90 is its beginning; behind it are
        // version 1.0, and what controllers write into the last sectors.
        long from = (size & ~65535L) - 65536;
        ReadOnlySpan<byte> old = device.Read(from, (int)(size - from));
        long at = (size - 8192) & ~4095L;
        if (Md1(BlockBytes.At(old, (int)(at - from), 512), at / 512) is { } last)
        {
            return last;
        }

        int end = (int)(size - from);
        if (old.Has(end - 512, [0xde, 0x11, 0xde, 0x11]) || old.Has(end - 512, [0x11, 0xde, 0x11, 0xde]))
        {
            return new BlockSignature("ddf_raid_member");
        }

        if (old.Has(end - 1024, "Intel Raid ISM Cfg Sig. "u8))
        {
            return new BlockSignature("isw_raid_member");
        }

        // Of either byte order.
        bool little = old.U32(0) == MdMagic;
        if (old.Length < 64 || (!little && BinaryPrimitives.ReadUInt32BigEndian(old) != MdMagic))
        {
            return null;
        }

        byte[] uuid = [.. old[20..24], .. old[52..64]];
        for (int word = 0; little && old.U32(8) >= 90 && word < 4; word++)
        {
            uuid.AsSpan(word * 4, 4).Reverse();
        }

        string? array = ((ReadOnlySpan<byte>)uuid).Uuid(0);
        const int OwnNumber = 3968;
        return new BlockSignature("linux_raid_member", array) { Identity = $"{array} {old.U32(OwnNumber)}" };
    }

    /// <summary>Whether it is a dynamic disk of Windows without a partition table that says so.</summary>
    internal static bool IsDynamic(ReadOnlySpan<byte> start) => start.Has(6 * 512, "PRIVHEAD"u8);

    internal static BlockSignature? Lvm(BlockReader device, byte[] bytes)
    {
        ReadOnlySpan<byte> start = bytes;
        for (int sector = 0; sector < 4; sector++)
        {
            int at = sector * 512;
            if (start.Has(at, "LABELONE"u8) && start.U64(at + 8) == (ulong)sector && start.Has(at + 24, "LVM2 001"u8)
                && start.U32(at + 20) <= 512 - 32 && start.Text(at + (int)start.U32(at + 20), 32) is { Length: 32 } id)
            {
                string uuid = $"{id[..6]}-{id[6..10]}-{id[10..14]}-{id[14..18]}-{id[18..22]}-{id[22..26]}-{id[26..]}";
                long length = BlockBytes.Size(start.U64(at + (int)start.U32(at + 20) + 32), 1);
                return new BlockSignature("LVM2_member", uuid) { Length = length };
            }
        }

        return null;
    }

    internal static BlockSignature? Encrypted(BlockReader device, byte[] bytes)
    {
        ReadOnlySpan<byte> start = bytes;
        if (start.Has(0, [.. "LUKS"u8, 0xba, 0xbe]))
        {
            return new BlockSignature("crypto_LUKS", start.Text(168, 40), start.Has(6, [0, 2]) ? start.Text(24, 48) : null);
        }

        if (!start.Has(3, "-FVE-FS-"u8)
            && !(start.Has(3, "MSWIN4.1"u8) && start.Has(424, [0x3b, 0xd6, 0x67, 0x49, 0x29, 0x2e, 0xd8, 0x4a])))
        {
            return null;
        }

        BitLockerHeader header = BitLockerHeader.Read(device);
        return new BlockSignature("BitLocker", header.Uuid, header.Description);
    }

    internal static BlockSignature? Other(BlockReader device, byte[] bytes)
    {
        ReadOnlySpan<byte> start = bytes;
        if (start.Has(4096 + 24, [0xc6, 0x85, 0x73, 0xf6, 0x4e, 0x1a, 0x45, 0xca, 0x82, 0x65, 0xf5, 0x7f, 0x48, 0xba, 0x6d, 0x81]))
        {
            return new BlockSignature("bcache", start.Uuid(4096 + 40), start.Text(4096 + 72, 32));
        }

        const int Label = 16 << 10;
        return start.Has(Label, [1, 0, 0, 0]) || start.Has(Label, [1, 1, 0, 0]) ? Zfs(start[Label..]) : null;
    }

    // Pairs of names and values in XDR: the pool is known by a number and a name, the device by a number of its own.
    private static BlockSignature? Zfs(ReadOnlySpan<byte> pairs)
    {
        const int Name = 12;
        const uint Number = 8, String = 9;
        string? pool = null, label = null, own = null;
        for (int at = 12, size; (size = (int)Math.Min(pairs.BigU32(at), int.MaxValue)) >= Name && size < pairs.Length - at; at += size)
        {
            uint length = pairs.BigU32(at + 8);
            if (length > size - Name)
            {
                break;
            }

            int value = at + Name + (((int)length + 3) & ~3);
            ReadOnlySpan<byte> name = BlockBytes.At(pairs, at + Name, (int)length);
            uint type = pairs.BigU32(value);
            if (type == String && name.SequenceEqual("name"u8))
            {
                label = pairs.Text(value + 12, (int)Math.Min(pairs.BigU32(value + 8), 256));
            }
            else if (type == Number && name.SequenceEqual("pool_guid"u8))
            {
                pool = pairs.BigU64(value + 8).ToString(CultureInfo.InvariantCulture);
            }
            else if (type == Number && name.SequenceEqual("guid"u8))
            {
                own = pairs.BigU64(value + 8).ToString(CultureInfo.InvariantCulture);
            }
        }

        return pool is null ? null : new BlockSignature("zfs_member", pool, label) { Identity = own };
    }

    private static BlockSignature? Md1(ReadOnlySpan<byte> block, long sector) =>
        block.U32(0) == MdMagic && block.U32(4) == 1 && block.U64(144) == (ulong)sector
            ? new BlockSignature("linux_raid_member", block.Uuid(16), block.Text(32, 32)) { Identity = block.Uuid(168) }
            : null;
}
