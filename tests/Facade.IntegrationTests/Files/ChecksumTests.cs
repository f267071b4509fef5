// Checksums, which the programs of the host compute too.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Files;

[Collection(nameof(FilesAppliance))]
public sealed class ChecksumTests(FilesAppliance appliance)
{
    private readonly GuestfsHandle g = appliance.Guestfs;
    private readonly string directory = appliance.NewDirectory();

    [Theory]
    [InlineData("crc", "cksum")]
    [InlineData("md5", "md5sum")]
    [InlineData("sha1", "sha1sum")]
    [InlineData("sha224", "sha224sum")]
    [InlineData("sha256", "sha256sum")]
    [InlineData("sha384", "sha384sum")]
    [InlineData("sha512", "sha512sum")]
    public void A_checksum_is_that_of_the_hosts_program(string algorithm, string program)
    {
        foreach (int length in (int[])[0, 1, 1_234_567])
        {
            byte[] content = new byte[length];
            new Random(length).NextBytes(content);
            string host = appliance.Upload(directory + "/file", content);
            Assert.Equal(Command.Run(program, host).Split(' ')[0], g.Checksum(algorithm, directory + "/file"));
            File.Delete(host);
        }
    }

    [Fact]
    public void An_unknown_algorithm_is_refused()
    {
        GuestfsException error = Assert.Throws<GuestfsException>(() => g.Checksum("rot13", "/"));
        Assert.Equal("checksum", error.Operation);
        Assert.Contains("checksum type", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sums_of_a_directory_are_accepted_by_the_hosts_sha256sum()
    {
        using TempDirectory host = new();
        foreach ((string name, string content) in new[] { ("a", "first"), ("b c", "second"), ("ü", "third") })
        {
            File.WriteAllText(host.File(name), content);
            g.Upload(host.File(name), $"{directory}/{name}");
        }

        g.ChecksumsOut("sha256", directory, host.File("SUMS"));
        CommandResult check = Command.TryRun("sha256sum", ["--check", "--strict", "SUMS"], directory: host.Path);
        Assert.Equal((0, 3), (check.ExitCode,
            check.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(l => l.EndsWith(": OK", StringComparison.Ordinal))));
    }
}
