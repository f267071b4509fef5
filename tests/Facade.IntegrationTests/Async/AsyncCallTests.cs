// Calls on the worker thread of a running appliance: results, order, progress, and cancellation that libguestfs can do itself.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Async;

[Collection(nameof(FilesAppliance))]
public sealed class AsyncCallTests(FilesAppliance appliance)
{
    private readonly GuestfsHandle g = appliance.Guestfs;

    [Fact]
    public async Task Results_and_errors_are_those_of_the_plain_methods()
    {
        string path = appliance.NewDirectory() + "/file";
        g.Write(path, "content"u8);
        CancellationToken token = TestContext.Current.CancellationToken;
        Assert.Equal(g.Checksum("sha256", path), await g.ChecksumAsync("sha256", path, cancellationToken: token));
        Assert.Equal("content", await g.RunAsync(h => h.Cat(path), cancellationToken: token));
        GuestfsException e = await Assert.ThrowsAsync<GuestfsException>(() => g.RunAsync(h => h.Cat(path + "2"), cancellationToken: token));
        Assert.Equal("cat", e.Operation);
        Assert.Equal(2, e.Errno);
    }

    [Fact]
    public async Task Calls_run_one_after_another_on_one_thread_that_is_not_the_caller_s()
    {
        int caller = Environment.CurrentManagedThreadId;
        List<int> threads = [];
        List<int> order = [];
        Task[] calls = [.. Enumerable.Range(0, 20).Select(i => g.RunAsync(h =>
        {
            order.Add(i);
            threads.Add(Environment.CurrentManagedThreadId);
            h.PingDaemon();
        }))];
        await Task.WhenAll(calls);
        Assert.Equal(Enumerable.Range(0, 20), order);
        Assert.Single(threads.Distinct());
        Assert.NotEqual(caller, threads[0]);
    }

    [Fact]
    public async Task Progress_is_told_on_the_worker_thread_and_to_the_call_it_belongs_to()
    {
        List<GuestfsProgress> told = [];
        int worker = await g.RunAsync(_ => Environment.CurrentManagedThreadId, cancellationToken: TestContext.Current.CancellationToken);
        await g.RunAsync(h => h.Debug("progress", ["1", "100000"]), new SynchronousProgress<GuestfsProgress>(p =>
        {
            Assert.Equal(worker, Environment.CurrentManagedThreadId);
            told.Add(p);
        }), TestContext.Current.CancellationToken);
        Assert.NotEmpty(told);

        int before = told.Count;
        g.Debug("progress", ["1", "100000"]);
        Assert.Equal(before, told.Count);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_its_turn_is_never_made()
    {
        using CancellationTokenSource cancel = new();
        using ManualResetEventSlim hold = new();
        Task first = g.RunAsync(_ => hold.Wait());
        bool made = false;
        Task second = g.RunAsync(_ => made = true, cancellationToken: cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.True(second.IsCanceled);
        hold.Set();
        await first;
        await g.RunAsync(h => h.PingDaemon());
        Assert.False(made);
    }

    [Fact]
    public async Task Transfers_cancelled_at_any_moment_end_soon_and_leave_nothing_behind()
    {
        // Sparse here, but all of it goes through the connection: seconds.
        const long size = 200L << 20;
        string big = appliance.HostFile("big");
        using (FileStream file = File.Create(big))
        {
            file.SetLength(size);
        }

        string guest = appliance.NewDirectory() + "/big";
        appliance.Shell($"truncate -s {size} /sysroot{guest}");
        string target = appliance.HostFile("target");
        int files = OpenFiles(), seed = Environment.TickCount;
        Random random = new(seed);
        for (int i = 0; i < Soak.Rounds(20, 60); i++)
        {
            using CancellationTokenSource cancel = new();
            bool up = i % 2 == 0, stream = i % 4 >= 2;
            Task transfer = (up, stream) switch
            {
                (true, false) => g.UploadAsync(big, guest + "2", cancellationToken: cancel.Token),
                (true, true) => Using(File.OpenRead(big), s => g.UploadAsync(s, guest + "2", cancellationToken: cancel.Token)),
                (false, false) => g.DownloadAsync(guest, target, cancellationToken: cancel.Token),
                (false, true) => g.DownloadAsync(guest, Stream.Null, cancellationToken: cancel.Token),
            };
            await Task.Delay(random.Next(0, 150), TestContext.Current.CancellationToken);
            Assert.False(transfer.IsCompleted, $"Too quick to be cancelled; seed {seed}.");
            await cancel.CancelAsync();
            OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transfer);
            Assert.True(transfer.IsCanceled);
            Assert.Equal(cancel.Token, e.CancellationToken);

            // The appliance was not ended for it.
            Assert.Equal(GuestfsState.Ready, g.State);
            Assert.False(File.Exists(target));
        }

        Assert.Equal([Path.GetFileName(big)],
            Directory.GetFiles(appliance.HostDirectory).Select(Path.GetFileName).Where(f => f!.Contains("big") || f.Contains(".part")));
        // Other tests open files meanwhile too, but not two a round.
        Assert.InRange(OpenFiles(), 0, files + Soak.Rounds(20, 60));
        g.RmF(guest);
        g.RmF(guest + "2");
        File.Delete(big);
    }

    [Fact]
    public async Task A_download_takes_the_file_s_name_only_when_it_is_complete()
    {
        string guest = appliance.NewDirectory() + "/file", target = appliance.HostFile("kept");
        g.Write(guest, "new"u8);
        await File.WriteAllTextAsync(target, "old contents", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await Assert.ThrowsAsync<GuestfsException>(() => g.DownloadAsync(guest + "2", target));
        Assert.Equal("old contents", await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken));

        await g.DownloadAsync(guest, target, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("new", await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken));
        Assert.Equal("600", Command.Run("stat", "-c", "%a", target).Trim());

        string link = appliance.HostFile("link");
        File.CreateSymbolicLink(link, target);
        await g.DownloadAsync(guest, link, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(target, new FileInfo(link).LinkTarget);
        await g.DownloadAsync(guest, "/dev/null", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("character special file", Command.Run("stat", "-c", "%F", "/dev/null").Trim());
    }

    private static int OpenFiles() => Directory.GetFileSystemEntries("/proc/self/fd").Length;

    private static async Task Using(Stream stream, Func<Stream, Task> use)
    {
        await using (stream)
        {
            await use(stream);
        }
    }
}
