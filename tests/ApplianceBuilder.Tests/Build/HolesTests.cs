// Root filesystems that are mostly holes: zeros cost neither reading nor hashing, and none of them may change all the same.
using System.Text.Json.Nodes;

using Guestfs.Appliances.Manifest;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Build;

public sealed class HolesTests : IDisposable
{
    // What the documentation says of the digest, in another language and over every byte.
    private const string Judge = """
        import hashlib, sys
        digest, run, first = hashlib.sha256(), 0, 0
        with open(sys.argv[1], 'rb') as f:
            number = 0
            while True:
                block = f.read(4096)
                if run and not any(block):
                    digest.update(first.to_bytes(8, 'little') + run.to_bytes(8, 'little'))
                    run = 0
                if not block:
                    break
                if any(block):
                    first = number if run == 0 else first
                    run += 1
                    digest.update(block)
                number += 1
        print(digest.hexdigest())
        """;

    private readonly FakeHost host = new();

    private string Output => host.Beside("out");

    private string Root => Output + "/root";

    [Fact]
    public void The_digest_is_the_documented_one_wherever_the_file_has_its_holes()
    {
        Build("--size", "300M");
        JsonObject root = ReadRoot();
        Assert.False(root.ContainsKey("sha256"));
        Assert.Equal(Command.Run("python3", "-c", Judge, Root).Trim(), (string?)root["dataSha256"]);
        string bill = File.ReadAllText(Output + "/sbom.cdx.json");
        Assert.Contains((string)root["dataSha256"]!, bill, StringComparison.Ordinal);
        Gfs.Verify(Output);
        foreach (string sparse in (string[])["never", "always"])
        {
            Command.Run("cp", "--sparse=" + sparse, Root, Output + "/copy");
            Command.Run("mv", Output + "/copy", Root);
            Gfs.Verify(Output);
        }
    }

    [Theory]
    [InlineData("printf x | dd of=root bs=1 seek=250000000 conv=notrunc status=none")]
    [InlineData("printf '\\0' | dd of=root bs=1 seek=1080 conv=notrunc status=none")]
    [InlineData("dd if=root of=root bs=4096 count=1 seek=60000 conv=notrunc status=none")]
    [InlineData("dd if=root of=root bs=4096 count=1 seek=60000 conv=notrunc status=none; "
        + "dd if=/dev/zero of=root bs=4096 count=1 conv=notrunc status=none")]
    [InlineData("truncate -s -4096 root")]
    [InlineData("truncate -s +4096 root")]
    [InlineData(
        "fallocate -c -l 4096 -o 4096 root && truncate -s 300M root || printf x | dd of=root bs=1 seek=5000 conv=notrunc status=none")]
    public void A_change_anywhere_is_seen(string change)
    {
        Build("--size", "300M");
        Command.Run("sh", "-ec", $"cd '{Output}'; {change}");
        CommandResult verify = Gfs.TryRun(["appliance", "verify", Output]);
        Assert.Equal(1, verify.ExitCode);
        Assert.Contains($"{Root} is not what the manifest says", verify.Error, StringComparison.Ordinal);
    }

    // What the kernel was asked to read, and not how long it took.
    [Fact]
    public void Hundreds_of_gigabytes_of_free_space_are_not_read()
    {
        Command.Require("strace");
        Build("--free-space", "500G");
        Assert.True(new FileInfo(Root).Length > 500L << 30);
        string log = host.Beside("log");
        CommandResult verify = Gfs.TryRunUnder(
            ["strace", "-f", "-qq", "-y", "-e", "trace=read,pread64,readv,preadv", "-o", log], "appliance", "verify", Output);
        Assert.True(verify.ExitCode == 0, verify.Error);
        long read = File.ReadLines(log).Where(line => line.Contains($"<{Root}>", StringComparison.Ordinal))
            .Sum(line => long.TryParse(line[(line.LastIndexOf('=') + 1)..], out long count) ? count : 0);
        Assert.InRange(read, 1 << 20, 200 << 20);
    }

    [Fact]
    public void Manifests_of_the_older_format_count_and_other_roots_still_have_it()
    {
        host.Write("usr/bin/tool", new string('x', 20 << 20));
        Build("--free-space", "1M");
        Assert.Equal(Command.Run("sha256sum", Root)[..64], (string?)ReadRoot()["sha256"]);
        Assert.Equal(1, (int?)Read()["format"]);

        // As versions before wrote it for any size.
        Build("--size", "300M");
        Assert.Equal(2, (int?)Read()["format"]);
        JsonObject manifest = Read();
        manifest["format"] = 1;
        JsonObject root = RootOf(manifest);
        root.Remove("dataSha256");
        root["sha256"] = Command.Run("sha256sum", Root)[..64];
        Write(manifest);
        Gfs.Verify(Output);
        root["sha256"] = new string('0', 64);
        Write(manifest);
        Refused("its digest differs");

        // No digest would leave the file unchecked.
        root.Remove("sha256");
        Write(manifest);
        Refused("exactly one digest");

        void Refused(string why)
        {
            CommandResult verify = Gfs.TryRun(["appliance", "verify", Output]);
            Assert.Equal(1, verify.ExitCode);
            Assert.Contains(why, verify.Error, StringComparison.Ordinal);
        }

        void Write(JsonObject changed)
        {
            byte[] bytes = System.Text.Encoding.UTF8.GetBytes(changed.ToJsonString());
            string bill = Output + "/sbom.cdx.json";
            JsonObject json = JsonNode.Parse(File.ReadAllBytes(bill))!.AsObject();
            json[CycloneDx.SerialNumberName] = CycloneDx.SerialNumber(bytes);
            File.WriteAllBytes(Output + "/manifest.json", bytes);
            File.WriteAllText(bill, json.ToJsonString());
        }
    }

    public void Dispose() => host.Dispose();

    private static JsonObject RootOf(JsonObject manifest) =>
        manifest["outputs"]!.AsArray().Select(file => file!.AsObject()).Single(file => (string?)file["name"] == "root");

    private void Build(params string[] also) => Gfs.Run(["appliance", "build", "-o", Output, .. host.Arguments, .. also]);

    private JsonObject Read() => JsonNode.Parse(File.ReadAllBytes(Output + "/manifest.json"))!.AsObject();

    private JsonObject ReadRoot() => RootOf(Read());
}
