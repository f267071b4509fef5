using System.Diagnostics.Metrics;

namespace Guestfs.Extensions.Hosting;

/// <summary>What a factory is busy with: instruments of a meter that has the name of the library's own.</summary>
internal sealed class FactoryMetrics : IDisposable
{
    private readonly Meter meter = new(GuestfsTelemetry.MeterName);
    private readonly Histogram<double> waits;

    internal FactoryMetrics(Admission admission)
    {
        waits = meter.CreateHistogram("guestfs.queue.duration", "s", "How long requests for an appliance waited.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.01, 0.1, 0.5, 1, 5, 10, 30, 60, 300] });
        meter.CreateObservableUpDownCounter("guestfs.queue.length", () => admission.QueueLength, "{request}",
            "Requests that wait for an appliance.");
        meter.CreateObservableUpDownCounter("guestfs.slot.count", () => admission.Running, "{slot}",
            "Slots for appliances that are in use.");
        meter.CreateObservableUpDownCounter("guestfs.slot.limit", () => admission.Capacity, "{slot}",
            "Slots for appliances that there are.");
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    /// <summary>A request has waited.</summary>
    internal void Waited(TimeSpan time, string outcome) =>
        waits.Record(time.TotalSeconds, new KeyValuePair<string, object?>("guestfs.queue.outcome", outcome));
}
