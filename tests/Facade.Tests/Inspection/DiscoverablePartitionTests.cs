// The UUID of the partition that is mounted on /var, beside systemd-id128; the order of the names of
// those for /usr beside systemd-analyze.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Inspection;

public sealed class DiscoverablePartitionTests
{
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

    [Fact]
    public void Names_with_versions_have_the_order_that_systemd_says()
    {
        Command.Require("systemd-analyze", "sh");
        List<string> names =
        [
            "os_9", "os_10", "os_010", "os_10.1", "os_10~rc1", "os_10^a", "os_10-1", "OS_10", "os", "_", "a1", "a", "1",
        ];
        Random random = new(4);
        for (int i = 0; i < 60; i++)
        {
            names.Add(string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => "0019aaBb~-^._"[random.Next(13)])));
        }

        string[] pairs = [.. names.Select(a => $"{a} {names[random.Next(names.Count)]}"), "os_9 os_10", "os_10 os_10~rc1"];
        const string Script = "for pair; do set -- $pair; systemd-analyze compare-versions -- \"$1\" \"$2\"; done";
        string judge = Command.Run("sh", ["-c", Script + "; true", "sh", .. pairs]);
        Assert.Equal(judge.Trim().Split('\n'), pairs.Select(pair =>
        {
            string[] both = pair.Split(' ');
            return $"{both[0]} {ImageVersion.Compare(both[0], both[1]) switch { < 0 => "<", > 0 => ">", _ => "==" }} {both[1]}";
        }));
    }
}
