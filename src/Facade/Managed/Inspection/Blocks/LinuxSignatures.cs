// Filesystems that Linux has for itself.
using System.Text;

namespace Guestfs;

internal static class LinuxSignatures
{
    private const int Super = 1024;

    private static readonly int[] PageSizes = [4096, 8192, 16384, 32768, 65536];

    internal static BlockSignature? Xfs(BlockReader device, byte[] bytes)
    {
        ReadOnlySpan<byte> start = bytes;
        return start.Has(0, "XFSB"u8)
            ? new BlockSignature("xfs", start.Uuid(32), start.Text(108, 12)) { Length = BlockBytes.Size(start.BigU64(8), start.BigU32(4)) }
            : null;
    }

    internal static BlockSignature? Ext(BlockReader device, byte[] bytes)
    {
        const uint HasJournal = 4, JournalDevice = 8;
        const uint Incompatible3 = 0x2 | 0x4 | 0x10, ReadOnly3 = 0x1 | 0x2 | 0x4;
        ReadOnlySpan<byte> start = bytes;
        if (start.U16(Super + 0x38) != 0xef53)
        {
            return null;
        }

        uint compatible = start.U32(Super + 0x5c);
        uint incompatible = start.U32(Super + 0x60);
        uint readOnly = start.U32(Super + 0x64);
        bool old = (incompatible & ~Incompatible3) == 0 && (readOnly & ~ReadOnly3) == 0;
        string type = (incompatible & JournalDevice) != 0 ? "jbd"
            : !old ? "ext4"
            : (compatible & HasJournal) != 0 ? "ext3"
            : "ext2";
        const uint Is64Bit = 0x80;
        ulong blocks = start.U32(Super + 4) | ((incompatible & Is64Bit) != 0 ? (ulong)start.U32(Super + 0x150) << 32 : 0);
        return new BlockSignature(type, start.Uuid(Super + 0x68), start.Text(Super + 0x78, 16))
        {
            Length = start.U32(Super + 0x18) <= 6 ? BlockBytes.Size(blocks, 1024U << (int)start.U32(Super + 0x18)) : 0,
        };
    }

    internal static BlockSignature? Btrfs(BlockReader device, byte[] bytes)
    {
        const int At = 64 << 10;
        ReadOnlySpan<byte> start = bytes;
        return start.Has(At + 0x40, "_BHRfS_M"u8)
            ? new BlockSignature("btrfs", start.Uuid(At + 0x20), start.Text(At + 0x12b, 256))
            {
                Length = BlockBytes.Size(start.U64(At + 0xd1), 1),
                Identity = start.Uuid(At + 0x10b),
            }
            : null;
    }

    internal static BlockSignature? Swap(BlockReader device, byte[] bytes)
    {
        ReadOnlySpan<byte> start = bytes;
        foreach (int page in PageSizes)
        {
            int at = page - 10;
            if (start.Has(at, "SWAPSPACE2"u8) || start.Has(at, "SWAP-SPACE"u8))
            {
                bool hasNames = start.Has(at, "SWAPSPACE2"u8) && start.U32(Super) == 1;
                return new BlockSignature("swap", hasNames ? start.Uuid(Super + 12) : null, hasNames ? start.Text(Super + 28, 16) : null)
                {
                    Length = hasNames ? BlockBytes.Size(start.U32(Super + 4) + 1UL, (uint)page) : 0,
                };
            }

            if (start.Has(at, "S1SUSPEND"u8) || start.Has(at, "S2SUSPEND"u8) || start.Has(at, "ULSUSPEND"u8)
                || start.Has(at, "LINHIB0001"u8))
            {
                return new BlockSignature("swsuspend", start.Uuid(Super + 12), start.Text(Super + 28, 16));
            }
        }

        return null;
    }

    internal static BlockSignature? F2fs(BlockReader device, byte[] bytes)
    {
        ReadOnlySpan<byte> start = bytes;
        if (start.U32(Super) != 0xf2f52010)
        {
            return null;
        }

        string label = Encoding.Unicode.GetString(BlockBytes.At(start, Super + 124, 1024));
        int zero = label.IndexOf('\0', StringComparison.Ordinal);
        label = zero < 0 ? label : label[..zero];
        return new BlockSignature("f2fs", start.Uuid(Super + 108), label.Length == 0 ? null : label);
    }

    /// <summary>Those that nobody writes to.</summary>
    internal static BlockSignature? ReadOnly(BlockReader device, byte[] bytes)
    {
        ReadOnlySpan<byte> start = bytes;
        if (start.Has(0, "hsqs"u8) || start.Has(0, "sqsh"u8))
        {
            bool newest = start.Has(0, "hsqs"u8) && start.U16(28) >= 4;
            return new BlockSignature(newest ? "squashfs" : "squashfs3");
        }

        if (start.U32(Super) == 0xe0f5e1e2)
        {
            return new BlockSignature("erofs", start.Uuid(Super + 48), start.Text(Super + 64, 16));
        }

        return start.U32(0) == 0x28cd3d45 && start.Has(16, "Compressed ROMFS"u8) ? new BlockSignature("cramfs", null, start.Text(48, 16))
            : start.Has(0, "-rom1fs-"u8) ? new BlockSignature("romfs", null, start.Text(16, 16))
            : null;
    }

    internal static BlockSignature? Other(BlockReader device, byte[] bytes)
    {
        const int Jfs = 32 << 10, Reiser = 64 << 10, OldReiser = 8 << 10;
        ReadOnlySpan<byte> start = bytes;
        if (start.Has(Jfs, "JFS1"u8))
        {
            return new BlockSignature("jfs", start.Uuid(Jfs + 136), start.Text(Jfs + 152, 16));
        }

        if (start.Has(Reiser + 52, "ReIsEr2Fs"u8) || start.Has(Reiser + 52, "ReIsEr3Fs"u8))
        {
            return new BlockSignature("reiserfs", start.Uuid(Reiser + 84), start.Text(Reiser + 100, 16));
        }

        // Version 3.5 has no names.
        if (start.Has(Reiser + 52, "ReIsErFs"u8) || start.Has(OldReiser + 52, "ReIsErFs"u8))
        {
            return new BlockSignature("reiserfs");
        }

        if (start.Has(Reiser, "ReIsEr4"u8))
        {
            return new BlockSignature("reiser4", start.Uuid(Reiser + 20), start.Text(Reiser + 36, 16));
        }

        if (start.U16(Super + 6) == 0x3434 && start.U32(Super) == 2)
        {
            return new BlockSignature("nilfs2", start.Uuid(Super + 152), start.Text(Super + 168, 80));
        }

        if (start.Has(Reiser, [0x01, 0x16, 0x19, 0x70]))
        {
            return new BlockSignature("gfs2", start.Uuid(Reiser + 256), start.Text(Reiser + 96, 64));
        }

        for (int at = Super; at <= Super * 8; at *= 2)
        {
            if (start.Has(at, "OCFSV2"u8))
            {
                return new BlockSignature("ocfs2", start.Uuid(at + 336), start.Text(at + 272, 64));
            }
        }

        return start.U16(Super + 16) is 0x137f or 0x138f or 0x2468 or 0x2478 || start.U16(Super + 24) == 0x4d5a
            ? new BlockSignature("minix")
            : null;
    }
}
