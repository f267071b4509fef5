// Cancelling what libguestfs cannot stop: a launch, and calls that the appliance is busy with. The appliance is ended.
using System.Diagnostics;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Async;

public sealed class StuckCallTests : IDisposable
{
    // What is cancelled here would take minutes, or hang.
    private static readonly TimeSpan Promptly = TimeSpan.FromMinutes(1);

    private readonly TempDirectory directory = new();
    private readonly Random random;
    private readonly int seed = Environment.TickCount;
    private int disks;

    public StuckCallTests() => random = new Random(seed);

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_launch_cancelled_at_any_moment_ends_all_it_has_started()
    {
        TimeSpan whole = TimeSpan.FromSeconds(6);
        for (int cancelled = 0; cancelled < Soak.Rounds(3, 20);)
        {
            string image = NewImage();
            await using GuestfsHandle g = Configured(image);
            using CancellationTokenSource cancel = new();
            Task launch = g.LaunchAsync(cancellationToken: cancel.Token);
            await Task.Delay(whole * random.NextDouble());
            await cancel.CancelAsync();
            await Task.WhenAny(launch, Task.Delay(Promptly));
            Assert.True(launch.IsCompleted, $"It took longer than {Promptly}; seed {seed}.");
            if (launch.IsCompletedSuccessfully)
            {
                // It was over before that: launches are quicker here.
                Assert.Equal(GuestfsState.Ready, g.State);
                whole *= 0.8;
                continue;
            }

            cancelled++;
            await AssertCancels(g, launch, cancel, image);
        }
    }

    [Fact]
    public async Task A_call_that_the_appliance_is_busy_with_is_ended_with_it_and_another_handle_goes_on()
    {
        await using GuestfsHandle other = Configured(NewImage());
        await other.LaunchAsync();
        for (int i = 0; i < Soak.Rounds(2, 21); i++)
        {
            string image = NewImage();
            await using GuestfsHandle g = Configured(image, NewImage());
            await g.LaunchAsync();
            using CancellationTokenSource cancel = new();

            // Each takes minutes here, with any release's programs.
            Task call = (i % 3) switch
            {
                0 => g.DdAsync("/dev/sda", "/dev/sdb", cancellationToken: cancel.Token),
                1 => g.ChecksumDeviceAsync("sha512", "/dev/sda", cancellationToken: cancel.Token),
                _ => g.RunAsync(h => h.Debug("sh", ["sleep 600"]), cancellationToken: cancel.Token),
            };
            Task waiting = g.RunAsync(h => h.PingDaemon());
            await Task.Delay(random.Next(0, 1000));
            Assert.False(call.IsCompleted, $"Round {i}: ended before it was cancelled; seed {seed}. {call.Exception}");
            await AssertCancels(g, call, cancel, image);
            await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
            other.PingDaemon();
        }

        // Past the time that a cancelled transfer is given: by then there is no appliance to end.
        using CancellationTokenSource late = new();
        await other.RunAsync(
            h =>
            {
                h.Dispose();
                late.Cancel();
                Thread.Sleep(500);
            },
            cancellationToken: late.Token);
        Assert.Equal(GuestfsState.Closed, other.State);
    }

    [Fact]
    public async Task Disposing_asynchronously_lets_the_calls_that_were_begun_end()
    {
        string image = NewImage();
        GuestfsHandle g = Configured(image);
        Task launch = g.LaunchAsync();
        Task<string> call = g.RunAsync(h => h.Debug("sh", ["echo done"]));
        await g.DisposeAsync();
        Assert.True(launch.IsCompletedSuccessfully);
        Assert.Equal("done", (await call).Trim());
        Assert.Empty(Processes.With(image));
        await g.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => { _ = g.LaunchAsync(); });
    }

    private static GuestfsHandle Configured(params string[] images)
    {
        GuestfsHandle g = NewHandle.ForAppliance(new GuestfsHandleOptions { CancellationTimeout = TimeSpan.FromMilliseconds(200) });
        foreach (string image in images)
        {
            g.AddDrive(image, new AddDriveOptions { Format = "raw" });
        }

        return g;
    }

    private async Task AssertCancels(GuestfsHandle g, Task call, CancellationTokenSource cancel, string image)
    {
        long started = Stopwatch.GetTimestamp();
        await cancel.CancelAsync();
        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.True(call.IsCanceled);
        Assert.True(Stopwatch.GetElapsedTime(started) < Promptly, $"It took {Stopwatch.GetElapsedTime(started)}; seed {seed}.");
        Assert.Contains("handle closed", e.Message, StringComparison.Ordinal);
        Assert.Equal(GuestfsState.Closed, g.State);
        ObjectDisposedException closed = Assert.Throws<ObjectDisposedException>(() => g.GetVerbose());
        Assert.Contains("cancelled", closed.Message, StringComparison.Ordinal);
        Assert.Empty(Processes.With(image));
        Assert.Equal(0, Processes.Zombies());
    }

    // Large enough that writing it takes long; sparse.
    private string NewImage()
    {
        string image = directory.File($"stuck{disks++}.img");
        using FileStream file = File.Create(image);
        file.SetLength(20L << 30);
        return image;
    }
}
