// Queues of many threads; what they count among themselves is the judge.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Extensions.Hosting.Tests;

public sealed class AdmissionTests
{
    [Fact]
    public async Task Never_more_are_in_than_there_is_room_for_and_all_come_in()
    {
        Admission admission = New(3);
        int inside = 0, most = 0, done = 0;
        await Task.WhenAll(Enumerable.Range(0, Soak.Rounds(300, 20_000)).Select(_ => Task.Run(async () =>
        {
            using Slot slot = await admission.EnterAsync(CancellationToken.None);
            int now = Interlocked.Increment(ref inside);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            Interlocked.Increment(ref done);
        })));
        Assert.InRange(most, 1, 3);
        Assert.Equal((Soak.Rounds(300, 20_000), 0, 0), (done, admission.Running, admission.QueueLength));
    }

    [Fact]
    public async Task Who_waits_longest_is_next()
    {
        Admission admission = New(1);
        Slot first = await admission.EnterAsync(CancellationToken.None);
        List<int> order = [];
        Task[] others = [.. Enumerable.Range(0, 20).Select(async n =>
        {
            using Slot slot = await admission.EnterAsync(CancellationToken.None);
            order.Add(n);
        })];
        Assert.Equal(20, admission.QueueLength);
        first.Dispose();
        await Task.WhenAll(others);
        Assert.Equal(Enumerable.Range(0, 20), order);
    }

    [Fact]
    public async Task Who_gives_up_leaves_the_queue_and_takes_no_slot()
    {
        Admission admission = New(1);
        Slot first = await admission.EnterAsync(CancellationToken.None);
        using CancellationTokenSource cancellation = new();
        Task<Slot> impatient = admission.EnterAsync(cancellation.Token);
        Task<Slot> patient = admission.EnterAsync(CancellationToken.None);
        await cancellation.CancelAsync();
        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.Equal(cancellation.Token, e.CancellationToken);
        Assert.Equal(1, admission.QueueLength);
        first.Dispose();
        (await patient).Dispose();
        Assert.Equal(0, admission.Running);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => admission.EnterAsync(cancellation.Token));
    }

    // Each slot goes to somebody, or is free again.
    [Fact]
    public async Task No_slot_is_lost_to_those_that_give_up_when_it_comes()
    {
        Admission admission = New(1);
        for (int round = 0; round < Soak.Rounds(300, 20_000); round++)
        {
            Slot first = await admission.EnterAsync(CancellationToken.None);
            using CancellationTokenSource cancellation = new();
            Task<Slot> waiting = admission.EnterAsync(cancellation.Token);
            Task cancel = Task.Run(cancellation.Cancel, CancellationToken.None);
            first.Dispose();
            await cancel;
            try
            {
                (await waiting).Dispose();
            }
            catch (OperationCanceledException)
            {
            }

            Assert.Equal(0, admission.Running);
        }
    }

    [Fact]
    public async Task One_too_many_is_refused_and_so_is_one_that_has_waited_too_long()
    {
        Admission admission = new(1, 1, TimeSpan.FromMilliseconds(50), TimeProvider.System, () => { });
        using Slot first = await admission.EnterAsync(CancellationToken.None);
        Task<Slot> waiting = admission.EnterAsync(CancellationToken.None);
        GuestfsBusyException full = await Assert.ThrowsAsync<GuestfsBusyException>(() => admission.EnterAsync(CancellationToken.None));
        Assert.Contains("MaxQueueLength", full.Message, StringComparison.Ordinal);
        GuestfsBusyException late = await Assert.ThrowsAsync<GuestfsBusyException>(() => waiting);
        Assert.Contains("QueueTimeout", late.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0), (admission.Running, admission.QueueLength));
    }

    [Fact]
    public async Task A_slot_is_given_back_once_and_a_forgotten_one_by_the_garbage_collector()
    {
        int forgotten = 0;
        Admission admission = new(2, 10, null, TimeProvider.System, () => Interlocked.Increment(ref forgotten));
        Slot slot = await admission.EnterAsync(CancellationToken.None);
        slot.Dispose();
        slot.Dispose();
        Assert.Equal(0, admission.Running);
        Forget(admission);
        for (int i = 0; i < 100 && admission.Running > 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal((0, 1), (admission.Running, forgotten));
        GC.KeepAlive(slot);
    }

    [Theory]
    [InlineData(16384, 8, null, null, null, 5)] // half of the memory, 1408 each
    [InlineData(65536, 8, null, null, null, 8)]
    [InlineData(65536, 8, null, null, 3, 3)]
    [InlineData(65536, 8, 3000, null, null, 2)]
    [InlineData(65536, 8, null, 2, null, 2)]
    [InlineData(512, 1, null, null, null, 1)] // at least one
    public void As_many_run_as_memory_and_processors_allow(long host, int processors, int? memory, int? cores, int? most, int expected)
    {
        GuestfsOptions options = new() { MaxMemoryMegabytes = memory, MaxProcessors = cores, MaxAppliances = most };
        Assert.Equal(expected, Capacity.Of(options, host, processors));
    }

    private static void Forget(Admission admission) => Assert.NotNull(admission.TryEnter());

    private static Admission New(int capacity) => new(capacity, int.MaxValue, null, TimeProvider.System, () => { });

    private static void InterlockedMax(ref int target, int value)
    {
        for (int seen = Volatile.Read(ref target); value > seen;)
        {
            seen = Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
