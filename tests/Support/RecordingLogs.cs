// A logger factory that keeps what is logged.
using System.Collections.Concurrent;

using Microsoft.Extensions.Logging;

namespace Guestfs.TestSupport;

/// <summary>One entry of a log.</summary>
public sealed record LogEntry(string Category, LogLevel Level, string Text, Exception? Exception);

/// <summary>Keeps all entries from a level on.</summary>
public sealed class RecordingLogs(LogLevel from = LogLevel.Trace) : ILoggerFactory
{
    private readonly ConcurrentQueue<LogEntry> entries = new();

    /// <summary>What was logged, in its order.</summary>
    public IReadOnlyCollection<LogEntry> Entries => entries;

    /// <summary>The texts of a category.</summary>
    public IReadOnlyList<string> Texts(string category) => [.. entries.Where(e => e.Category == category).Select(e => e.Text)];

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Recorder(this, categoryName);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class Recorder(RecordingLogs logs, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= logs.Level;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logs.entries.Enqueue(new LogEntry(category, logLevel, formatter(state, exception), exception));
    }

    private LogLevel Level { get; } = from;
}
