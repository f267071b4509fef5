using Microsoft.Extensions.Logging;

namespace Guestfs.Cli;

/// <summary>The builder's log on standard error: warnings always, everything else where it was asked for (<c>--verbose</c>).</summary>
internal sealed class CommandLog(bool verbose) : ILoggerFactory, ILogger
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning || (verbose && logLevel == LogLevel.Information);

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        StandardStreams.Tell(logLevel >= LogLevel.Warning ? $"gfs: warning: {formatter(state, exception)}" : formatter(state, exception));

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
