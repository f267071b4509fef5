// What messages name to C programmers is in the header.
using System.Text.RegularExpressions;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Exports.Tests;

public sealed partial class MessageNameTests
{
    private static readonly string Sources = string.Concat(
        Directory.GetFiles(Repository.File("src", "Facade", "Managed"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

    [Fact]
    public void Functions()
    {
        string[] named = [.. Function()
            .Matches(Sources)
            .Select(m => "gfs_" + (m.Groups["c"].Success ? m.Groups["c"].Value : Snake(m.Groups["method"].Value)))];
        Assert.True(named.Length > 10, $"only {named.Length} names were found");
        Assert.Subset(Header.Read().Functions.Select(f => f.Name).ToHashSet(), named.ToHashSet());
    }

    [Fact]
    public void Options()
    {
        string[] named = [.. Option().Matches(Sources).Select(m =>
            $"gfs_{Snake(m.Groups["type"].Value)}.{(m.Groups["c"].Success ? m.Groups["c"].Value : Snake(m.Groups["property"].Value))}")];
        Assert.True(named.Length > 4, $"only {named.Length} names were found");
        Assert.Subset(Header.Read().Structs.SelectMany(s => s.Members, (s, m) => $"{s.Name}.{m.Name}").ToHashSet(), named.ToHashSet());
    }

    [Fact]
    public void Values()
    {
        string[] named = [.. Value()
            .Matches(Sources)
            .Select(m => $"GFS_{Snake(m.Groups["type"].Value)}_{Snake(m.Groups["value"].Value)}".ToUpperInvariant())];
        Assert.NotEmpty(named);
        Assert.Subset(Header.Read().Enums.SelectMany(e => e.Values, (_, v) => v.Name).ToHashSet(), named.ToHashSet());
    }

    private static string Snake(string name) => Capital().Replace(name, "_$0").ToLowerInvariant();

    [GeneratedRegex("""ApiName\.(Function|Setting)\(nameof\((GuestfsHandle\.)?(?<method>\w+)\)(, "((?<c>[a-z_0-9]+)|[A-Z_]+)")?\)""")]
    private static partial Regex Function();

    [GeneratedRegex("""ApiName\.Option\(nameof\((Guestfs)?(?<type>\w+)\), nameof\(\w+\.(?<property>\w+)\)(, "(?<c>\w+)")?\)""")]
    private static partial Regex Option();

    [GeneratedRegex("""
        ApiName\.(Value\(|Choice\(\s*nameof\(\w+\), )nameof\((\w+\.)?(?<type>\w+)\), nameof\(\w+\.(?<value>\w+)\)\)
        """)]
    private static partial Regex Value();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Capital();
}
