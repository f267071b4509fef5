// LZ4's old frames, as the lz4 program and Linux' build write them.
using Guestfs.Appliances.Archives;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Archives;

public sealed class Lz4FrameTests
{
    [Theory]
    [InlineData("head -c 20000000 /dev/zero")]
    [InlineData("head -c 300000 /dev/urandom; seq 2000000; head -c 300000 /dev/urandom")]
    [InlineData("printf x")]
    public void What_the_lz4_program_packs_is_unpacked(string source)
    {
        Command.Require("lz4");
        using TempDirectory directory = new();
        Command.Run("sh", "-c", $"cd '{directory.Path}'; ({source}) > plain; lz4 -l -9 -q plain packed");
        byte[] expected = File.ReadAllBytes(directory.File("plain")), packed = File.ReadAllBytes(directory.File("packed"));
        byte[] unpacked = new byte[expected.Length];
        Assert.True(Lz4Frame.IsLegacy(packed));
        Assert.Equal(expected.Length, Lz4Frame.Decode(packed, unpacked));
        Assert.True(expected.AsSpan().SequenceEqual(unpacked));
        Assert.Throws<ApplianceException>(() => Lz4Frame.Decode(packed, new byte[expected.Length - 1]));
    }

    [Fact]
    public void Damaged_frames_are_refused_or_give_other_bytes_but_never_crash()
    {
        Command.Require("lz4");
        using TempDirectory directory = new();
        Command.Run("sh", "-c", $"cd '{directory.Path}'; seq 3000 > plain; lz4 -l -q plain packed");
        byte[] packed = File.ReadAllBytes(directory.File("packed")), target = new byte[new FileInfo(directory.File("plain")).Length];
        Random random = new(4711);
        for (int round = 0; round < Soak.Rounds(2000, 100_000); round++)
        {
            byte[] damaged = packed[..random.Next(4, packed.Length + 1)];
            for (int i = random.Next(3); i >= 0 && damaged.Length > 4; i--)
            {
                damaged[random.Next(4, damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                Assert.InRange(Lz4Frame.Decode(damaged, target), 0, target.Length);
            }
            catch (ApplianceException e)
            {
                Assert.Equal(ApplianceProblem.InvalidArchive, e.Problem);
            }
        }
    }
}
