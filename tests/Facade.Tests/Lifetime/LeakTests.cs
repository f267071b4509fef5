// Handles in great number leave nothing behind. The kernel's account of the process, in /proc, and that of C's heap are the judges.
using System.Globalization;

using Guestfs.Tests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Lifetime;

public class LeakTests
{
    private const int Handles = 1000;

    // The runtime starts threads and opens files of its own now and then; a leak would be one a handle.
    private const int FewThreads = 4;
    private const int FewDescriptors = 20;

    // The runtime has caches of its own; a handle that is not freed costs some kilobytes.
    private const long LittleMemory = 3 << 20;
    private const long LittleMemoryOfAHandle = 400;

    [Theory]
    [InlineData("dispose")]
    [InlineData("drop")]
    public void A_thousand_handles_with_a_thread_each_leave_no_descriptor_thread_child_or_memory(string end)
    {
        int handles = Soak.Rounds(Handles, 40 * Handles);
        long[] more = More(handles, end);
        Assert.InRange(more[0], -FewDescriptors, FewDescriptors);
        Assert.InRange(more[1], -FewThreads, FewThreads);
        Assert.Equal(0, more[2]);
        Assert.InRange(more[3], long.MinValue, LittleMemory + (handles * LittleMemoryOfAHandle));
    }

    [Fact]
    public void Handles_that_are_kept_are_seen_by_this_judge() => Assert.InRange(More(100, "keep")[1], 100, 100 + FewThreads);

    // Without the refusal libguestfs ends the process: it does not look whether it got a key for the handle.
    [Fact]
    public void More_handles_than_a_process_can_have_are_refused_and_forgotten_ones_are_closed_before_that()
    {
        CommandResult result = ChildProcess.Run(["handle-limit"]);
        Assert.StartsWith("True 11 There are too many handles", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("\nFalse\n", result.Output, StringComparison.Ordinal);
    }

    private static long[] More(int count, string end) =>
        [.. ChildProcess.Run(["handles", count.ToString(CultureInfo.InvariantCulture), end]).Output
            .Trim()
            .Split(' ')
            .Select(n => long.Parse(n, CultureInfo.InvariantCulture))];
}
