// Relationship fields against dpkg's own parser.
using Guestfs.Appliances.Debian;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Debian;

public sealed class DebianRelationsTests
{
    [Theory]
    [InlineData("libc6 (>= 2.36), awk:any | mawk (<< 2:1.0~rc1-1), more")]
    [InlineData("a(=1),b ( >> 2 ) ,\n c|d |e (<= 3)")]
    [InlineData("python3:any (>= 3.11~), libstdc++6 (>= 13.1), g++-12-multilib")]
    [InlineData("")]
    public void Fields_are_understood_as_dpkg_understands_them(string field)
    {
        Command.Require("perl");
        CommandResult dpkg = Command.TryRun("perl", ["-MDpkg::Deps", "-e", "print deps_parse($ARGV[0]) . ''", field]);
        Assert.SkipWhen(dpkg.ExitCode != 0, "libdpkg-perl is not installed.");
        Assert.Equal(dpkg.Output.Trim(), string.Join(
            ", ", DebianRelations.Parse(field, "test").Select(group => string.Join(" | ", group.Select(relation => relation.DebianText)))));
    }

    [Theory]
    [InlineData("a (>= 1")]
    [InlineData("a b")]
    [InlineData("(>= 1)")]
    public void Malformed_fields_are_refused_by_us_and_by_dpkg(string field)
    {
        Assert.Throws<ApplianceException>(() => DebianRelations.Parse(field, "test"));
        Assert.NotEqual(0, Command.TryRun("perl", ["-MDpkg::Deps", "-e", "exit(defined deps_parse($ARGV[0]) ? 0 : 1)", field]).ExitCode);
    }
}
