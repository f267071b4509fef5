// The 512 bytes before every member of a tar archive: old, ustar and GNU forms.
namespace Guestfs.Interop;

/// <summary>A decoded tar header. Names are those of the header alone; extensions may replace them.</summary>
internal readonly struct TarHeader
{
    /// <summary>Size of a header, and the unit of everything in a tar archive, in bytes.</summary>
    internal const int Length = 512;

    /// <summary>Name, with the ustar prefix.</summary>
    internal required string Name { get; init; }

    /// <summary>Target of a link.</summary>
    internal required string LinkName { get; init; }

    /// <summary>The type flag.</summary>
    internal required byte Type { get; init; }

    /// <summary>Mode bits.</summary>
    internal required long Mode { get; init; }

    /// <summary>Owner.</summary>
    internal required long Uid { get; init; }

    /// <summary>Group.</summary>
    internal required long Gid { get; init; }

    /// <summary>Bytes of data that follow, without padding.</summary>
    internal required long Size { get; init; }

    /// <summary>Last modification, in seconds since 1970.</summary>
    internal required long ModificationTime { get; init; }

    /// <summary>Major device number.</summary>
    internal required long Major { get; init; }

    /// <summary>Minor device number.</summary>
    internal required long Minor { get; init; }

    /// <summary>Decodes a header; null when the checksum or a number is wrong.</summary>
    internal static TarHeader? Decode(ReadOnlySpan<byte> block)
    {
        bool posix = block[257..265].SequenceEqual("ustar\u000000"u8), gnu = block[257..265].SequenceEqual("ustar  \0"u8);
        bool devices = block[156] is (byte)'3' or (byte)'4' && (posix || gnu);
        if (Number(block[148..156]) != Checksum(block)
            || Number(block[100..108]) is not { } mode || Number(block[108..116]) is not { } uid || Number(block[116..124]) is not { } gid
            || Number(block[124..136]) is not { } size || Number(block[136..148]) is not { } time
            || Number(devices ? block[329..337] : default) is not { } major || Number(devices ? block[337..345] : default) is not { } minor)
        {
            return null;
        }

        string prefix = posix ? Text(block[345..500]) : "";
        string name = Text(block[..100]);
        return new TarHeader
        {
            Name = prefix.Length > 0 ? prefix + "/" + name : name,
            LinkName = Text(block[157..257]),
            Type = block[156],
            Mode = mode,
            Uid = uid,
            Gid = gid,
            Size = size,
            ModificationTime = time,
            Major = major,
            Minor = minor,
        };
    }

    /// <summary>Octal digits between blanks, or two's complement big-endian after a set top bit; null when it is neither.</summary>
    internal static long? Number(ReadOnlySpan<byte> field)
    {
        if (field.Length > 0 && field[0] is 0x80 or 0xFF)
        {
            // 0x80 begins a positive number, 0xFF a negative one; all but the low 63 bits must be the sign's.
            long binary = field[0] == 0xFF ? -1 : 0;
            for (int i = 1; i < field.Length; i++)
            {
                if (binary is > long.MaxValue >> 8 or < long.MinValue >> 8)
                {
                    return null;
                }

                binary = (binary << 8) | field[i];
            }

            return binary;
        }

        ReadOnlySpan<byte> digits = field.Trim(" \0"u8);
        long value = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7' || value > long.MaxValue >> 3)
            {
                return null;
            }

            value = (value << 3) | (long)(digit - (byte)'0');
        }

        return value;
    }

    /// <summary>Text up to the first NUL.</summary>
    internal static string Text(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return LosslessUtf8.GetString(end < 0 ? field : field[..end]);
    }

    private static long Checksum(ReadOnlySpan<byte> block)
    {
        long sum = 8 * ' ';
        for (int i = 0; i < Length; i++)
        {
            sum += i is >= 148 and < 156 ? 0 : block[i];
        }

        return sum;
    }
}
