// That each result is freed, and once: a heap watcher in C, preloaded into a process of its own, is the judge.
using System.Globalization;

using Guestfs.Generator.Model;
using Guestfs.Tests.Support;

using Xunit;

namespace Guestfs.Tests.Memory;

public sealed class HeapTests(WatchedHeap watched) : IClassFixture<WatchedHeap>
{
    private const string Control = "control: ";

    // What needs no memory of C's.
    private static readonly string[] WithoutMemory =
    [
        "result int", "result int64", "result bool", "result constString", "result constOptString", "error constOptString",
    ];

    [Fact]
    public void Every_kind_of_result_argument_and_structure_is_watched()
    {
        ReturnKind[] kinds = [.. Enum.GetValues<ReturnKind>().Where(k => k != ReturnKind.None)];
        IEnumerable<string> names = kinds.Select(k => char.ToLowerInvariant($"{k}"[0]) + $"{k}"[1..]);
        Assert.Empty(names.SelectMany(n => new[] { $"result {n}", $"error {n}" }).Except(watched.Lines.Select(l => l.Name)));
        Assert.Empty(
            Api.Model.Structs.SelectMany(s => new[] { $"struct {s.Name}", $"structs {s.Name}" }).Except(watched.Lines.Select(l => l.Name)));
    }

    [Fact]
    public void Nothing_is_left_and_nothing_freed_twice() =>
        Assert.All(watched.Lines.Where(l => !l.Name.StartsWith(Control, StringComparison.Ordinal)), l =>
        {
            // A thread keeps the text of its last error, and the runtime sometimes allocates for itself: a few blocks, not
            // one a call.
            Assert.True(l.Live * 10 < l.Times, l.ToString());
            Assert.True(l.FreedTwice == 0, l.ToString());
        });

    [Fact]
    public void The_watcher_saw_the_blocks_that_C_handed_out() =>
        Assert.All(
            watched.Lines.Where(
                l => l.Name.StartsWith("result ", StringComparison.Ordinal) || l.Name.StartsWith("struct", StringComparison.Ordinal)),
            l => Assert.True(l.Allocated >= l.Times || WithoutMemory.Contains(l.Name), l.ToString()));

    [Fact]
    public void Keys_are_overwritten_before_their_memory_is_freed()
    {
        Assert.All(watched.Lines.Where(l => l.Name.StartsWith("secret", StringComparison.Ordinal)), l =>
        {
            Assert.True(l.Secrets == 0, l.ToString());
            Assert.True(l.Allocated >= l.Times, l.ToString());
        });

        // What is no key stays there, and is found.
        HeapLine control = watched.Lines.Single(l => l.Name == Control + "no secret");
        Assert.Equal(control.Times, control.Secrets);
    }

    // Live and freed twice, a call.
    [Theory]
    [InlineData("nothing wrong", 0, 0)]
    [InlineData("string not freed", 1, 0)]
    [InlineData("string freed twice", 0, 1)]
    [InlineData("only the array of a list freed", 10, 0)]
    [InlineData("only the block of a structure freed", 4, 0)]
    public void The_watcher_sees_deliberate_mistakes(string control, int live, int freedTwice)
    {
        HeapLine line = watched.Lines.Single(l => l.Name == Control + control);
        Assert.Equal(live * line.Times, line.Live);
        Assert.Equal(freedTwice * line.Times, line.FreedTwice);
    }

    [Theory]
    [InlineData("no-leak", false)]
    [InlineData("leak", true)]
    public void Memory_stays_flat_over_100_000_calls_unless_something_leaks(string kind, bool grows)
    {
        long[] inUse = [.. ChildProcess.Run(["memory", kind], WatchedHeap.Runtime).Output
            .Split(' ')
            .Select(n => long.Parse(n, CultureInfo.InvariantCulture))];

        // 100,000 blocks of the smallest size, 32 bytes, are 3.2 MB.
        Assert.True(inUse[1] - inUse[0] > 1_600_000 == grows, $"grew by {inUse[1] - inUse[0]} bytes from {inUse[0]}");
    }
}
