// What reaches the loggers. libguestfs' own output in guestfish and on standard error, and the kernel, are the judges.
using Guestfs.Tests.Support;
using Guestfs.TestSupport;

using Microsoft.Extensions.Logging;

using Xunit;

namespace Guestfs.Tests.Observability;

public class LogTests
{
    [Fact]
    public void The_trace_in_the_log_is_the_one_that_guestfish_prints()
    {
        const string prefix = "libguestfs: trace: ";
        CommandResult guestfish = Command.TryRun(
            "guestfish", [], new Dictionary<string, string?> { ["LIBGUESTFS_TRACE"] = "1" }, input: "get-pgroup\nset-path /a:/b\n");
        string[] printed = [.. guestfish.Error.Split('\n')
            .Where(l => l.StartsWith(prefix, StringComparison.Ordinal))
            .Select(l => l[prefix.Length..])
            .SkipWhile(l => l != "get_pgroup")
            .TakeWhile(l => l is not ("shutdown" or "close"))];
        Assert.Contains("set_path \"/a:/b\"", printed);

        using RecordingLogs logs = new();
        using GuestfsHandle handle = New(logs);
        handle.SetTrace(true);
        handle.GetPgroup();
        handle.SetPath("/a:/b");
        Assert.Equal(printed, logs.Texts("Guestfs.Trace"));
        Assert.All(logs.Entries, e => Assert.Equal(LogLevel.Trace, e.Level));
    }

    [Fact]
    public void Debug_messages_of_the_library_are_those_that_its_event_tells()
    {
        using RecordingLogs logs = new(LogLevel.Debug);
        using GuestfsHandle handle = New(logs);
        List<string> told = [];
        handle.LibraryMessageReceived += (_, e) => told.Add(e.Text.TrimEnd());
        handle.SetVerbose(true);
        Assert.ThrowsAny<GuestfsException>(() => handle.DiskFormat("/no/such/disk"));
        Assert.Contains(told, m => m.Contains("qemu-img", StringComparison.Ordinal));
        Assert.Equal(told, logs.Texts("Guestfs.Library"));
        Assert.All(logs.Entries, e => Assert.Equal(LogLevel.Debug, e.Level));
    }

    [Fact]
    public void What_is_logged_is_not_printed_and_what_is_not_logged_is_printed_as_without_a_logger()
    {
        Assert.Empty(ChildProcess.Run(["log", "Trace"]).Error);
        CommandResult off = ChildProcess.Run(["log", "Debug"]);
        Assert.StartsWith("libguestfs: trace: get_pgroup\nlibguestfs: trace: get_pgroup = 0\n", off.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_handle_that_nobody_disposes_is_warned_about_once_and_closed()
    {
        const int handles = 20;
        using RecordingLogs logs = new();
        using CloseCounter counter = new(handles);
        Thread thread = new(() =>
        {
            for (int i = 0; i < handles; i++)
            {
                counter.Watch(New(logs));
            }

            // Those that are disposed are not warned about.
            New(logs).Dispose();
            Assert.Throws<ArgumentOutOfRangeException>(
                () => new GuestfsHandle(new GuestfsHandleOptions { LoggerFactory = logs, CancellationTimeout = TimeSpan.FromDays(-1) }));
        });
        thread.Start();
        thread.Join();
        Collect(() => counter.Counts.All(c => c == 1));
        Assert.All(counter.Counts, c => Assert.Equal(1, c));
        Assert.Equal(handles, logs.Entries.Count);
        Assert.All(logs.Entries, e =>
        {
            Assert.Equal(("Guestfs", LogLevel.Warning), (e.Category, e.Level));
            Assert.Contains("not disposed", e.Text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_logger_that_throws_in_the_finalizer_neither_ends_the_process_nor_keeps_the_handle_open()
    {
        using CloseCounter counter = new(1);
        using ThrowingLogs logs = new();
        Thread thread = new(() => counter.Watch(New(logs)));
        thread.Start();
        thread.Join();
        Collect(() => counter.Counts[0] == 1);
        Assert.Equal([1], counter.Counts);
        Assert.True(logs.Thrown > 0);
    }

    [Fact]
    public void What_a_logger_throws_comes_out_of_the_call_that_logged()
    {
        using ThrowingLogs logs = new();
        using GuestfsHandle handle = New(logs);
        handle.SetTrace(true);
        Assert.Throws<InvalidTimeZoneException>(() => handle.GetPgroup());
        Assert.Throws<InvalidTimeZoneException>(() => handle.SetTrace(false));
        Assert.False(handle.GetTrace());
    }

    private static void Collect(Func<bool> done)
    {
        for (int i = 0; i < 20 && !done(); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static GuestfsHandle New(ILoggerFactory logs) =>
        new(new GuestfsHandleOptions { IgnoreEnvironment = true, LoggerFactory = logs });

    private sealed class ThrowingLogs : ILoggerFactory, ILogger
    {
        private int thrown;

        internal int Thrown => thrown;

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Interlocked.Increment(ref thrown);
            throw new InvalidTimeZoneException("from the logger");
        }

        public void Dispose()
        {
        }
    }
}
