using System.Numerics;

using static System.Buffers.Binary.BinaryPrimitives;

namespace Guestfs.Appliances.Ext2;

/// <summary>The hash by which large directories are ordered: a cut-down MD4 of the name, as the kernel computes it.</summary>
internal static class Ext2NameHash
{
    /// <summary>The number of this hash in superblocks and directories.</summary>
    internal const byte HalfMd4 = 1;

    private const uint EndOfDirectory = 0xFFFF_FFFE;
    private const int Chunk = 32;

    /// <summary>The hash of a name, with its lowest bit clear: the index has another use for that.</summary>
    /// <param name="name">The name.</param>
    /// <param name="seed">The filesystem's seed, 16 bytes.</param>
    internal static uint Compute(ReadOnlySpan<byte> name, ReadOnlySpan<byte> seed)
    {
        Span<uint> state = stackalloc uint[4];
        if (seed.IndexOfAnyExcept((byte)0) < 0)
        {
            state[0] = 0x67452301;
            state[1] = 0xEFCDAB89;
            state[2] = 0x98BADCFE;
            state[3] = 0x10325476;
        }
        else
        {
            for (int i = 0; i < 4; i++)
            {
                state[i] = ReadUInt32LittleEndian(seed[(i * 4)..]);
            }
        }

        Span<uint> words = stackalloc uint[Chunk / 4];
        for (int at = 0; at < name.Length; at += Chunk)
        {
            ToWords(name[at..], words);
            Transform(state, words);
        }

        uint hash = state[1] & ~1u;
        return hash == EndOfDirectory ? hash - 2 : hash;
    }

    // Bytes from the highest down in each word; what is missing is filled with the rest's length in every byte.
    private static void ToWords(ReadOnlySpan<byte> rest, Span<uint> words)
    {
        uint pad = (byte)rest.Length * 0x0101_0101u;
        for (int i = 0; i < words.Length; i++)
        {
            uint word = pad;
            for (int at = i * 4; at < Math.Min((i * 4) + 4, rest.Length); at++)
            {
                word = (word << 8) + rest[at];
            }

            words[i] = word;
        }
    }

    private static void Transform(Span<uint> state, ReadOnlySpan<uint> x)
    {
        (uint a, uint b, uint c, uint d) = (state[0], state[1], state[2], state[3]);
        ReadOnlySpan<byte> order2 = [1, 3, 5, 7, 0, 2, 4, 6], order3 = [3, 7, 2, 6, 1, 5, 0, 4];
        ReadOnlySpan<byte> shifts1 = [3, 7, 11, 19], shifts2 = [3, 5, 9, 13], shifts3 = [3, 9, 11, 15];
        for (int i = 0; i < 8; i++)
        {
            Step(ref a, ref b, ref c, ref d, (d ^ (b & (c ^ d))) + x[i], shifts1[i % 4]);
        }

        for (int i = 0; i < 8; i++)
        {
            Step(ref a, ref b, ref c, ref d, (b & c) + ((b ^ c) & d) + x[order2[i]] + 0x5A82_7999, shifts2[i % 4]);
        }

        for (int i = 0; i < 8; i++)
        {
            Step(ref a, ref b, ref c, ref d, (b ^ c ^ d) + x[order3[i]] + 0x6ED9_EBA1, shifts3[i % 4]);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
    }

    // One step changes the first of four registers; they then change places.
    private static void Step(ref uint a, ref uint b, ref uint c, ref uint d, uint term, int shift) =>
        (a, b, c, d) = (d, BitOperations.RotateLeft(a + term, shift), b, c);
}
