// Damaged archives of every kind: read, or refused; never a crash, a hang, a file elsewhere, or much memory.
using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Debian;
using Guestfs.Appliances.Plan;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Archives;

public sealed class ArchiveFuzzTests
{
    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    [InlineData("xz")]
    [InlineData("zstd")]
    public void Mutated_packages_are_read_or_refused(string compression)
    {
        Command.Require("dpkg-deb");
        using TempDirectory directory = new();
        byte[] good = File.ReadAllBytes(DebFile.Build(
            directory.Path, "demo",
            script: "mkdir -p a/b; seq 3000 > a/b/f; ln a/b/f a/g; ln -s f a/l; printf 1 > DEBIAN/postinst; chmod 755 DEBIAN/postinst",
            compression: compression));
        using Spool spool = new(directory.File("spool"));
        Random random = new(4711);
        int refused = 0;
        for (int round = 0; round < Soak.Rounds(100, 1000); round++)
        {
            byte[] bytes = Mutate(good, random);
            string path = directory.File("mutant.deb");
            File.WriteAllBytes(path, bytes);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                FilePlanBuilder builder = new();
                foreach (PlanEntry entry in DebPackage.Open(path)
                    .ReadFiles(spool, new TarOptions { MaxUnpackedBytes = 1 << 20 }, TestContext.Current.CancellationToken))
                {
                    builder.Add(entry);
                }

                builder.Build();
            }
            catch (ApplianceException)
            {
                refused++;
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 300 << 20);
        }

        Assert.True(refused > 10);
        Assert.True(new FileInfo(spool.Path).Length < (long)Soak.Rounds(100, 1000) << 20);
        Assert.Equal(3, Directory.GetFileSystemEntries(directory.Path).Length);
    }

#pragma warning disable CA5394 // Repeatable, not secret.
    private static byte[] Mutate(byte[] good, Random random)
    {
        byte[] bytes = random.Next(5) == 0 ? good[..random.Next(good.Length)] : [.. good];
        for (int i = random.Next(4) + 1; i > 0 && bytes.Length > 0; i--)
        {
            int at = random.Next(bytes.Length);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)"0178/.9"[random.Next(7)];
                    break;
                case 2:
                    random.NextBytes(bytes.AsSpan(at, Math.Min(random.Next(1, 64), bytes.Length - at)));
                    break;
                default:
                    int length = Math.Min(random.Next(1, 512), bytes.Length - at);
                    bytes.AsSpan(at, length).CopyTo(bytes.AsSpan(random.Next(bytes.Length - length + 1)));
                    break;
            }
        }

        return bytes;
    }
#pragma warning restore CA5394
}
