// The order of rpm versions and the form of rich dependencies; the judge is rpm.
using System.Text;

using Guestfs.Appliances.Rpm;
using Guestfs.Appliances.Tests.Packages;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Rpm;

public sealed class RpmVersionTests
{
    [Fact]
    public void Versions_are_ordered_as_rpm_orders_them()
    {
        Command.Require("rpm");
        (string First, string Second)[] pairs = [.. RandomVersions.Pairs(new Random(21), Soak.Rounds(1500, 15000), "0019azA.+~^_")
            .Where(pair => pair.First.Contains('-', StringComparison.Ordinal) == pair.Second.Contains('-', StringComparison.Ordinal))];
        foreach ((string First, string Second)[] some in pairs.Chunk(500))
        {
            StringBuilder script = new("%{lua:");
            foreach ((string first, string second) in some)
            {
                script.Append(System.Globalization.CultureInfo.InvariantCulture, $"print(rpm.vercmp('{first}','{second}')..' ') ");
            }

            int[] judge = [.. Command.Run("rpm", "--eval", script.Append('}').ToString())
                .Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
                .Select(int.Parse)];
            Assert.Equal(judge, some.Select(pair => Math.Sign(RpmVersion.Compare(pair.First, pair.Second))));
        }
    }

    [Theory]
    [InlineData("(a or b)", "a | b")]
    [InlineData("(a and b and c)", "(a and b and c)")]
    [InlineData("(a >= 1:2-3 if (b or c) else d)", "(a >= 1:2-3 if b | c else d)")]
    [InlineData("(a unless b)", null)]
    [InlineData("(pkgconfig(x) >= 2 with pkgconfig(x) < 3)", "(pkgconfig(x) >= 2 with pkgconfig(x) < 3)")]
    [InlineData("(lib.so.6(V_2)(64bit) without b)", "(lib.so.6(V_2)(64bit) without b)")]
    [InlineData("((a or b) and (c if d))", "(a | b and (c if d))")]
    [InlineData("(a or b and c)", null)]
    [InlineData("(a if b if c)", null)]
    [InlineData("(a without b without c)", null)]
    [InlineData("(a or b", null)]
    [InlineData("(a or )", null)]
    [InlineData("(a > )", null)]
    [InlineData("()", null)]
    public void A_rich_dependency_is_understood_where_rpm_understands_it(string text, string? expected)
    {
        Command.Require("rpmspec");
        using TempDirectory directory = new();
        string spec = directory.File("a.spec");
        File.WriteAllText(spec, $"Name: a\nVersion: 1\nRelease: 1\nSummary: a\nLicense: MIT\nRequires: {text}\n%description\na\n%files\n");
        Assert.Equal(expected is not null, Command.TryRun("rpmspec", ["-q", spec]).ExitCode == 0);

        if (expected is null)
        {
            Assert.Equal(
                ApplianceProblem.InvalidInput, Assert.Throws<ApplianceException>(() => RpmRichDependency.Parse(text, "/db")).Problem);
        }
        else
        {
            Assert.Equal(expected, RpmRichDependency.Parse(text, "/db").ToString());
        }
    }

    [Fact]
    public void A_rich_dependency_of_any_depth_does_no_harm()
    {
        string text = new string('(', 100_000) + "a" + new string(')', 100_000);
        Assert.Throws<ApplianceException>(() => RpmRichDependency.Parse(text, "/db"));
    }
}
