// What stands in for OpenSSL beside OpenSSL.
using System.Security.Cryptography;

using Xunit;

namespace Guestfs.Interop.Tests.Digests;

public sealed class Sha256Tests
{
    [Fact]
    public void Hashes_are_those_of_OpenSSL()
    {
        Random random = new(1);
        for (int length = 0; length < 300; length++)
        {
            byte[] message = new byte[length], key = new byte[length % 64];
            random.NextBytes(message);
            random.NextBytes(key);
            Sha256 pieces = new();
            for (int at = 0, count; at < length; at += count)
            {
                count = Math.Min(random.Next(1, 150), length - at);
                pieces.Add(message.AsSpan(at, count));
                Assert.Equal(SHA256.HashData(message.AsSpan(0, at + count)), pieces.Current());
            }

            Assert.Equal(SHA256.HashData(message), Sha256.Of(message));
            Assert.Equal(HMACSHA256.HashData(key, message), Sha256.Hmac(key, message));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [InlineData(null)]
    public void Much_has_the_hash_of_little_and_more(bool? withOpenSsl)
    {
        const int piece = 10_000;
        byte[] message = new byte[3 * Sha256Hash.Little];
        new Random(2).NextBytes(message);
        using Sha256Hash hash = new(withOpenSsl);
        Assert.Equal(SHA256.HashData([]), hash.Current());
        for (int at = 0, count; at < message.Length; at += count)
        {
            // To the byte where it is no longer little.
            count = at == Sha256Hash.Little ? 1 : Math.Min(piece, (at < Sha256Hash.Little ? Sha256Hash.Little : message.Length) - at);
            hash.Add(message.AsSpan(at, count));
            Assert.Equal(SHA256.HashData(message.AsSpan(0, at + count)), hash.Current());
            Assert.Equal(SHA256.HashData(message.AsSpan(0, at + count)), Sha256Hash.Of(message.AsSpan(0, at + count)));
        }
    }
}
