// What opens volumes that Windows encrypted, beside cryptsetup bitlkDump.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Inspection;

public sealed class BitLockerHeaderTests
{
    [Theory]
    [InlineData("bitlk-aes-xts-128")]
    [InlineData("bitlk-togo-aes-xts-128")]
    [InlineData("bitlk-aes-xts-128-startup-key")]
    [InlineData("bitlk-aes-xts-128-smart-card")]
    [InlineData("bitlk-aes-xts-128-two-recovery")]
    [InlineData("bitlk-aes-xts-128-clearkey-only")]
    public void What_opens_a_volume_is_what_cryptsetup_says(string name)
    {
        Command.Require("cryptsetup", "tar");
        using TempDirectory directory = new();
        string image = BitLockerImages.Unpack(directory.Path, name)[0];
        ImageReader reader = new(File.ReadAllBytes(image));
        BlockSignature? found = BlockSignatureTests.AssertAsBlkid(image);
        Assert.Equal("BitLocker", found?.Type);
        BitLockerHeader header = BitLockerHeader.Read(reader);

        // GUID and protection are on two lines each.
        string[] dump = Command.Run("cryptsetup", "bitlkDump", image).Split('\n');
        (string Guid, string Protection)[] keys = [.. dump.Index()
            .Where(l => l.Item.Contains("Protection:", StringComparison.Ordinal))
            .Select(l => (dump[l.Index - 1].Split(':')[1].Trim().ToUpperInvariant(), l.Item.Split("protected with ")[1].Trim()))];
        Assert.Equal((Of("GUID"), Of("Description")), (found!.Uuid, found.Label));
        Assert.NotEmpty(keys);
        Assert.Equal(keys.Where(k => k.Protection == "recovery passphrase").Select(k => k.Guid), header.RecoveryKeys);
        Assert.Equal(keys.Any(k => k.Protection == "passphrase"), header.HasPassphrase);
        string text = header.Text();
        Assert.Equal(keys.Any(k => k.Protection == "smart card"), text.Contains("a smart card", StringComparison.Ordinal));
        Assert.Equal(keys.Any(k => k.Protection == "clear key"), text.Contains("lies open on the disk", StringComparison.Ordinal));
        Assert.All(keys.Where(k => k.Protection == "startup key"), k => Assert.Contains(k.Guid + ".BEK", text, StringComparison.Ordinal));
        Assert.DoesNotContain("unknown", text, StringComparison.Ordinal);

        string Of(string word) =>
            dump.First(line => line.StartsWith(word + ":", StringComparison.Ordinal))[(word.Length + 1)..].Trim();
    }

    [Fact]
    public void Damage_never_ends_in_an_exception()
    {
        using TempDirectory directory = new();
        byte[] whole = File.ReadAllBytes(BitLockerImages.Unpack(directory.Path, "bitlk-aes-xts-128")[0]);
        ulong at = BitConverter.ToUInt64(whole, 176);
        byte[] content = [.. whole[..8192], .. whole[(int)at..((int)at + (64 << 10))]];
        BitConverter.TryWriteBytes(content.AsSpan(176), 8192UL);
        Assert.Single(BitLockerHeader.Read(new ImageReader(content)).RecoveryKeys);
        Random random = new(1);
        for (int round = 0; round < Soak.Rounds(1000, 25); round++)
        {
            byte[] damaged = [.. content];
            for (int i = 0; i < 8; i++)
            {
                damaged[random.Next(i % 2 == 0 ? 8192 : 0, i % 2 == 0 ? 9216 : 512)] = (byte)random.Next(256);
            }

            _ = BitLockerHeader.Read(new ImageReader(damaged[..(round % 3 == 0 ? random.Next(damaged.Length) : damaged.Length)])).Text();
        }
    }
}
