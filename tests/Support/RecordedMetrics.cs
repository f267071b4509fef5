// A listener that keeps what the library measures.
using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Guestfs.TestSupport;

/// <summary>Listens to the meters of the library; new handles are measured meanwhile.</summary>
public sealed class RecordedMetrics : IDisposable
{
    private readonly ConcurrentQueue<(string Name, Measurement Measurement)> all = new();
    private readonly ConcurrentDictionary<Instrument, bool> instruments = new();
    private readonly MeterListener listener = new();

    /// <summary>Begins to listen.</summary>
    /// <param name="meter">The meter's name.</param>
    public RecordedMetrics(string meter = "Guestfs")
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == meter)
            {
                instruments[instrument] = true;
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
    }

    /// <summary>What was published.</summary>
    public IReadOnlyCollection<Instrument> Instruments => [.. instruments.Keys];

    /// <summary>What an instrument has measured, in order.</summary>
    public Measurement[] Of(string name) => [.. all.Where(one => one.Name == name).Select(one => one.Measurement)];

    /// <summary>What an observable instrument says now, all its tags together.</summary>
    public double Observe(string name)
    {
        all.Clear();
        listener.RecordObservableInstruments();
        return Of(name).Sum(one => one.Value);
    }

    /// <summary>Forgets what was measured.</summary>
    public void Clear() => all.Clear();

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        all.Enqueue((instrument.Name, new Measurement(value, new Dictionary<string, object?>(tags.ToArray()))));
}

/// <summary>One measurement.</summary>
/// <param name="Value">Its value.</param>
/// <param name="Tags">What it is of.</param>
public sealed record Measurement(double Value, IReadOnlyDictionary<string, object?> Tags);
