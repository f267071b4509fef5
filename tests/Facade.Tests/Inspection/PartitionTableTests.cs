// Partition tables beside sfdisk.
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Inspection;

public sealed class PartitionTableTests
{
    private const int Sector = 512;
    private const string LinuxRoot = "4f68bce3-e8cd-4db1-96e7-fbcaf984b709";

    [Theory]
    [InlineData("label: gpt\nfirst-lba: 64\n64,100\n,2048,U,\nsize=4096, type=L, name=\"a name\"\n")]
    [InlineData("label: gpt\nsize=1MiB, type=21686148-6449-6E6F-744E-656564454649, name=bios\nsize=1MiB, type=" + LinuxRoot + "\n")]
    [InlineData("label: gpt\ntable-length: 32\n4 : size=1MiB\n30 : size=1MiB\n")]
    [InlineData("label: gpt\n")]
    [InlineData("label: dos\nlabel-id: 0x12345678\n,1MiB,7,*\n,1MiB,82\n")]
    [InlineData("label: dos\n,1MiB,83\n,10MiB,E\n,1MiB,8e\n,1MiB,83\n,1MiB,fd\n,1MiB,c\n")]
    [InlineData("label: dos\n4 : size=8MiB, type=f\n5 : size=1MiB, type=83\n1 : size=1MiB, type=42\n")]
    public void Tables_are_as_sfdisk_made_them(string script)
    {
        Command.Require("sfdisk", "sh");
        using TempDirectory directory = new();
        string image = NewImage(directory, script);
        Assert.Equal(Sfdisk(image), Lines(Read(File.ReadAllBytes(image))));
    }

    [Theory]
    [InlineData("1: 100 1000, 2: 1100 50")]
    [InlineData("1: 100 1000, 2: 100 50")]
    [InlineData("3: 100 1000, 2: 1099 50, 1: 1140 50")]
    [InlineData("1: 100 1000, 2: 200 10, 3: 300 10, 4: 1100 10")]
    public void Partitions_overlap_where_sfdisk_says_so(string places)
    {
        ArgumentNullException.ThrowIfNull(places);
        Command.Require("sfdisk");
        using TempDirectory directory = new();
        byte[] content = new byte[16 << 20];
        (content[510], content[511]) = (0x55, 0xaa);
        foreach (int[] place in places.Split(", ").Select(p => p.Split(' ', ':').Where(n => n.Length > 0).Select(int.Parse).ToArray()))
        {
            int entry = 446 + ((place[0] - 1) * 16);
            content[entry + 4] = 0x83;
            BitConverter.GetBytes(place[1]).CopyTo(content, entry + 8);
            BitConverter.GetBytes(place[2]).CopyTo(content, entry + 12);
        }

        string image = directory.File("disk");
        File.WriteAllBytes(image, content);
        CommandResult judge = Command.TryRun("sfdisk", ["--verify", image], new Dictionary<string, string?> { ["LC_ALL"] = "C" });
        Assert.Equal(
            Regex.Matches(judge.Output + judge.Error, @"Partition (\d): overlaps partition (\d)")
                .Select(m => Pair(m.Groups[1].Value, m.Groups[2].Value))
                .Order(),
            Read(content)!.Overlaps().Select(o => Pair($"{o.Partition.Number}", $"{o.Within.Number}")).Order());

        static string Pair(string a, string b) => string.CompareOrdinal(a, b) < 0 ? $"{a} {b}" : $"{b} {a}";
    }

    [Fact]
    public void A_damaged_table_is_read_from_the_copy_at_the_end()
    {
        Command.Require("sfdisk", "sh");
        using TempDirectory directory = new();
        string image = NewImage(directory, "label: gpt\nsize=1MiB\nsize=2MiB\n");
        string[] whole = Sfdisk(image);
        byte[] content = File.ReadAllBytes(image);
        content[1024 + 40] ^= 1;
        Assert.Equal(whole, Lines(Read(content)));
        content[600] ^= 1;
        Assert.Equal(whole, Lines(Read(content)));
    }

    [Fact]
    public void A_chain_of_logical_partitions_in_a_circle_ends()
    {
        Command.Require("sfdisk", "sh");
        using TempDirectory directory = new();
        byte[] content = File.ReadAllBytes(NewImage(directory, "label: dos\n,12MiB,E\n,1MiB,83\n,1MiB,83\n"));
        int first = (int)Read(content)!.Partitions[0].Start;

        // The first link's next is itself.
        content.AsSpan(first + 446 + 16 + 8, 4).Clear();
        Assert.InRange(Read(content)!.Partitions.Count, 2, 200);
    }

    [Theory]
    [InlineData("mkfs.vfat")]
    [InlineData("mkfs.ext4", "-q")]
    public void A_filesystem_has_none(string program, params string[] options)
    {
        Command.Require(program);
        using TempDirectory directory = new();
        string image = directory.File("image");
        File.WriteAllBytes(image, new byte[16 << 20]);
        Command.Run(program, [.. options, image]);
        Assert.Null(Read(File.ReadAllBytes(image)));
    }

    private static PartitionTable? Read(byte[] content) => PartitionTable.Read(new ImageReader(content));

    private static string NewImage(TempDirectory directory, string script)
    {
        string image = directory.File("disk");
        File.WriteAllBytes(image, new byte[16 << 20]);
        File.WriteAllText(directory.File("script"), script);
        Command.Run("sh", "-c", $"sfdisk -q '{image}' < '{directory.File("script")}'");
        return image;
    }

    private static string[] Sfdisk(string image)
    {
        string json = Command.Run("sfdisk", "-J", image);
        JsonElement table = JsonDocument.Parse(json).RootElement.GetProperty("partitiontable");
        bool isGpt = table.GetProperty("label").GetString() == "gpt";
        uint id = isGpt ? 0 : Convert.ToUInt32(table.GetProperty("id").GetString()!, 16);
        return
        [
            .. (table.TryGetProperty("partitions", out JsonElement partitions) ? partitions.EnumerateArray() : []).Select(p =>
            {
                int number = int.Parse(p.GetProperty("node").GetString()![image.Length..].Trim('p'), CultureInfo.InvariantCulture);
                string type = p.GetProperty("type").GetString()!.ToLowerInvariant();
                string? name = p.TryGetProperty("name", out JsonElement n) ? n.GetString() : null;
                string uuid = isGpt ? p.GetProperty("uuid").GetString()!.ToLowerInvariant() : $"{id:x8}-{number:x2}";
                return $"{number}: {p.GetProperty("start").GetInt64()} {p.GetProperty("size").GetInt64()} "
                    + $"{(isGpt ? type : type.PadLeft(2, '0'))} {uuid} {name}";
            }).Order(StringComparer.Ordinal),
        ];
    }

    private static string[] Lines(PartitionTable? table)
    {
        Assert.NotNull(table);
        return
        [
            .. table.Partitions
                .Select(p => $"{p.Number}: {p.Start / Sector} {p.Size / Sector} {p.Type} {p.Uuid} {p.Name}")
                .Order(StringComparer.Ordinal),
        ];
    }
}
