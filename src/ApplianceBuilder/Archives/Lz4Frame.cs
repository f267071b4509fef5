using System.Buffers.Binary;

namespace Guestfs.Appliances.Archives;

/// <summary>LZ4's old frame format, with which Linux packs kernels: a magic number, then blocks, each after its packed length.</summary>
internal static class Lz4Frame
{
    private const uint Magic = 0x184C2102;
    private const int MinMatchLength = 4, LongLength = 15;

    /// <summary>Whether the bytes begin such a frame.</summary>
    internal static bool IsLegacy(ReadOnlySpan<byte> packed) =>
        packed.Length >= sizeof(uint) && BinaryPrimitives.ReadUInt32LittleEndian(packed) == Magic;

    /// <summary>Unpacks a frame.</summary>
    /// <param name="packed">The frame.</param>
    /// <param name="target">Where the unpacked bytes go.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="ApplianceException">The frame is damaged, or the target is too short.</exception>
    internal static int Decode(ReadOnlySpan<byte> packed, Span<byte> target)
    {
        int written = 0;
        for (packed = packed[sizeof(uint)..]; packed.Length >= sizeof(uint);)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(packed);
            packed = packed[sizeof(uint)..];
            if (length > (uint)packed.Length)
            {
                throw Damaged();
            }

            written += DecodeBlock(packed[..(int)length], target[written..]);
            packed = packed[(int)length..];
        }

        return written;
    }

    // Sequences of bytes as they are and bytes that repeat earlier ones; the last has only the former.
    private static int DecodeBlock(ReadOnlySpan<byte> block, Span<byte> target)
    {
        int read = 0, written = 0;
        while (read < block.Length)
        {
            int token = block[read++];
            int literals = ReadLength(block, ref read, token >> 4);
            if (literals > block.Length - read || literals > target.Length - written)
            {
                throw Damaged();
            }

            block.Slice(read, literals).CopyTo(target[written..]);
            read += literals;
            written += literals;
            if (read == block.Length)
            {
                break;
            }

            if (block.Length - read < sizeof(ushort))
            {
                throw Damaged();
            }

            int distance = BinaryPrimitives.ReadUInt16LittleEndian(block[read..]);
            read += sizeof(ushort);
            int match = ReadLength(block, ref read, token & LongLength) + MinMatchLength;
            if (distance == 0 || distance > written || match > target.Length - written)
            {
                throw Damaged();
            }

            Repeat(target, written, distance, match);
            written += match;
        }

        return written;
    }

    // What is repeated may reach into what is being written.
    private static void Repeat(Span<byte> target, int at, int distance, int length)
    {
        if (distance >= length)
        {
            target.Slice(at - distance, length).CopyTo(target[at..]);
            return;
        }

        for (int end = at + length; at < end; at++)
        {
            target[at] = target[at - distance];
        }
    }

    private static int ReadLength(ReadOnlySpan<byte> block, ref int read, int length)
    {
        if (length < LongLength)
        {
            return length;
        }

        byte more = byte.MaxValue;
        while (more == byte.MaxValue)
        {
            if (read == block.Length || length > int.MaxValue / 2)
            {
                throw Damaged();
            }

            more = block[read++];
            length += more;
        }

        return length;
    }

    private static ApplianceException Damaged() => ArchiveFault.In("The LZ4 frame", "its data is damaged.");
}
