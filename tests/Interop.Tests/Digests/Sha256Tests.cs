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
            using Sha256Hash pieces = new(withOpenSsl: false);
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
}
