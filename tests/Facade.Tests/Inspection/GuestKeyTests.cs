// Keys as virt-inspector takes them, and what the header of an encrypted disk says of them, beside cryptsetup.
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Inspection;

public sealed class GuestKeyTests
{
    [Fact]
    public void Selectors_are_those_of_upstream_and_what_is_wrong_never_shows_the_key()
    {
        using TempDirectory directory = new();
        File.WriteAllBytes(directory.File("key:file"), [.. "first\n"u8, 0xff, (byte)'x']);
        Assert.Equal(("/dev/sda2", "a:b"), Parsed("/dev/sda2:key:a:b"));
        Assert.Equal((null, "pass"), Parsed("all:key:pass"));
        Assert.Equal(("1234-5678", "first|first\n\udcffx"), Parsed("1234-5678:file:" + directory.File("key:file")));
        Assert.Equal(["\udc80a"], GuestKey.FromBytes([0x80, (byte)'a']).Candidates);

        foreach (string wrong in (string[])["secret", ":key:secret", "/dev/sda:kye:secret", "all:secret:key", "all:key"])
        {
            FormatException error = Assert.Throws<FormatException>(() => GuestKey.Parse(wrong));
            Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        }

        Assert.Contains("TPM", Assert.Throws<FormatException>(() => GuestKey.Parse("all:clevis")).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "secret", Assert.Throws<ArgumentException>(() => GuestKey.FromPassphrase("secret\0")).ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => GuestKey.FromBytes([]));
        Assert.Throws<FileNotFoundException>(() => GuestKey.Parse("all:file:" + directory.File("none")));
        Assert.Equal("a key for /dev/sda2", GuestKey.FromPassphrase("secret", "/dev/sda2").ToString());

        static (string?, string) Parsed(string selector) =>
            GuestKey.Parse(selector) is var key ? (key.Device, string.Join('|', key.Candidates)) : default;
    }

    [Fact]
    public void The_memory_of_the_keys_is_what_cryptsetup_says()
    {
        Command.Require("cryptsetup");
        using TempDirectory directory = new();
        string image = Format(
            directory, "--pbkdf", "argon2id", "--pbkdf-memory", "2048", "--pbkdf-parallel", "1", "--pbkdf-force-iterations", "4");
        Run(image, "luksAddKey", "key", "second", "--pbkdf", "argon2i", "--pbkdf-memory", "4096", "--pbkdf-parallel", "1",
            "--pbkdf-force-iterations", "4");
        long[] judge =
        [
            .. Command.Run("cryptsetup", "luksDump", image).Split('\n')
                .Where(l => l.Contains("Memory:", StringComparison.Ordinal))
                .Select(l => long.Parse(l.Split(':')[1], CultureInfo.InvariantCulture))
                .Order(),
        ];
        LuksHeader header = Read(File.ReadAllBytes(image));
        Assert.Equal((judge[0], judge[1]), (header.LeastMemory, header.MostMemory));
        Assert.Empty(header.Tokens);

        // With a cheaper function there is no need at all.
        Run(image, "luksAddKey", "key", "third", "--pbkdf", "pbkdf2", "--pbkdf-force-iterations", "1000");
        Run(image, "token", null, null, "import", "--token-id", "0");
        header = Read(File.ReadAllBytes(image));
        Assert.Equal((0, judge[1]), (header.LeastMemory, header.MostMemory));
        Assert.Equal(["clevis"], header.Tokens);
    }

    [Fact]
    public void Whatever_the_header_says_is_no_exception()
    {
        Command.Require("cryptsetup");
        using TempDirectory directory = new();
        byte[] whole = File.ReadAllBytes(Format(directory, "--pbkdf", "pbkdf2", "--pbkdf-force-iterations", "1000"))[..(64 << 10)];
        string[] absurd =
        [
            "", "{", "[]", "null", "{\"keyslots\":[]}", "{\"keyslots\":{\"0\":1,\"1\":{\"kdf\":{\"memory\":-1}}}}",
            "{\"keyslots\":{\"0\":{\"kdf\":{\"memory\":1e400}}},\"tokens\":{\"0\":{\"type\":\"\\ud800\"},\"1\":{\"type\":{}}}}",
            new string('[', 10000),
            "{\"tokens\":{" + string.Join(',', Enumerable.Range(0, 300).Select(i => $"\"{i}\":{{\"type\":\"t{i}\"}}")) + "}}",
        ];
        foreach (string text in absurd)
        {
            byte[] image = [.. whole];
            image.AsSpan(4096, 12 << 10).Clear();
            Encoding.UTF8.GetBytes(text).CopyTo(image.AsSpan(4096));
            LuksHeader header = Read(image);
            Assert.Equal((0, 0), (header.LeastMemory, header.MostMemory));
            Assert.InRange(header.Tokens.Count, 0, 32);
        }

        Random random = new(16);
        for (int round = 0; round < Soak.Rounds(500, 5000); round++)
        {
            byte[] image = [.. whole];
            for (int i = 0; i < 6; i++)
            {
                image[random.Next(2) == 0 ? random.Next(16) : 4096 + random.Next(2000)] = (byte)random.Next(256);
            }

            BinaryPrimitives.WriteUInt64BigEndian(image.AsSpan(8), round % 3 == 0 ? ulong.MaxValue : (ulong)random.Next(100_000));
            _ = Read(image[..random.Next(image.Length)]);
        }
    }

    private static LuksHeader Read(byte[] image) => LuksHeader.Read(new ImageReader(image));

    private static string Format(TempDirectory directory, params string[] options)
    {
        string image = directory.File("image");
        File.WriteAllBytes(image, new byte[20 << 20]);
        LuksImage.Format(image, "key", ["--type", "luks2", .. options]);
        return image;
    }

    private static void Run(string image, string command, string? key, string? newKey, params string[] options)
    {
        List<string> arguments = [command, .. options];
        string input = "{\"type\":\"clevis\",\"keyslots\":[\"0\"]}";
        if (key is not null)
        {
            string file = image + ".key";
            File.WriteAllText(file, key);
            arguments.AddRange(["--batch-mode", "--key-file", file]);
            input = newKey!;
        }

        arguments.Add(image);
        if (newKey is not null)
        {
            arguments.Add("-");
        }

        CommandResult result = Command.TryRun("cryptsetup", arguments, input: input);
        Assert.True(result.ExitCode == 0, result.Error);
    }
}
