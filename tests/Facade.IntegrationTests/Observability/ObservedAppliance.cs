// One launch that is watched in every way.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Microsoft.Extensions.Logging;

using Xunit;

namespace Guestfs.IntegrationTests.Observability;

/// <summary>A launched appliance, its log, its spans, and what its launch threw: a handler of LaunchDone does.</summary>
public sealed class ObservedAppliance : IDisposable
{
    /// <summary>What the user appends to the kernel's command line.</summary>
    public const string Append = "guestfs_test=1";

    private readonly TempDirectory directory = new();
    private readonly RecordingLogs logs = new(LogLevel.Debug);

    /// <summary>Launches it.</summary>
    public ObservedAppliance()
    {
        Guestfs = NewHandle.ForAppliance(new GuestfsHandleOptions { LoggerFactory = logs });
        string disk = directory.File("disk");
        using (FileStream image = File.Create(disk))
        {
            image.SetLength(1 << 20);
        }

        Guestfs.AddDrive(disk, new AddDriveOptions { Format = "raw" });
        Guestfs.SetAppend(Append);
        Guestfs.Launched += (_, _) => throw new InvalidTimeZoneException("from LaunchDone");
        Thrown = Record.Exception(Guestfs.Launch);
    }

    /// <summary>Its handle.</summary>
    public GuestfsHandle Guestfs { get; }

    /// <summary>The spans.</summary>
    public RecordedSpans Spans { get; } = new();

    /// <summary>The log.</summary>
    public RecordingLogs Logs => logs;

    /// <summary>What the launch threw.</summary>
    public Exception? Thrown { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Guestfs.Dispose();
        Spans.Dispose();
        logs.Dispose();
        directory.Dispose();
    }
}
