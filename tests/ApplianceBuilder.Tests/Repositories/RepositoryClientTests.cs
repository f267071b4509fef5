// Repositories that Debian's tools made, as they should be and tampered with.
using System.Globalization;

using Guestfs.Appliances.Repositories;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Repositories;

public sealed class RepositoryClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Packages_come_as_they_are_in_the_repository(bool overHttp, bool byHash)
    {
        using LocalRepository local = Demo();
        if (byHash)
        {
            string hashes = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(local.Packages)!, "by-hash/SHA256")).FullName;
            local.SignRelease("Acquire-By-Hash=yes");
            File.Move(local.Packages + ".xz", Path.Combine(hashes, Sha256(local.Packages + ".xz")));
        }

        using HttpServer server = new(local.Root);
        using HttpClient http = new();
        RepositoryClient client = local.Client(http);
        PackageUniverse universe = await client.LoadAsync([overHttp ? local.At(server.Address) : local.AsFiles()], null, Token);
        Assert.Equal(Command.Run("sh", "-c", $"sed -n 's/^Package: //p' '{local.Packages}'")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Order(StringComparer.Ordinal), universe.All.Select(package => package.Name));

        List<ApplianceProgress> reports = [];
        IReadOnlyList<RepositoryPackage> packages =
            await client.DownloadAsync([.. universe.All], new SynchronousProgress<ApplianceProgress>(reports.Add), Token);
        Assert.All(packages, package => Assert.Equal(package.Sha256, Sha256(package.Path)));
        Assert.Equal(packages.Sum(package => new FileInfo(package.Path).Length), reports.Max(report => report.Done));
        int requests = server.Requests.Count;
        await client.DownloadAsync([.. universe.All], null, Token);
        Assert.Equal(requests, server.Requests.Count);
    }

    [Theory]
    [InlineData("changed text", "sed -i 's/^Suite: test/Suite: best/' dists/test/InRelease", ApplianceProblem.NotAuthentic)]
    [InlineData("text before", "sed -i '1i Origin: evil' dists/test/InRelease", null)]
    [InlineData("no signature", "sed -i '1,3d;/^-----BEGIN PGP SIG/,$d' dists/test/InRelease", ApplianceProblem.NotAuthentic)]
    [InlineData(
        "changed index",
        "sed -i 's/demo/dame/' dists/test/main/binary-amd64/Packages; xz -kf dists/test/main/binary-amd64/Packages",
        ApplianceProblem.NotAuthentic)]
    [InlineData("missing index", "rm dists/test/main/binary-amd64/Packages.xz", ApplianceProblem.DownloadFailed)]
    [InlineData("missing suite", "rm -r dists", ApplianceProblem.DownloadFailed)]
    [InlineData("changed package", "printf x >> pool/demo_1.0_amd64.deb", ApplianceProblem.NotAuthentic)]
    [InlineData(
        "changed byte in package",
        "printf x | dd of=pool/demo_1.0_amd64.deb bs=1 seek=200 conv=notrunc status=none",
        ApplianceProblem.NotAuthentic)]
    [InlineData("shorter package", "truncate -s -1 pool/demo_1.0_amd64.deb", ApplianceProblem.NotAuthentic)]
    [InlineData("missing package", "rm pool/demo_1.0_amd64.deb", ApplianceProblem.DownloadFailed)]
    public async Task What_was_tampered_with_is_refused(string what, string tamper, ApplianceProblem? problem)
    {
        Assert.NotEmpty(what);
        using LocalRepository local = Demo();
        Command.Run("sh", "-ec", $"cd '{local.Root}'; {tamper}");
        using HttpServer server = new(local.Root);
        using HttpClient http = new();
        foreach (DebianRepository repository in new[] { local.AsFiles(), local.At(server.Address) })
        {
            if (problem is null)
            {
                // What is outside of the signed text does not count, and is not seen.
                Assert.Equal(3, (await local.Client(http).LoadAsync([repository], null, Token)).Count);
                continue;
            }

            ApplianceException error = await Assert.ThrowsAsync<ApplianceException>(() => Get(local.Client(http), repository));
            Assert.Equal(problem, error.Problem);
        }

        Assert.Empty(Directory.Exists(local.CachePart("partial")) ? Directory.GetFiles(local.CachePart("partial")) : []);
    }

    [Fact]
    public async Task Another_key_or_another_suite_or_another_time_is_refused()
    {
        using LocalRepository local = Demo(), other = new();
        using HttpClient http = new();
        DebianRepository good = local.AsFiles();
        await Refused(good with { SignedBy = other.At("file:///").SignedBy }, null);
        await Refused(good with { SignedBy = good.SignedBy with { Fingerprints = [new string('A', 40)] } }, null);
        await Refused(good with { SignedBy = new SignedBy([], []) }, null);
        Directory.Move(local.Suite, local.Suite + "ing");
        await Refused(good with { Suite = "testing" }, null);
        Directory.Move(local.Suite + "ing", local.Suite);

        DateTimeOffset now = DateTimeOffset.UtcNow;
        await Refused(good, new ClockAt(now.AddDays(-1)));
        local.SignRelease("ValidTime=604800");
        await local.Client(http, new ClockAt(now)).LoadAsync([good], null, Token);
        Assert.Contains("--allow-expired", await Refused(good, new ClockAt(now.AddDays(8))), StringComparison.Ordinal);
        await local.Client(http, new ClockAt(now.AddDays(8))).LoadAsync([good with { CheckValidUntil = false }], null, Token);

        async Task<string> Refused(DebianRepository repository, TimeProvider? time)
        {
            ApplianceException error = await Assert.ThrowsAsync<ApplianceException>(
                () => local.Client(http, time).LoadAsync([repository], null, Token));
            Assert.Equal(ApplianceProblem.NotAuthentic, error.Problem);
            return error.Message;
        }
    }

    [Theory]
    [InlineData("SHA1", false)]
    [InlineData("RIPEMD160", false)]
    [InlineData("SHA224", true)]
    [InlineData("SHA256", true)]
    [InlineData("SHA384", true)]
    public async Task Digests_of_signatures_are_accepted_and_refused_as_by_apt(string digest, bool accepted)
    {
        using LocalRepository local = Demo();
        using TempDirectory directory = new();
        using HttpClient http = new();
        local.SignatureDigest = digest;
        local.SignRelease();
        string configuration = IsolatedApt.Configure(directory.Path, $"deb [signed-by={local.Keyring}] file://{local.Root} test main");
        // A newer apt verifies with sqv, which refuses SHA-224 too; gpgv, the judge of ours, does not.
        bool acceptedByApt = accepted && (digest != "SHA224" || Command.Find("sqv") is null);
        Assert.Equal(acceptedByApt, Command.TryRun("apt-get", ["-c", configuration, "-qq", "update"]).ExitCode == 0);
        Task<PackageUniverse> load = local.Client(http).LoadAsync([local.AsFiles()], null, Token);
        if (accepted)
        {
            await load;
            return;
        }

        ApplianceException error = await Assert.ThrowsAsync<ApplianceException>(() => load);
        Assert.Equal(ApplianceProblem.NotAuthentic, error.Problem);
        Assert.Contains("SHA-1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_that_is_older_than_the_newest_one_seen_is_not_taken_as_with_apt()
    {
        using LocalRepository local = Demo();
        using TempDirectory directory = new();
        using HttpClient http = new();
        string configuration = IsolatedApt.Configure(directory.Path, $"deb [signed-by={local.Keyring}] file://{local.Root} test main");
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        await Offer(now.AddDays(-2));
        await Offer(now.AddDays(-1));
        Assert.Equal(now.AddDays(-1), AptHas());

        ApplianceException error = await Assert.ThrowsAsync<ApplianceException>(() => Offer(now.AddDays(-2)));
        Assert.Equal(now.AddDays(-1), AptHas());
        Assert.Equal(ApplianceProblem.NotAuthentic, error.Problem);
        Assert.Contains("--allow-expired", error.Message, StringComparison.Ordinal);
        await Load(local.AsFiles() with { AllowOlder = true });

        // It is the newest that is kept, and of each source its own.
        await Assert.ThrowsAsync<ApplianceException>(() => Offer(now.AddDays(-2)));
        using HttpServer server = new(local.Root);
        await Load(local.At(server.Address));
        await Offer(now);

        Task Offer(DateTimeOffset date)
        {
            local.Date = date;
            local.SignRelease();
            Command.TryRun("apt-get", ["-c", configuration, "-qq", "update"]);
            return Load(local.AsFiles());
        }

        Task Load(DebianRepository repository) => local.Client(http).LoadAsync([repository], null, Token);

        DateTimeOffset AptHas() => DateTimeOffset.Parse(
            Command.Run("sh", "-c", $"sed -n 's/^Date: //p' '{directory.Path}'/state/lists/*InRelease"), CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Transient_failures_are_tried_again_and_others_are_not()
    {
        using LocalRepository local = Demo();
        int failures = 2, seen = 0, status = 503;
        using HttpServer server = new(local.Root, context =>
        {
            if (!context.Request.Url!.AbsolutePath.Contains("demo", StringComparison.Ordinal) || Interlocked.Increment(ref seen) > failures)
            {
                return false;
            }

            if (status != 0)
            {
                context.Response.StatusCode = status;
                context.Response.Close();
                return true;
            }

            // The connection ends in the middle.
            context.Response.ContentLength64 = 100_000;
            context.Response.OutputStream.Write(new byte[500]);
            context.Response.Abort();
            return true;
        });
        using HttpClient http = new();
        ClockAt clock = new(DateTimeOffset.UtcNow);
        await Get(local.Client(http, clock), local.At(server.Address));
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], clock.Delays);

        foreach ((int code, int expected) in new[] { (0, 3), (500, 3), (404, 1), (403, 1), (418, 1) })
        {
            (status, seen, failures) = (code, 0, int.MaxValue);
            Directory.Delete(local.CachePart("debs"), recursive: true);
            ApplianceException error = await Assert.ThrowsAsync<ApplianceException>(
                () => Get(local.Client(http, clock), local.At(server.Address)));
            Assert.Equal((ApplianceProblem.DownloadFailed, expected), (error.Problem, seen));
        }
    }

    // As gfs has it, whose client follows none itself.
    [Fact]
    public async Task Redirections_are_followed_but_not_for_ever_and_not_to_files()
    {
        using LocalRepository local = Demo();
        int status = 301;
        Func<string, string> moved = path => path["/old".Length..];
        using HttpServer server = new(local.Root, context =>
        {
            string path = context.Request.Url!.AbsolutePath;
            if (!path.StartsWith("/old/", StringComparison.Ordinal))
            {
                return false;
            }

            context.Response.StatusCode = status;
            context.Response.Headers["Location"] = moved(path);
            context.Response.Close();
            return true;
        });
        using HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
        DebianRepository old = local.At(server.Address + "old/");
        foreach (int code in new[] { 301, 302, 303, 307, 308 })
        {
            status = code;
            await Get(local.Client(http), old);
            Directory.Delete(local.CachePart("debs"), recursive: true);
        }

        moved = path => path;
        Assert.Contains("20th redirection in a row", await Refused(), StringComparison.Ordinal);
        moved = path => "file://" + local.Root + path["/old".Length..];
        Assert.Contains($"redirects to file://{local.Root}", await Refused(), StringComparison.Ordinal);

        async Task<string> Refused()
        {
            ApplianceException error = await Assert.ThrowsAsync<ApplianceException>(() => Get(local.Client(http), old));
            Assert.Equal(ApplianceProblem.DownloadFailed, error.Problem);
            return error.Message;
        }
    }

    [Fact]
    public async Task Without_a_network_what_was_fetched_before_is_used_and_that_is_told()
    {
        using LocalRepository local = Demo();
        using HttpClient http = new();
        List<string> warnings = [];
        ClockAt clock = new(DateTimeOffset.UtcNow);
        DebianRepository repository;
        int status = 200;
        using (HttpServer server = new(local.Root, context =>
        {
            if (status == 200)
            {
                return false;
            }

            context.Response.StatusCode = status;
            context.Response.Close();
            return true;
        }))
        {
            repository = local.At(server.Address);
            await Get(local.Client(http, clock, warnings.Add), repository);
            Assert.Empty(warnings);

            // A server that works and refuses is no missing network.
            status = 404;
            Assert.Contains(
                "404",
                (await Assert.ThrowsAsync<ApplianceException>(() => Get(local.Client(http, clock, warnings.Add), repository))).Message,
                StringComparison.Ordinal);
            status = 503;
            await Get(local.Client(http, clock, warnings.Add), repository);
            Assert.Contains("503", Assert.Single(warnings), StringComparison.Ordinal);
        }

        warnings.Clear();
        await Get(local.Client(http, clock, warnings.Add), repository);
        Assert.Contains(repository.Address.AbsoluteUri + "dists/test/InRelease", Assert.Single(warnings), StringComparison.Ordinal);

        // What is kept is trusted no more than what comes, and stands for its own address only.
        Assert.Equal(ApplianceProblem.DownloadFailed, (await Assert.ThrowsAsync<ApplianceException>(
            () => Get(local.Client(http, clock), repository with { Suite = "other" }))).Problem);
        string kept = Assert.Single(Directory.GetFiles(local.CachePart("releases")));
        await File.WriteAllTextAsync(
            kept, (await File.ReadAllTextAsync(kept, Token)).Replace("Packages", "packages", StringComparison.Ordinal), Token);
        Assert.Equal(ApplianceProblem.NotAuthentic,
            (await Assert.ThrowsAsync<ApplianceException>(() => Get(local.Client(http, clock), repository))).Problem);
    }

    [Fact]
    public async Task A_server_that_says_nothing_can_be_left()
    {
        using LocalRepository local = Demo();
        using CancellationTokenSource cancel = new();
        using HttpServer server = new(local.Root, context =>
        {
            if (!context.Request.Url!.AbsolutePath.EndsWith(".deb", StringComparison.Ordinal))
            {
                return false;
            }

            context.Response.ContentLength64 = 100_000;
            context.Response.OutputStream.Write(new byte[500]);
            context.Response.OutputStream.Flush();
            cancel.CancelAfter(100);
            return true;
        });
        using HttpClient http = new();
        RepositoryClient client = local.Client(http);
        PackageUniverse universe = await client.LoadAsync([local.At(server.Address)], null, Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.DownloadAsync([universe.Find("demo")!], null, cancel.Token));
        Assert.Empty(Directory.GetFiles(local.CachePart("partial")));
    }

    [Fact]
    public async Task A_damaged_file_of_the_cache_is_fetched_again_and_several_clients_share_it()
    {
        using LocalRepository local = Demo();
        using HttpClient http = new();
        await Get(local.Client(http), local.AsFiles());
        string[] cached = Directory.GetFiles(local.CachePart("debs"), "*.deb", SearchOption.AllDirectories);
        Assert.Equal(3, cached.Length);
        byte[] bytes = await File.ReadAllBytesAsync(cached[0], Token);
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(cached[0], bytes, Token);
        await File.WriteAllTextAsync(cached[1], "short", Token);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Get(local.Client(http), local.AsFiles())));
        Assert.All(cached, path => Assert.Equal(Path.GetFileNameWithoutExtension(path), Sha256(path)));
        Assert.Empty(Directory.GetFiles(local.CachePart("partial")));
    }

    [Theory]
    [InlineData("machine localhost login me password secret", false)]
    [InlineData("machine http://localhost:PORT login me password secret", true)]
    [InlineData(
        "machine http://localhost:PORT/pool/ login me password secret\nmachine http://localhost:PORT login me password secret", true)]
    [InlineData("machine http://elsewhere login me password secret", false)]
    public async Task Logins_of_apt_are_used_where_apt_would(string conf, bool works)
    {
        Assert.NotNull(conf);
        using LocalRepository local = Demo();
        using HttpServer server = new(local.Root, context =>
        {
            if (context.Request.Headers["Authorization"] == "Basic bWU6c2VjcmV0")
            {
                return false;
            }

            context.Response.StatusCode = 401;
            context.Response.Close();
            return true;
        });
        AptCredentials credentials = new();
        credentials.Add(
            conf.Replace("PORT", new Uri(server.Address).Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        using HttpClient http = new();
        Downloader downloader = new(http, credentials, TimeProvider.System);
        Task fetch = downloader.FetchAsync(new Uri(server.Address + "dists/test/InRelease"), (_, _) => Task.CompletedTask, Token);
        if (works)
        {
            await fetch;
        }
        else
        {
            Assert.Contains("auth.conf", (await Assert.ThrowsAsync<ApplianceException>(() => fetch)).Message, StringComparison.Ordinal);
        }
    }

    private static LocalRepository Demo()
    {
        LocalRepository local = new();
        DebFile.Build(local.Pool, "demo", script: "mkdir usr; head -c 50000 /dev/urandom > usr/demo");
        DebFile.Build(local.Pool, "other", "2:1.0~rc1-1");
        DebFile.Build(local.Pool, "more", "1.0+b1");
        return local.Publish();
    }

    private static async Task Get(RepositoryClient client, DebianRepository repository)
    {
        PackageUniverse universe = await client.LoadAsync([repository], null, Token);
        await client.DownloadAsync([.. universe.All], null, Token);
    }

    private static string Sha256(string path) => Command.Run("sha256sum", path).Split(' ')[0].TrimStart('\\');
}
