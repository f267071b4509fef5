// What the batches of one call in one runner took.
namespace Guestfs.Bench;

/// <summary>Per call, over batches of <paramref name="count"/> calls.</summary>
internal sealed class Samples(int count)
{
    private readonly List<double> times = [];

    /// <summary>Calls in a batch.</summary>
    internal int Count => count;

    /// <summary>Nanoseconds a call in the fastest batch: the one the machine disturbed least.</summary>
    internal double Best => times.Min();

    internal double Median => times.Order().ElementAt(times.Count / 2);

    /// <summary>Managed bytes a call, or null where the language does not tell. The least of all batches.</summary>
    internal double? Bytes { get; private set; }

    internal void Add(long nanoseconds, long bytes)
    {
        times.Add((double)nanoseconds / count);
        if (bytes >= 0)
        {
            Bytes = Math.Min(Bytes ?? double.MaxValue, (double)bytes / count);
        }
    }
}
