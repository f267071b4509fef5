using Microsoft.Extensions.Logging;

namespace Guestfs.Appliances.Common;

/// <summary>What a build tells of its decisions: lines in one category.</summary>
internal static class BuildLog
{
    private const string Category = "Guestfs.Appliances";
    private static readonly Action<ILogger, string, Exception?> Decision = LoggerMessage.Define<string>(
        LogLevel.Information, new EventId(1, nameof(Decision)), "{Line}");
    private static readonly Action<ILogger, string, Exception?> Caution = LoggerMessage.Define<string>(
        LogLevel.Warning, new EventId(2, nameof(Caution)), "{Line}");

    /// <summary>Takes decisions; null where nobody wants them.</summary>
    internal static Action<string>? Decisions(ILoggerFactory? factory) => At(factory, LogLevel.Information, Decision);

    /// <summary>Takes what should not pass unseen; null where nobody wants it.</summary>
    internal static Action<string>? Warnings(ILoggerFactory? factory) => At(factory, LogLevel.Warning, Caution);

    private static Action<string>? At(ILoggerFactory? factory, LogLevel level, Action<ILogger, string, Exception?> message)
    {
        ILogger? logger = factory?.CreateLogger(Category);
        return logger?.IsEnabled(level) == true ? line => message(logger, line, null) : null;
    }
}
