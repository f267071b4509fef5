// ECMA-167, parts 2 and 3, as UDF uses it: an anchor in block 256 or 512 leads to a sequence of descriptors. Which names of them are the
// label and the UUID is blkid's choice.
using System.Text;

namespace Guestfs;

internal static class UdfSignature
{
    private const int Anchor = 2, Primary = 1, Logical = 6, Terminator = 8;
    private const int TagSize = 16, DescriptorSize = 512, MostDescriptors = 64;

    /// <summary>Reads what follows the mark of such a volume; null if nothing does.</summary>
    internal static BlockSignature? Find(BlockReader device)
    {
        // Of discs, of disks, and of the two sizes that hardly any have.
        foreach (int block in (ReadOnlySpan<int>)[2048, 512, 4096, 1024])
        {
            foreach (uint place in (ReadOnlySpan<uint>)[256, 512])
            {
                ReadOnlySpan<byte> anchor = device.Read((long)place * block, DescriptorSize);
                if (IsOf(anchor, place) && anchor.U16(0) == Anchor)
                {
                    return Read(device, block, anchor.U32(TagSize + 4), (int)Math.Min(anchor.U32(TagSize) / (uint)block, MostDescriptors));
                }
            }
        }

        return null;
    }

    private static BlockSignature? Read(BlockReader device, int block, uint first, int count)
    {
        ReadOnlySpan<byte> all = device.Read((long)first * block, count * block);
        bool isUdf = false;
        string? label = null, uuid = null;
        for (uint i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> descriptor = BlockBytes.At(all, (int)i * block, DescriptorSize);
            int type = descriptor.U16(0);
            if (type is 0 or Terminator || !IsOf(descriptor, first + i))
            {
                break;
            }

            if (type == Primary && IsUnicode(descriptor, TagSize + 184))
            {
                uuid ??= Uuid(Text(descriptor, TagSize + 56));
            }
            else if (type == Logical)
            {
                isUdf |= descriptor.Text(TagSize + 201, 23) == "*OSTA UDF Compliant";
                string text = IsUnicode(descriptor, TagSize + 4) ? Text(descriptor, TagSize + 68).TrimEnd() : "";
                label ??= text.Length > 0 ? text : null;
            }
        }

        return isUdf ? new BlockSignature("udf", uuid, label) : null;
    }

    // Each says in which block it is.
    private static bool IsOf(ReadOnlySpan<byte> descriptor, uint block) => descriptor.U32(12) == block;

    private static bool IsUnicode(ReadOnlySpan<byte> descriptor, int at) =>
        descriptor.Has(at, [0]) && descriptor.Text(at + 1, 63) == "OSTA Compressed Unicode";

    // Its first byte says how many bits a character has, its last how many bytes are used, with the first.
    private static string Text(ReadOnlySpan<byte> descriptor, int at)
    {
        const int Size = 128, Narrow = 8, Wide = 16;
        ReadOnlySpan<byte> field = BlockBytes.At(descriptor, at, Size);
        ReadOnlySpan<byte> used = field.IsEmpty ? field : field[1..(1 + Math.Clamp(field[^1] - 1, 0, Size - 2))];
        string text = field.IsEmpty ? ""
            : field[0] == Narrow ? Encoding.Latin1.GetString(used)
            : field[0] == Wide ? Encoding.BigEndianUnicode.GetString(used[..(used.Length & ~1)])
            : "";
        return text.Split('\0')[0];
    }

    // What identifies it are 16 characters, mostly digits. Those that are none are written as digits.
    private static string? Uuid(string text)
    {
        const int Half = 8, All = 16;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length < Half)
        {
            return null;
        }

        Array.Resize(ref bytes, All);
        int digits = Array.FindIndex(bytes, b => !char.IsAsciiHexDigit((char)b));
        return digits < 0 ? Encoding.ASCII.GetString(bytes).ToLowerInvariant()
            : digits < Half ? Convert.ToHexStringLower(bytes, 0, Half)
            : Encoding.ASCII.GetString(bytes, 0, Half).ToLowerInvariant() + Convert.ToHexStringLower(bytes, Half, Half / 2);
    }
}
