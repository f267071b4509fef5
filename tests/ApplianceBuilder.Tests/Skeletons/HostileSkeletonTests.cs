// Skeletons that are damaged or mean harm, through the front door: an error at worst, and nothing written elsewhere.
using Guestfs.Appliances.Output;
using Guestfs.Appliances.Tests.Build;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Skeletons;

public sealed class HostileSkeletonTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;
    private readonly FakeHost host = new();

    public HostileSkeletonTests()
    {
        Directory.CreateDirectory(host.Beside("canary"));
        File.WriteAllText(host.Beside("canary/file"), "alive");
    }

    // Python's tarfile writes what no honest program would.
    [Theory]
    [InlineData("add('../../canary/new', b'x')", true)]
    [InlineData("add('/canary/new', b'x')", false)]
    [InlineData("add(canary + '/file', b'x')", false)]
    [InlineData("link('way', canary); add('way/file', b'x')", false)]
    [InlineData("link('way', '../../../../../../../..' + canary); add('way/file', b'x')", false)]
    [InlineData("link('a', 'b'); link('b', 'a'); add('a/file', b'x')", true)]
    [InlineData("link('usr', canary); add('usr/bin/tool', b'x')", false)]
    [InlineData("hard('way', canary + '/file')", true)]
    [InlineData("hard('way', '../../canary/file')", true)]
    [InlineData("add('x', b''); add('x/y', b'')", true)]
    [InlineData("add('x' * 300, b'')", true)]
    [InlineData("add('x/' * 3000 + 'y', b'')", true)]
    [InlineData("link('way', 'y' * 5000)", true)]
    [InlineData("t.fileobj.write(info('big', size=1 << 62).tobuf(t.format))", true)]
    [InlineData("add('.', b'not a directory')", true)]
    public void An_archive_that_means_harm_does_none(string members, bool isError)
    {
        const string Script = """
            import io, sys, tarfile
            target, canary, members = sys.argv[1:]
            t = tarfile.open(target, 'w:gz', format=tarfile.GNU_FORMAT)
            def info(name, **fields):
                i = tarfile.TarInfo(name)
                for k, v in fields.items(): setattr(i, k, v)
                return i
            def add(name, data): t.addfile(info(name, size=len(data), mode=0o644), io.BytesIO(data))
            def link(name, to): t.addfile(info(name, type=tarfile.SYMTYPE, linkname=to))
            def hard(name, to): t.addfile(info(name, type=tarfile.LNKTYPE, linkname=to))
            exec(members)
            t.close()
            """;
        Command.Run("python3", "-c", Script, host.File("skeleton/base.tar.gz"), host.Beside("canary"), members);
        Exception?[] outcomes = [Build(chroot: false), Build(chroot: true)];
        Assert.All(outcomes, outcome => Assert.Equal(isError, outcome is not null));
    }

    [Fact]
    public void Damaged_skeletons_do_no_harm()
    {
        Random random = new(20260102);
        Directory.CreateDirectory(host.Beside("tree/etc"));
        File.WriteAllText(host.Beside("tree/etc/file"), "content");
        File.CreateSymbolicLink(host.Beside("tree/etc/link"), "file");
        Command.Run("ln", host.Beside("tree/etc/file"), host.Beside("tree/etc/other"));
        Command.Run("tar", "-C", host.Beside("tree"), "-cf", host.Beside("base.tar"), "--format=gnu", ".");
        byte[] tar = File.ReadAllBytes(host.Beside("base.tar"));
        Command.Run("gzip", "-k", host.Beside("base.tar"));
        byte[][] originals =
        [
            File.ReadAllBytes(host.Beside("base.tar.gz")), tar[..4096], "tool\nother\n"u8
                .ToArray(), "/etc/*\n/usr/bin/[a-z]*\n"u8.ToArray(), "-/boot/*\n-/usr/share/doc/*\n"u8.ToArray(),
        ];
        int errors = 0, rounds = Soak.Rounds(25, 250);
        for (int round = 0; round < rounds; round++)
        {
            // Tar archives as such too: of most mutations, gzip's checksum would be all that is tested.
            for (int i = 0; i < originals.Length; i++)
            {
                File.WriteAllBytes(
                    host.File($"skeleton/{i}"), random.Next(2) == 0 ? originals[i] : Mutate(random, originals[i], header: i == 1));
            }

            errors += Build(chroot: round % 2 == 0) is null ? 0 : 1;
        }

        Assert.InRange(errors, 1, rounds);
    }

    public void Dispose() => host.Dispose();

    private static byte[] Mutate(Random random, byte[] original, bool header)
    {
        List<byte> bytes = [.. original];
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    bytes.RemoveRange(at, Math.Min(random.Next(20), bytes.Count - at - 1));
                    break;
            }
        }

        byte[] result = [.. bytes];
        if (header)
        {
            // With right checksums, so that the fields are looked at.
            for (int at = 0; at + 512 <= result.Length; at += 512)
            {
                "        "u8.CopyTo(result.AsSpan(at + 148));
                int sum = 0;
                foreach (byte b in result.AsSpan(at, 512))
                {
                    sum += b;
                }

                System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(result.AsSpan(at + 148));
            }
        }

        return result;
    }

    // Builds and checks that nothing but the output was written. Returns the error, which must be one of the builder's own.
    private ApplianceException? Build(bool chroot)
    {
        string output = host.Beside("out");
        string[] before = [.. List()];
        ApplianceException? error = null;
        try
        {
            if (chroot)
            {
                SuperminOutput.WriteChroot(host.Options with { LikeSupermin = true }, output, Cancellation);
            }
            else
            {
                ApplianceBuilder.Build(host.Options, output, cancellationToken: Cancellation).Dispose();
                Command.Run("e2fsck", "-fn", output + "/root");
            }
        }
        catch (ApplianceException exception)
        {
            Assert.NotEmpty(exception.Message);
            error = exception;
        }

        if (Directory.Exists(output))
        {
            Command.Run("chmod", "-R", "u+rwx", output);
            Directory.Delete(output, recursive: true);
        }

        Assert.Equal(before, List());
        return error;

        IEnumerable<string> List() => Directory.EnumerateFileSystemEntries(host.Beside(""), "*", SearchOption.AllDirectories)
            .Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O}")
            .Where(line => !line.StartsWith(host.Root, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
    }
}
