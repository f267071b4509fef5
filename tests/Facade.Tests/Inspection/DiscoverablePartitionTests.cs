// The UUID of the partition that is mounted on /var, beside .NET's HMAC, which is OpenSSL's, and systemd-id128.
using System.Security.Cryptography;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Inspection;

public sealed class DiscoverablePartitionTests
{
    [Fact]
    public void Hashes_are_those_of_OpenSSL()
    {
        Random random = new(1);
        for (int length = 0; length < 200; length++)
        {
            byte[] message = new byte[length], key = new byte[length % 64];
            random.NextBytes(message);
            random.NextBytes(key);
            Assert.Equal(SHA256.HashData(message), Sha256.Of(message));
            Assert.Equal(HMACSHA256.HashData(key, message), Sha256.Hmac(key, message));
        }
    }

    [Fact]
    public void A_machine_has_the_partition_that_systemd_says()
    {
        const string Var = "4d21b016b53445c2a9fb5c16e091fd2d", Identifier = "/etc/machine-id";
        Command.Require("systemd-id128");
        string machine = File.Exists(Identifier) ? File.ReadAllText(Identifier).Trim() : "";
        if (machine.Length != Var.Length)
        {
            Assert.Skip("This machine has no identifier.");
        }

        Assert.Equal(
            Command.Run("systemd-id128", "machine-id", "--uuid", "--app-specific=" + Var).Trim(),
            DiscoverablePartitions.Uuid(Convert.FromHexString(machine), Convert.FromHexString(Var)));
    }
}
