// FIPS 180-4 and RFC 2104. What .NET has for it loads OpenSSL, which small programs need for nothing else, and some hosts do not have.
using System.Buffers.Binary;
using System.Numerics;

namespace Guestfs.Interop;

/// <summary>SHA-256 without OpenSSL. It takes several times as long, and guards no secret: what is digested is known to all.</summary>
internal sealed class Sha256
{
    private const int BlockSize = 64, Words = 16, Rounds = 64;

    private static readonly uint[] Start =
    [
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    ];

    private static readonly uint[] Constants =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private readonly uint[] state = [.. Start];
    private readonly byte[] rest = new byte[BlockSize];
    private long length;

    /// <summary>HMAC with a key of at most 64 bytes.</summary>
    internal static byte[] Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message)
    {
        byte[] inner = new byte[BlockSize], outer = new byte[BlockSize];
        key.CopyTo(inner);
        key.CopyTo(outer);
        for (int i = 0; i < BlockSize; i++)
        {
            inner[i] ^= 0x36;
            outer[i] ^= 0x5c;
        }

        return Of([.. outer, .. Of([.. inner, .. message])]);
    }

    internal static byte[] Of(ReadOnlySpan<byte> message)
    {
        Sha256 hash = new();
        hash.Add(message);
        return hash.Current();
    }

    /// <summary>Adds to the message.</summary>
    internal void Add(ReadOnlySpan<byte> bytes)
    {
        int count = (int)(length % BlockSize);
        length += bytes.Length;
        if (count + bytes.Length >= BlockSize && count > 0)
        {
            bytes[..(BlockSize - count)].CopyTo(rest.AsSpan(count));
            bytes = bytes[(BlockSize - count)..];
            Add(state, rest);
            count = 0;
        }

        for (; bytes.Length >= BlockSize; bytes = bytes[BlockSize..])
        {
            Add(state, bytes[..BlockSize]);
        }

        bytes.CopyTo(rest.AsSpan(count));
    }

    /// <summary>The digest of what was added so far.</summary>
    internal byte[] Current()
    {
        int count = (int)(length % BlockSize);
        byte[] padded = new byte[count < BlockSize - sizeof(ulong) ? BlockSize : 2 * BlockSize];
        rest.AsSpan(0, count).CopyTo(padded);
        padded[count] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(padded.AsSpan(padded.Length - sizeof(ulong)), (ulong)length * 8);
        uint[] last = [.. state];
        for (int at = 0; at < padded.Length; at += BlockSize)
        {
            Add(last, padded.AsSpan(at, BlockSize));
        }

        byte[] hash = new byte[last.Length * sizeof(uint)];
        for (int i = 0; i < last.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(i * sizeof(uint)), last[i]);
        }

        return hash;
    }

    private static void Add(uint[] state, ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[Rounds];
        for (int i = 0; i < Rounds; i++)
        {
            words[i] = i < Words
                ? BinaryPrimitives.ReadUInt32BigEndian(block[(i * sizeof(uint))..])
                : words[i - 16] + words[i - 7]
                    + (Turn(words[i - 15], 7) ^ Turn(words[i - 15], 18) ^ (words[i - 15] >> 3))
                    + (Turn(words[i - 2], 17) ^ Turn(words[i - 2], 19) ^ (words[i - 2] >> 10));
        }

        // Named as in the standard.
        (uint a, uint b, uint c, uint d) = (state[0], state[1], state[2], state[3]);
        (uint e, uint f, uint g, uint h) = (state[4], state[5], state[6], state[7]);
        for (int i = 0; i < Rounds; i++)
        {
            uint first = h + (Turn(e, 6) ^ Turn(e, 11) ^ Turn(e, 25)) + ((e & f) ^ (~e & g)) + Constants[i] + words[i];
            uint second = (Turn(a, 2) ^ Turn(a, 13) ^ Turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }

        uint[] added = [a, b, c, d, e, f, g, h];
        for (int i = 0; i < state.Length; i++)
        {
            state[i] += added[i];
        }
    }

    private static uint Turn(uint word, int bits) => BitOperations.RotateRight(word, bits);
}
