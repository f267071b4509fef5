using Microsoft.Extensions.Logging;

namespace Guestfs.Cli;

/// <summary>The builder's log: warnings always, on standard error; everything else where it was asked for.</summary>
/// <param name="program">Under what name the tool runs.</param>
/// <param name="tell">Tells the user a line of the rest; null where nobody asked for it.</param>
internal sealed class CommandLog(string program, Action<string>? tell) : ILoggerFactory, ILogger
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning || (tell is not null && logLevel == LogLevel.Information);

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string line = formatter(state, exception);
        if (logLevel >= LogLevel.Warning)
        {
            if (program == "gfs")
            {
                Messages.Warn(line);
            }
            else
            {
                StandardStreams.Tell($"{program}: warning: {line}");
            }
        }
        else
        {
            tell?.Invoke(line);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
