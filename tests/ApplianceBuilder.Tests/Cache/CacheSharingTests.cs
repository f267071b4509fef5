// The cache between processes and users: who may have one, who builds, who keeps what.
using Guestfs.Appliances.Tests.Build;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Cache;

public sealed class CacheSharingTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;
    private readonly FakeHost host = new();

    [Fact]
    public void The_directory_is_made_private()
    {
        _ = new ApplianceCache(host.Beside("new/cache"));
        Assert.Equal("700\n", Command.Run("stat", "-c", "%a", host.Beside("new/cache")));
    }

    [Theory]
    [InlineData("ln -s real cache && mkdir -m 0700 real", "symbolic link")]
    [InlineData("touch cache", "not a directory")]
    [InlineData("mkdir -m 0750 cache", "chmod 0700")]
    [InlineData("mkdir -m 0701 cache", "chmod 0700")]
    [InlineData("mkdir -m 0700 cache && chown 65534 cache", "belongs to user 65534")]
    public void A_directory_that_others_could_have_prepared_is_refused(string prepare, string reason)
    {
        ArgumentNullException.ThrowIfNull(prepare);
        if (prepare.Contains("chown", StringComparison.Ordinal) && Environment.UserName != "root")
        {
            Command.Missing("This test needs root rights, to make a directory of another user.");
        }

        Command.Run("sh", "-c", $"cd '{host.Beside("")}' && {prepare}");
        ApplianceException exception = Assert.Throws<ApplianceException>(() => new ApplianceCache(host.Beside("cache")));
        Assert.Equal(ApplianceProblem.OutputFailed, exception.Problem);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Contains(host.Beside("cache"), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_processes_at_once_build_once_and_agree()
    {
        string[] command = ["appliance", "build", "--verbose", "--cache", host.Beside("cache"), "--skeleton", host.Skeleton];
        host.Write("skeleton/packages", "bash\n");
        CommandResult[] results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Gfs.TryRun(command), Cancellation)));
        Assert.All(results, result => Assert.True(result.ExitCode == 0, result.Error));
        string entry = Assert.Single(results.Select(result => result.Output).Distinct()).Trim();
        Assert.Single(results.SelectMany(result => result.Error.Split('\n')), line => line.StartsWith("root: ", StringComparison.Ordinal));
        Assert.DoesNotContain(
            Directory.EnumerateFileSystemEntries(host.Beside("cache")), path => path.Contains(".tmp", StringComparison.Ordinal));
        Gfs.Verify(entry);
    }

    [Fact]
    public void What_is_in_use_is_kept_and_what_is_not_is_removed()
    {
        string[] clean = ["appliance", "clean", "--cache", host.Beside("cache")];
        ApplianceCache cache = new(host.Beside("cache"));
        Appliance used = cache.GetOrBuild(host.Options, cancellationToken: Cancellation);
        Appliance again = new ApplianceCache(host.Beside("cache")).GetOrBuild(host.Options, cancellationToken: Cancellation);
        string other;
        using (Appliance unused = cache.GetOrBuild(host.Options with { Timestamp = 1 }, cancellationToken: Cancellation))
        {
            other = unused.Directory;
        }

        Gfs.Run([.. clean, "--unused-for", "1"]);
        Assert.True(Directory.Exists(other));
        Gfs.Run(clean);
        Assert.False(Directory.Exists(other));
        Gfs.Verify(used.Directory);
        used.Dispose();
        Gfs.Run(clean);
        Gfs.Verify(again.Directory);
        again.Dispose();
        Gfs.Run(clean);
        Assert.Empty(Directory.EnumerateDirectories(host.Beside("cache")));
        Assert.DoesNotContain(Directory.EnumerateFiles(host.Beside("cache")),
            path => path.EndsWith(".fresh", StringComparison.Ordinal) || path.EndsWith(".verified", StringComparison.Ordinal));

        using Appliance rebuilt = cache.GetOrBuild(host.Options, cancellationToken: Cancellation);
        Gfs.Verify(rebuilt.Directory);
    }

    [Fact]
    public void What_killed_builds_left_is_removed()
    {
        ApplianceCache cache = new(host.Beside("cache"));
        using Appliance appliance = cache.GetOrBuild(host.Options, cancellationToken: Cancellation);
        string left = appliance.Directory + ".tmp-0123", record = host.Beside("cache/0123.fresh.4567"), verified = appliance.Directory
            + ".verified.4567";
        Directory.CreateDirectory(left);
        File.WriteAllText(left + "/root", "half");
        File.WriteAllText(record, "half");
        File.WriteAllText(verified, "half");
        cache.Collect(TimeSpan.FromDays(1));
        Assert.False(Directory.Exists(left));
        Command.Run("touch", "-d", "2 days ago", record, verified);
        cache.Collect(TimeSpan.FromDays(1));
        Assert.False(File.Exists(record) || File.Exists(verified));
        Gfs.Verify(appliance.Directory);
    }

    [Fact]
    public void Downloaded_files_go_when_nobody_has_used_them_or_uses_them_now()
    {
        Command.Require("flock");
        using LocalRepository local = new();
        DebFile.Build(local.Pool, "tool");
        local.Publish();
        string cache = host.Beside("cache"), packages = Path.Combine(cache, "packages");
        string[] clean = ["appliance", "clean", "--cache", cache];

        // It has no kernel, which shows when the indexes have been fetched.
        CommandResult build = Gfs.TryRun(
        [
            "appliance", "build", "--repository", "file://" + local.Root, "--suite", "test", "--keyring", local.Keyring, "--cache", cache,
            "--skeleton", host.Skeleton, "-o", host.Beside("out"),
        ]);
        Assert.Contains("no kernel", build.Error, StringComparison.Ordinal);
        string[] kept = Files();
        Assert.NotEmpty(kept);

        Gfs.Run([.. clean, "--unused-for", "1"]);
        Assert.Equal(kept, Files());
        Gfs.TryRunUnder(["flock", "--shared", Path.Combine(packages, ".use")], clean);
        Assert.Equal(kept, Files());
        Gfs.Run(clean);
        Assert.Empty(Files());

        // They guard against older states of the repository.
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(packages, "dates"), "*", SearchOption.AllDirectories));

        string[] Files() => [.. Directory.EnumerateFiles(packages, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) != ".use" && !path.Contains("/dates/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void A_fresh_check_reads_neither_packages_nor_their_files_nor_the_appliance()
    {
        Command.Require("strace");
        string cache = host.Beside("cache"), calls = host.Beside("calls");
        host.Write("skeleton/packages", "bash\n");
        string[] build = ["appliance", "build", "--cache", cache, "--skeleton", host.Skeleton];
        Gfs.Run(build);
        CommandResult again = Gfs.TryRunUnder(["strace", "-f", "-e", "trace=open,openat", "-o", calls], build);
        Assert.True(again.ExitCode == 0, again.Error);
        string[] opened = [.. File.ReadLines(calls)
            .Where(line => line.Contains("open", StringComparison.Ordinal))
            .Select(line => line.Split('"'))
            .Where(parts => parts.Length == 3)
            .Select(parts => parts[1])];
        Assert.Contains(opened, file => file.StartsWith(cache, StringComparison.Ordinal));
        Assert.All(opened.Where(file => file.StartsWith(cache, StringComparison.Ordinal)),
            file => Assert.Matches(@"/(manifest\.json|[0-9a-f]+\.(fresh|use|verified))$", file));
        Assert.DoesNotContain(opened,
            file => file.StartsWith("/var/lib/dpkg", StringComparison.Ordinal) || file.EndsWith("/bin/bash", StringComparison.Ordinal));
    }

    public void Dispose() => host.Dispose();
}
