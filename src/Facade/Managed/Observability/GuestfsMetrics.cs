using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;

namespace Guestfs;

/// <summary>The instruments of the library, of all handles together. <see cref="GuestfsTelemetry"/> tells what they are.</summary>
internal static class GuestfsMetrics
{
    // .NET's own switch, which MetricsSupport of a project sets.
    private const string Switch = "System.Diagnostics.Metrics.Meter.IsSupported";

    private static int handles;

    /// <summary>Whether there are metrics at all: without them a trimmed program is free of .NET's part of it.</summary>
    [FeatureSwitchDefinition(Switch)]
    internal static bool IsSupported { get; } = !AppContext.TryGetSwitch(Switch, out bool on) || on;

    /// <summary>Whether somebody wants to know of calls.</summary>
    internal static bool MeasuresCalls => IsSupported && Instruments.CallDuration.Enabled;

    /// <summary>A handle was created, or one closed.</summary>
    internal static void CountHandle(int change)
    {
        if (IsSupported)
        {
            Interlocked.Add(ref handles, change);
        }
    }

    /// <summary>A call is over.</summary>
    /// <param name="start">When it began: <see cref="Stopwatch.GetTimestamp"/>.</param>
    /// <param name="function">The C name of the function.</param>
    /// <param name="failure">The exception's type; null if it has not failed.</param>
    internal static void CallEnded(long start, string function, Type? failure)
    {
        if (MeasuresCalls)
        {
            TagList tags = new() { { "guestfs.function", function } };
            AddFailure(ref tags, failure);
            Instruments.CallDuration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, tags);
        }
    }

    /// <summary>A launch is over.</summary>
    /// <param name="start">When it began: <see cref="Stopwatch.GetTimestamp"/>.</param>
    /// <param name="session">What it has decided.</param>
    /// <param name="failure">Why it failed; null if it has not.</param>
    /// <param name="cancelled">Whether it was to stop.</param>
    internal static void LaunchEnded(long start, LaunchSession session, Exception? failure, bool cancelled)
    {
        if (!IsSupported || !Instruments.LaunchDuration.Enabled)
        {
            return;
        }

        TagList tags = new() { { "guestfs.launch.outcome", failure is null ? "ready" : cancelled ? "cancelled" : "failed" } };
        AddFailure(ref tags, failure?.GetType());
        if (failure is GuestfsLaunchException { Failure: var reason } && !cancelled)
        {
            tags.Add("guestfs.launch.failure", reason.ToString());
        }

        if (session.AcceleratorChoice is { Accelerator: var accelerator })
        {
            tags.Add("guestfs.accelerator", accelerator.ToString());
        }

        if (session.ResumeChoice is { Resumed: var resumed })
        {
            tags.Add("guestfs.resumed", resumed);
        }

        Instruments.LaunchDuration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, tags);
    }

    /// <summary>Bytes have come out of a guest.</summary>
    internal static void CountRead(long bytes) => CountBytes(bytes, "read");

    /// <summary>Bytes have gone into a guest.</summary>
    internal static void CountWritten(long bytes) => CountBytes(bytes, "write");

    private static void CountBytes(long bytes, string direction)
    {
        if (IsSupported && Instruments.TransferredBytes.Enabled)
        {
            Instruments.TransferredBytes.Add(bytes, new KeyValuePair<string, object?>("guestfs.io.direction", direction));
        }
    }

    private static void AddFailure(ref TagList tags, Type? failure)
    {
        if (failure is not null)
        {
            tags.Add("error.type", failure.FullName);
        }
    }

    // In a class of its own: what a class has is made with its first use, of IsSupported too, and then is in every program.
    private static class Instruments
    {
        private static readonly Meter Meter = new(GuestfsTelemetry.MeterName);

        internal static Histogram<double> CallDuration { get; } = Meter.CreateHistogram(
            "guestfs.call.duration", "s", "Duration of calls of libguestfs.", advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300],
            });

        internal static Histogram<double> LaunchDuration { get; } = Meter.CreateHistogram(
            "guestfs.launch.duration", "s", "Duration of launches of appliances.", advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300],
            });

        internal static Counter<long> TransferredBytes { get; } = Meter.CreateCounter<long>(
            "guestfs.transfer.io", "By", "Bytes that have gone through streams into guests, and through streams and results out of them.");

        // Kept by the meter.
        internal static ObservableUpDownCounter<int> Handles { get; } = Meter.CreateObservableUpDownCounter(
            "guestfs.handle.count", () => Volatile.Read(ref handles), "{handle}", "Handles that are open.");
    }
}
