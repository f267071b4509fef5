// Where a user's cache is who has no home, or none that can be written.
using Guestfs.Appliances.Tests.Build;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Cache;

public sealed class CacheLocationTests
{
    private const string WithoutHome = "/var/tmp/.guestfs-appliances-65534/";

    // In turn: variables; what the printed directory begins with. HOME itself can be written where it is not named; 'closed' cannot.
    [Theory]
    [InlineData("", "HOME/.cache/guestfs-appliances/")]
    [InlineData("HOME=/", WithoutHome)]
    [InlineData("HOME=/dev/null", WithoutHome)]
    [InlineData("HOME=/nowhere", WithoutHome)]
    [InlineData("HOME=", WithoutHome)]
    [InlineData("HOME=closed", WithoutHome)]
    [InlineData("HOME=closed XDG_CACHE_HOME=closed/cache", WithoutHome)]
    [InlineData("XDG_CACHE_HOME=closed", "HOME/.cache/guestfs-appliances/")]
    [InlineData("XDG_CACHE_HOME=HOME/other", "HOME/other/guestfs-appliances/")]
    [InlineData("HOME=/ LIBGUESTFS_CACHEDIR=HOME/large", "HOME/large/.guestfs-appliances-65534/")]
    [InlineData("XDG_CACHE_HOME=HOME/other LIBGUESTFS_CACHEDIR=HOME/large", "HOME/large/.guestfs-appliances-65534/")]
    public void Without_a_home_that_can_be_written_it_is_elsewhere(string variables, string place)
    {
        ArgumentNullException.ThrowIfNull(variables);
        ArgumentNullException.ThrowIfNull(place);
        using OrdinaryUser nobody = new();
        using FakeHost host = new();
        Command.Run("cp", "-r", host.Root, nobody.File("system"));
        Directory.CreateDirectory(nobody.File("closed"));
        Dictionary<string, string?> environment = new() { ["XDG_CACHE_HOME"] = null, ["LIBGUESTFS_CACHEDIR"] = null };
        foreach (string variable in variables.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = Path(variable).Split('=', 2);
            environment[parts[0]] = parts[1];
        }

        CommandResult result =
            nobody.RunGfs(environment, "appliance", "build", "--root", nobody.File("system"), "--skeleton", nobody.File("system/skeleton"));
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.StartsWith(Path(place), result.Output, StringComparison.Ordinal);
        Assert.Equal("700 65534\n", Command.Run("stat", "-c", "%a %u", System.IO.Path.GetDirectoryName(result.Output.Trim())!));
        Assert.Equal("", Command.Run("find", nobody.File("closed"), "-mindepth", "1"));
        Assert.Equal(0, nobody.RunGfs(environment, "appliance", "clean").ExitCode);
        Assert.False(Directory.Exists(result.Output.Trim()));

        string Path(string text)
        {
            string replaced = text.Replace("=HOME/", $"={nobody.Home}/", StringComparison.Ordinal)
                .Replace("=closed", $"={nobody.File("closed")}", StringComparison.Ordinal);
            return replaced.StartsWith("HOME/", StringComparison.Ordinal) ? nobody.Home + replaced[4..] : replaced;
        }
    }

    // Who downloads packages first makes the cache that programs run out of, too.
    [Fact]
    public void A_cache_of_packages_leaves_what_it_is_in_closed_to_others()
    {
        using TempDirectory work = new();
        using HttpClient http = new();
        string home = work.File("home"), cache = System.IO.Path.Combine(home, "guestfs-appliances");
        string packages = System.IO.Path.Combine(cache, "packages");
        _ = new ApplianceRepository(
            new RepositoryOptions
            {
                Address = new Uri("file:///nowhere"),
                Suite = "test",
                Keyrings = [],
                Architecture = "amd64",
                CacheDirectory = packages,
                Runner = new Packages.ProcessRunner(),
            },
            http);
        Assert.Equal("700\n700\n700\n", Command.Run("stat", "-c", "%a", home, cache, packages));
        _ = new ApplianceCache(cache);
    }

    [Fact]
    public void A_place_that_was_asked_for_and_cannot_be_written_is_an_error_that_names_the_options()
    {
        using OrdinaryUser nobody = new();
        Directory.CreateDirectory(nobody.File("closed"));
        foreach (CommandResult result in new[]
        {
            nobody.RunGfs("appliance", "build", "--cache", nobody.File("closed/cache")),
            nobody.RunGfs(new Dictionary<string, string?> { ["LIBGUESTFS_CACHEDIR"] = nobody.File("closed") }, "appliance", "build"),
        })
        {
            Assert.Equal(5, result.ExitCode);
            Assert.StartsWith("gfs: " + nobody.File("closed"), result.Error, StringComparison.Ordinal);
            Assert.Contains("--cache", result.Error, StringComparison.Ordinal);
            Assert.Contains("--output", result.Error, StringComparison.Ordinal);
        }
    }
}
