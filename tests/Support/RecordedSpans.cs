// A listener that keeps the spans of the library.
using System.Collections.Concurrent;
using System.Diagnostics;

namespace Guestfs.TestSupport;

/// <summary>Listens to the activity source of the library; all handles of the process are traced meanwhile.</summary>
public sealed class RecordedSpans : IDisposable
{
    private readonly ConcurrentQueue<Activity> ended = new();
    private readonly ActivityListener listener;

    /// <summary>Begins to listen.</summary>
    public RecordedSpans()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Guestfs",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>All spans that have ended, in the order of their ends.</summary>
    public IReadOnlyList<Activity> Ended => [.. ended];

    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Names => [.. ended.Select(a => a.OperationName)];

    /// <summary>The only span of a name.</summary>
    public Activity Only(string name) => ended.Single(a => a.OperationName == name);

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();
}
