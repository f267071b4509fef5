// Log, spans and events of a real appliance. Its kernel, asked past the API, is the judge.
using System.Diagnostics;

using Guestfs.TestSupport;

using Microsoft.Extensions.Logging;

using Xunit;

namespace Guestfs.IntegrationTests.Observability;

public sealed class ObservationTests(ObservedAppliance appliance) : IClassFixture<ObservedAppliance>
{
    private readonly GuestfsHandle g = appliance.Guestfs;

    [Fact]
    public void The_launch_is_a_span_with_its_stages_one_after_another()
    {
        Activity launch = appliance.Spans.Only("guestfs.launch");
        Activity[] stages = [.. appliance.Spans.Ended.Where(s => s.OperationName.StartsWith("guestfs.launch.", StringComparison.Ordinal))];
        Assert.Equal(["guestfs.launch.qemu", "guestfs.launch.kernel", "guestfs.launch.init", "guestfs.launch.daemon"],
            stages.Select(s => s.OperationName));
        Assert.All(stages, s => Assert.Equal(launch.SpanId, s.ParentSpanId));

        // None overlaps the next, all are within the launch, and none of our own questions about settings is among its children.
        Assert.All(stages.Zip(stages.Skip(1)),
            pair => Assert.True(pair.First.StartTimeUtc + pair.First.Duration <= pair.Second.StartTimeUtc + TimeSpan.FromMilliseconds(1)));
        Assert.True(
            stages[0].StartTimeUtc >= launch.StartTimeUtc && stages.Sum(s => s.Duration.TotalSeconds) <= launch.Duration.TotalSeconds);
        Assert.Equal(4, appliance.Spans.Ended.Count(s => s.ParentSpanId == launch.SpanId));
        Assert.Equal(g.AcceleratorChoice!.Accelerator.ToString(), launch.GetTagItem("guestfs.accelerator"));
        Assert.Equal(g.ConfinementChoice!.Confinement.ToString(), launch.GetTagItem("guestfs.confinement"));
    }

    [Fact]
    public void The_kernel_is_told_to_tell_its_stages_and_the_user_s_words_are_kept()
    {
        string[] words = g.Debug("sh", ["cat /proc/cmdline"]).Split(' ', '\n');
        Assert.InRange(Array.IndexOf(words, "loglevel=7"), 0, Array.IndexOf(words, ObservedAppliance.Append));
        Assert.Equal("loglevel=7 " + ObservedAppliance.Append, g.GetAppend());
    }

    [Fact]
    public void Each_line_of_the_console_is_one_entry_of_the_log()
    {
        IReadOnlyList<string> lines = appliance.Logs.Texts("Guestfs.Appliance");
        string[] kernel = [.. g.Debug("sh", ["dmesg"]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd())];
        int run = Array.FindIndex(kernel, l => l.EndsWith("Run /init as init process", StringComparison.Ordinal));
        Assert.True(run > 50);

        // Messages of the level "debug" are not on the console.
        string[] told = [.. kernel.Take(run + 1).Intersect(lines)];
        Assert.InRange(told.Length, run * 3 / 4, run + 1);
        Assert.Contains(kernel[0], lines);
        Assert.Contains(kernel[run], lines);
        Assert.All(appliance.Logs.Entries.Where(e => e.Category == "Guestfs.Appliance"), e => Assert.Equal(LogLevel.Debug, e.Level));
    }

    [Fact]
    public void The_choice_of_the_accelerator_is_logged()
    {
        LogEntry entry = appliance.Logs.Entries.First(e => e is { Category: "Guestfs", Level: LogLevel.Information });
        Assert.Contains(g.AcceleratorChoice!.Reason, entry.Text, StringComparison.Ordinal);
        Assert.Contains(g.AcceleratorChoice.Accelerator.ToString(), entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_handler_of_LaunchDone_throws_comes_out_of_the_launch_which_has_succeeded()
    {
        Assert.IsType<InvalidTimeZoneException>(appliance.Thrown);
        Assert.Equal(GuestfsState.Ready, g.State);
        Activity launch = appliance.Spans.Only("guestfs.launch");
        Assert.Equal(
            (ActivityStatusCode.Error, typeof(InvalidTimeZoneException).FullName), (launch.Status, launch.GetTagItem("error.type")));
        Assert.Single(
            appliance.Logs.Entries, e => e is { Category: "Guestfs", Level: LogLevel.Error, Exception: InvalidTimeZoneException });
    }

    [Fact]
    public void What_a_handler_of_Progress_throws_comes_out_of_the_call()
    {
        EventHandler<GuestfsProgress> thrower = (_, _) => throw new InvalidTimeZoneException();
        g.ProgressChanged += thrower;
        Assert.Throws<InvalidTimeZoneException>(() => g.Debug("progress", ["1", "100000"]));
        g.ProgressChanged -= thrower;
        g.PingDaemon();
    }

    [Fact]
    public void What_a_handler_of_Appliance_throws_comes_out_of_the_call_during_which_the_console_spoke()
    {
        EventHandler<GuestfsMessageEventArgs> thrower = (_, _) => throw new InvalidTimeZoneException();
        g.ConsoleOutputReceived += thrower;
        Assert.Throws<InvalidTimeZoneException>(() =>
        {
            g.Debug("sh", ["echo spoken > /dev/console"]);
            g.Debug("sh", ["sleep 0.2"]);
        });
        g.ConsoleOutputReceived -= thrower;
        g.PingDaemon();
        Assert.Contains("spoken", appliance.Logs.Texts("Guestfs.Appliance"));
    }
}
