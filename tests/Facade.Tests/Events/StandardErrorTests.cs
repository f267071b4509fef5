// What reaches standard error, which other tests cannot see: it is looked at from outside, in a process of its own.
using Guestfs.Tests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Events;

public class StandardErrorTests
{
    [Fact]
    public void Errors_are_not_printed_in_any_thread()
    {
        CommandResult result = ChildProcess.Run(["thread-errors"]);
        Assert.Equal("1351 of 1351\n", result.Output);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void Without_our_library_errors_are_printed_in_other_threads() =>
        Assert.Equal("libguestfs: error: error\n", ChildProcess.Run(["raw-error"]).Error);

    [Fact]
    public void What_somebody_subscribed_to_is_not_printed()
    {
        CommandResult result = ChildProcess.Run(["trace", "end"]);
        Assert.Empty(result.Error);

        // Two lines a call: the first handler was there for one call, the second for four.
        Assert.Equal("2 8\n", result.Output);
    }

    [Fact]
    public void What_nobody_subscribes_to_any_more_is_printed_again()
    {
        CommandResult result = ChildProcess.Run(["trace", "unsubscribed"]);
        Assert.Equal(
            "libguestfs: trace: get_pgroup\nlibguestfs: trace: get_pgroup = 0\n" +
            "libguestfs: trace: get_autosync\nlibguestfs: trace: get_autosync = 1\nlibguestfs: trace: close\n",
            result.Error);
    }

    [Fact]
    public void Subscribing_again_stops_the_printing_again() => Assert.Empty(ChildProcess.Run(["trace", "again"]).Error);
}
