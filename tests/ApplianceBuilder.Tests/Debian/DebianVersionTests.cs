// Versions against dpkg --compare-versions.
using Guestfs.Appliances.Debian;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Debian;

public sealed class DebianVersionTests
{
    private static readonly string[] Known =
    [
        "1", "1.0", "1.00", "0:1", "1-0", "1.0-0", "1:0", "1~", "1~~", "1~~a", "1~rc1", "1~rc1-1", "1-1", "1-1~bpo12+1", "1+b1", "1-1+b1",
        "1a", "1b", "1+", "1.", "1-", "1.2.3-4-5",
        "0", "00", "2:0~", "10", "9", "1.10", "1.9", "1.2a3", "1.2A3", "2.36-9+deb12u14", "99999999999999999999", "100000000000000000000",
        "6.12.1+dfsg-1ubuntu2.1", "1.0.0.", "1.0.0+git20250101",
    ];

    [Fact]
    public void Order_is_that_of_dpkg()
    {
        Command.Require("dpkg");
        string[] versions = [.. Known, .. Mutants()];
        string list = string.Join('\n', versions) + "\n";

        // One shell for all pairs of each version with the next few.
        string output = Command.TryRun("sh", ["-c", """
            set -f; set -- $(while read -r v; do ! dpkg --validate-version "$v" 2>/dev/null || echo "$v"; done)
            while [ $# -gt 6 ]; do
              for other in "$2" "$3" "$4" "$5" "$6"; do
                if dpkg --compare-versions "$1" lt "$other" 2>/dev/null; then echo "$1 -1 $other"
                elif dpkg --compare-versions "$1" eq "$other" 2>/dev/null; then echo "$1 0 $other"
                else echo "$1 1 $other"; fi
              done; shift
            done
            """], input: list).Output;
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length > 300);
        foreach (string[] words in lines.Select(line => line.Split(' ')))
        {
            DebianVersion a = DebianVersion.Parse(words[0]), b = DebianVersion.Parse(words[2]);
            Assert.Equal($"{words[0]} {words[1]} {words[2]}", $"{a} {a.CompareTo(b)} {b}");
            Assert.Equal(-a.CompareTo(b), b.CompareTo(a));
            Assert.Equal(a == b, words[1] == "0");
            Assert.True(a != b || a.GetHashCode() == b.GetHashCode());
        }
    }

#pragma warning disable CA5394 // Repeatable, not secret.
    private static IEnumerable<string> Mutants()
    {
        Random random = new(4711);
        for (int i = 0; i < Soak.Rounds(60, 600); i++)
        {
            yield return random.Next(3)
                + (random.Next(3) == 0 ? "." : "")
                + string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => "01~+.ab9Z"[random.Next(9)]))
                + (random.Next(2) == 0 ? "-" + random.Next(3) : "");
        }
    }
#pragma warning restore CA5394
}
