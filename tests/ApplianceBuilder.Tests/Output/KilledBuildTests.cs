// Builds that are killed or cancelled at any moment: what was there before stays, and what comes after works.
using System.Diagnostics;

using Guestfs.Appliances.Skeletons;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Output;

public sealed class KilledBuildTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;
    private readonly Random random = new(20260101);
    private readonly TempDirectory directory = new();

    public KilledBuildTests()
    {
        Directory.CreateDirectory(directory.File("skeleton"));
        File.WriteAllText(directory.File("skeleton/packages"), "bash\n");
    }

    [Fact]
    public void A_killed_build_leaves_the_old_appliance_as_it_was()
    {
        string output = directory.File("out");
        TimeSpan whole = Measure(["appliance", "build", "-o", output, "--skeleton", directory.File("skeleton")]);
        int killed = 0;
        for (int round = 0; round < Soak.Rounds(6, 60); round++)
        {
            killed += KillAtSomeMoment(whole, "appliance", "build", "-o", output, "--skeleton", directory.File("skeleton"), "--size",
                $"{512 + round}M") ? 1 : 0;
            Gfs.Verify(output);
        }

        // What killed builds left is removed by the next one; a user's own file of a similar name is not.
        Assert.True(killed > 0);
        Directory.CreateDirectory(output + ".mine");
        File.WriteAllText(output + ".mine.lock", "");
        Gfs.Run("appliance", "build", "-o", output, "--skeleton", directory.File("skeleton"));
        Gfs.Verify(output);
        Assert.Equal("out\nout.mine\nout.mine.lock\nskeleton\n", Command.Run("ls", "-A", directory.Path));
    }

    [Fact]
    public void What_a_running_build_has_beside_the_output_stays()
    {
        string output = directory.File("out"), running = output + ".0123abcd", dead = output + ".0123abce";
        foreach (string aside in new[] { running, dead })
        {
            Directory.CreateDirectory(aside);
            File.WriteAllText(aside + "/root", "half");
            File.WriteAllText(aside + ".spool", "half");
            File.WriteAllText(aside + ".lock", "");
        }

        Command.Require("flock");
        using Process other = Process.Start(
            new ProcessStartInfo(Command.Find("flock")!, ["-n", running + ".lock", "sh", "-c", "echo held; read end"])
            {
                RedirectStandardOutput = true, RedirectStandardInput = true,
            })!;
        Assert.Equal("held", other.StandardOutput.ReadLine());
        Gfs.Run("appliance", "build", "-o", output, "--skeleton", directory.File("skeleton"));
        Assert.Equal("out\nout.0123abcd\nout.0123abcd.lock\nout.0123abcd.spool\nskeleton\n", Command.Run("ls", "-A", directory.Path));
        other.StandardInput.Close();
        other.WaitForExit();
        Gfs.Run("appliance", "build", "-o", output, "--skeleton", directory.File("skeleton"));
        Assert.Equal("out\nskeleton\n", Command.Run("ls", "-A", directory.Path));
    }

    [Fact]
    public void A_killed_build_leaves_the_cache_in_order()
    {
        string cache = directory.File("cache");
        string[] command = ["appliance", "build", "--cache", cache, "--skeleton", directory.File("skeleton")];
        TimeSpan whole = Measure(command);
        string old = Gfs.Run(command).Output.Trim(), inode = Command.Run("stat", "-c", "%i", old + "/root");
        int rounds = Soak.Rounds(6, 60);
        for (int round = 0; round < rounds; round++)
        {
            KillAtSomeMoment(whole, [.. command, "--size", $"{512 + round}M"]);

            // Every entry that has its name is whole.
            foreach (string entry in Directory.GetDirectories(cache)
                .Where(path => !path.Contains(".tmp-", StringComparison.Ordinal) && path != old))
            {
                Gfs.Verify(entry);
            }

            if (round % 8 == 7 || round == rounds - 1)
            {
                Assert.Equal(old, Gfs.Run(command).Output.Trim());
                string built = Gfs.Run([.. command, "--size", $"{512 + round}M"]).Output.Trim();
                Gfs.Verify(built);
                Gfs.Run("appliance", "clean", "--cache", cache, "--unused-for", "1");
                Assert.DoesNotContain(Directory.GetDirectories(cache), path => path.Contains(".tmp-", StringComparison.Ordinal));
                foreach (string entry in Directory.GetDirectories(cache).Where(path => path != old))
                {
                    Directory.Delete(entry, recursive: true);
                }
            }
        }

        Gfs.Verify(old);
        Assert.Equal(inode, Command.Run("stat", "-c", "%i", old + "/root"));
    }

    [Fact]
    public void A_cancelled_build_stops_at_once_and_leaves_nothing()
    {
        ApplianceBuildOptions options = new() { Skeleton = [directory.File("skeleton")] };
        string output = directory.File("out");
        ApplianceBuilder.Build(options, output, cancellationToken: Cancellation).Dispose();
        Stopwatch watch = Stopwatch.StartNew();
        ApplianceBuilder.Build(options with { RootSize = 511L << 20 }, output, cancellationToken: Cancellation).Dispose();
        double whole = watch.Elapsed.TotalMilliseconds, stopping = 0, left = 0;
        ApplianceCache cache = new(directory.File("cache"));
        int cancelled = 0;
        for (int round = 0; round < Soak.Rounds(12, 120); round++)
        {
            using CancellationTokenSource source = new();
            Stopwatch since = new();
            using CancellationTokenRegistration registration = source.Token.Register(since.Start);
            double moment = random.NextDouble() * whole;
            source.CancelAfter(TimeSpan.FromMilliseconds(moment));
            ApplianceBuildOptions changed = options with { RootSize = (512L + round) << 20 };
            try
            {
                (round % 2 == 0
                    ? ApplianceBuilder.Build(changed, output, cancellationToken: source.Token)
                    : cache.GetOrBuild(changed, cancellationToken: source.Token)).Dispose();
            }
            catch (OperationCanceledException)
            {
                cancelled++;
                stopping += since.Elapsed.TotalMilliseconds;
                left += whole - moment;
            }

            Assert.Equal(["cache", "out", "skeleton"],
                Directory.EnumerateFileSystemEntries(directory.Path).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
            Assert.DoesNotContain(
                Directory.EnumerateFileSystemEntries(directory.File("cache")), path => path.Contains(".tmp-", StringComparison.Ordinal));
        }

        Assert.True(cancelled > 0);
        Assert.True(stopping < left / 2, $"{cancelled} builds had {left} ms left, and took {stopping} ms to stop.");
        Gfs.Verify(output);
    }

    public void Dispose() => directory.Dispose();

    private static TimeSpan Measure(params string[] arguments)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Gfs.Run(arguments);
        return watch.Elapsed;
    }

    // Whether it still ran when it was killed.
    private bool KillAtSomeMoment(TimeSpan whole, params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(Command.Find(Gfs.CommandLine[0]) ?? Gfs.CommandLine[0], [.. Gfs.CommandLine.Skip(1), .. arguments])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
        bool ended = process.WaitForExit(whole * random.NextDouble());
        process.Kill();
        process.WaitForExit();
        return !ended;
    }
}
