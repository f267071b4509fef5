using System.Diagnostics.CodeAnalysis;

using Guestfs.Interop;

using Microsoft.Extensions.Logging;

namespace Guestfs;

/// <summary>The loggers of one handle. It does not know the handle, so that it can outlive it.</summary>
internal sealed partial class HandleLog
{
    private readonly ILogger handle, warning, library, appliance, trace;
    private readonly ConsoleLines console;

    internal HandleLog(ILoggerFactory factory)
    {
        handle = factory.CreateLogger("Guestfs");
        warning = factory.CreateLogger("Guestfs.Warning");
        library = factory.CreateLogger("Guestfs.Library");
        appliance = factory.CreateLogger("Guestfs.Appliance");
        trace = factory.CreateLogger("Guestfs.Trace");
        console = new ConsoleLines(line => ApplianceSaid(appliance, line));
    }

    /// <summary>Subscribes to the events whose loggers are enabled; libguestfs prints the others itself.</summary>
    internal void ListenTo(GuestfsHandle source)
    {
        if (warning.IsEnabled(LogLevel.Warning))
        {
            source.WarningReceived += Text(PrintableText.Of, text => Warned(warning, text));
        }

        if (library.IsEnabled(LogLevel.Debug))
        {
            source.LibraryMessageReceived += Text(PrintableText.Of, text => LibrarySaid(library, text));
        }

        if (appliance.IsEnabled(LogLevel.Debug))
        {
            source.ConsoleOutputReceived += (_, e) => console.Add(e.Bytes.Span);
        }

        if (trace.IsEnabled(LogLevel.Trace))
        {
            source.TraceMessageReceived += Text(PrintableText.Line, call => Traced(trace, call));
        }
    }

    // Names out of the guest are in it.
    private static EventHandler<GuestfsMessageEventArgs> Text(Func<string, string> printable, Action<string> log) =>
        (_, e) => log(printable(e.Text));

    /// <summary>The handle is closed: nothing comes after what the console has said.</summary>
    internal void Closed() => console.Flush();

    /// <summary>Which accelerator a launch uses.</summary>
    internal void AcceleratorChosen(Accelerator accelerator, string reason) => AcceleratorChosen(handle, accelerator, reason);

    /// <summary>What a launch keeps qemu from.</summary>
    internal void ConfinementChosen(Confinement confinement, string reason) => ConfinementChosen(handle, confinement, reason);

    /// <summary>A launch has resumed a saved appliance, or has not.</summary>
    internal void ResumeChosen(bool resumed, string reason) => ResumeChosen(handle, resumed ? "resumed" : "booted", reason);

    /// <summary>What else happened.</summary>
    internal void Tell(string message) => Told(handle, message);

    /// <summary>Something is wrong, and no call is there to tell it.</summary>
    internal void Warn(string message) => Warned(warning, message);

    /// <summary>A launch has failed.</summary>
    internal void LaunchFailed(Exception exception) => LaunchFailed(handle, exception);

    /// <summary>Nobody has disposed the handle. For finalizers: it never throws.</summary>
    [SuppressMessage(
        "Design",
        "CA1031:Do not catch general exception types",
        Justification = "A finalizer that throws ends the process, and loggers may have been finalized before.")]
    internal void NotDisposed()
    {
        try
        {
            NotDisposed(handle);
        }
        catch (Exception)
        {
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "The appliance runs with {Accelerator}: {Reason}")]
    private static partial void AcceleratorChosen(ILogger logger, Accelerator accelerator, string reason);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "The appliance could not be launched.")]
    private static partial void LaunchFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        EventId = 3,
        Level = LogLevel.Warning,
        Message = "A GuestfsHandle was not disposed: the garbage collector closes it, "
            + "and its appliance has been running without use until now. "
            + "Dispose each handle, with 'using' for example.")]
    private static partial void NotDisposed(ILogger logger);

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "{Message}")]
    private static partial void Warned(ILogger logger, string message);

    [LoggerMessage(EventId = 5, Level = LogLevel.Debug, Message = "{Message}")]
    private static partial void LibrarySaid(ILogger logger, string message);

    [LoggerMessage(EventId = 6, Level = LogLevel.Debug, Message = "{Line}")]
    private static partial void ApplianceSaid(ILogger logger, string line);

    [LoggerMessage(EventId = 7, Level = LogLevel.Trace, Message = "{Call}")]
    private static partial void Traced(ILogger logger, string call);

    [LoggerMessage(EventId = 8, Level = LogLevel.Information, Message = "qemu is confined by {Confinement}: {Reason}")]
    private static partial void ConfinementChosen(ILogger logger, Confinement confinement, string reason);

    [LoggerMessage(EventId = 9, Level = LogLevel.Information, Message = "The appliance was {How}: {Reason}")]
    private static partial void ResumeChosen(ILogger logger, string how, string reason);

    [LoggerMessage(EventId = 10, Level = LogLevel.Information, Message = "{Message}")]
    private static partial void Told(ILogger logger, string message);
}
