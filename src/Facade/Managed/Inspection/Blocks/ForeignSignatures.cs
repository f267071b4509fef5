// Filesystems of other systems than Linux; FAT has a file of its own.
using System.Buffers.Binary;
using System.Text;

namespace Guestfs;

internal static class ForeignSignatures
{
    internal static BlockSignature? Ntfs(BlockReader device, byte[] bytes)
    {
        ReadOnlySpan<byte> start = bytes;
        return start.Has(3, "NTFS    "u8)
            // Its last sector is a copy of the first.
            ? new BlockSignature("ntfs", start.U64(0x48).ToString("X16")) { Length = BlockBytes.Size(start.U64(0x28) + 1, start.U16(11)) }
            : null;
    }

    internal static BlockSignature? Exfat(BlockReader device, byte[] bytes)
    {
        ReadOnlySpan<byte> start = bytes;
        return start.Has(3, "EXFAT   "u8) ? new BlockSignature("exfat", FatSignature.Serial(start.U32(100))) : null;
    }

    /// <summary>Compact discs and DVDs.</summary>
    internal static BlockSignature? Optical(BlockReader device, byte[] bytes)
    {
        const int First = 32 << 10, Descriptor = 2048;
        ReadOnlySpan<byte> start = bytes;
        bool isIso = start.Has(First + 1, "CD001"u8);
        string? unicode = null;
        for (int at = First; at + Descriptor <= start.Length; at += Descriptor)
        {
            if ((start.Has(at + 1, "NSR02"u8) || start.Has(at + 1, "NSR03"u8)) && UdfSignature.Find(device) is { } udf)
            {
                return udf;
            }

            // Joliet's three levels.
            bool isJoliet = start[at] == 2 && (start.Has(at + 88, "%/@"u8) || start.Has(at + 88, "%/C"u8) || start.Has(at + 88, "%/E"u8));
            unicode ??= isJoliet ? Encoding.BigEndianUnicode.GetString(start.Slice(at + 40, 32)) : null;
        }

        // High Sierra, which came before ISO 9660, has the number of the block in front of everything, and other lengths of names.
        const int HighSierra = First + 8;
        if (!isIso && start.Has(HighSierra, [1, .. "CDROM"u8]))
        {
            return new BlockSignature(
                "iso9660", Day(start, HighSierra + 798) ?? Day(start, HighSierra + 782), start.Text(HighSierra + 40, 32));
        }

        if (!isIso || start[First] != 1)
        {
            return null;
        }

        // The day of modification, or else of creation, with hundredths of seconds.
        string? uuid = Day(start, First + 830) ?? Day(start, First + 813);
        ReadOnlySpan<byte> name = BlockBytes.At(start, First + 40, 32);
        return new BlockSignature("iso9660", uuid, unicode is null ? start.Text(First + 40, 32) : Merged(unicode, name));
    }

    // The name in Joliet has any character, and 16 of them at most; the other one has 32, and '_' for each that is not ASCII.
    private static string? Merged(string unicode, ReadOnlySpan<byte> ascii)
    {
        StringBuilder merged = new();
        int at = 0;
        foreach (char c in unicode)
        {
            char other = char.IsHighSurrogate(c) ? '_' : (char)ascii[at++];
            if (other != '_' && c != '_' && char.ToUpperInvariant(c) != char.ToUpperInvariant(other))
            {
                return Whole(unicode);
            }

            merged.Append(other == '_' || (c != '_' && char.IsAsciiLetterUpper(other)) ? c : other);
        }

        return Whole(merged.Append(Encoding.Latin1.GetString(ascii[at..])).ToString());

        static string? Whole(string label) => label.Split('\0')[0].TrimEnd() is { Length: > 0 } whole ? whole : null;
    }

    internal static BlockSignature? Apple(BlockReader device, byte[] bytes)
    {
        const int Super = 1024;
        ReadOnlySpan<byte> start = bytes;
        if (start.Has(32, "NXSB"u8))
        {
            return new BlockSignature("apfs", start.Uuid(72));
        }

        return start.Has(Super, "H+"u8) || start.Has(Super, "HX"u8) || (start.Has(Super, "BD"u8) && start.Has(Super + 0x7c, "H+"u8))
            ? new BlockSignature("hfsplus")
            : start.Has(Super, "BD"u8) ? new BlockSignature("hfs")
            : null;
    }

    /// <summary>What BSD and Solaris have.</summary>
    internal static BlockSignature? Unix(BlockReader device, byte[] bytes)
    {
        const int MagicAt = 1372;
        ReadOnlySpan<byte> start = bytes;
        foreach (int super in (ReadOnlySpan<int>)[8 << 10, 64 << 10])
        {
            if (BlockBytes.At(start, super + MagicAt, 4) is { Length: 4 } magic
                && (BinaryPrimitives.ReadUInt32LittleEndian(magic) is 0x00011954 or 0x19540119
                    || BinaryPrimitives.ReadUInt32BigEndian(magic) is 0x00011954 or 0x19540119))
            {
                return new BlockSignature("ufs");
            }
        }

        return null;
    }

    private static string? Day(ReadOnlySpan<byte> bytes, int at)
    {
        ReadOnlySpan<byte> digits = BlockBytes.At(bytes, at, 16);
        if (digits.Length < 16 || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') || !digits.ContainsAnyExcept((byte)'0'))
        {
            return null;
        }

        string text = Encoding.ASCII.GetString(digits);
        return $"{text[..4]}-{text[4..6]}-{text[6..8]}-{text[8..10]}-{text[10..12]}-{text[12..14]}-{text[14..]}";
    }
}
