// The numbers go on from those of Guestfs, at 101; docs/logging.md lists them all.
using Microsoft.Extensions.Logging;

namespace Guestfs.Extensions.Hosting;

/// <summary>What is logged.</summary>
internal static partial class HostingLog
{
    internal const string Category = "Guestfs.Extensions.Hosting";

    [LoggerMessage(EventId = 101, Level = LogLevel.Information,
        Message = "At most {Appliances} appliances run at a time, each with {Megabytes} MiB and {Processors} processors.")]
    internal static partial void CapacityChosen(ILogger logger, int appliances, long megabytes, int processors);

    [LoggerMessage(EventId = 102, Level = LogLevel.Debug, Message = "All {Appliances} appliances are in use; {Waiting} requests wait.")]
    internal static partial void Queued(ILogger logger, int waiting, int appliances);

    [LoggerMessage(EventId = 103, Level = LogLevel.Warning, Message = "A request for an appliance was refused: {Reason}")]
    internal static partial void Refused(ILogger logger, string reason);

    [LoggerMessage(EventId = 104, Level = LogLevel.Warning,
        Message = "A GuestfsLease was not disposed: its slot was taken until the garbage collector found it. "
            + "Dispose each, with 'await using'.")]
    internal static partial void LeaseForgotten(ILogger logger);

    [LoggerMessage(EventId = 105, Level = LogLevel.Information, Message = "An appliance was launched in {Seconds:0.0} s: {What}")]
    internal static partial void Launched(ILogger logger, double seconds, string what);

    [LoggerMessage(EventId = 106, Level = LogLevel.Error, Message = "An appliance could not be launched: {What}")]
    internal static partial void LaunchFailed(ILogger logger, Exception exception, string what);
}
