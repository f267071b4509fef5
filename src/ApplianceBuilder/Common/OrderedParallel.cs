namespace Guestfs.Appliances.Common;

/// <summary>Does one thing for many items on all processors: asking the kernel about thousands of files one by one takes as long as writing
/// them.</summary>
internal static class OrderedParallel
{
    // Enough parts that no processor is idle for long, few enough that handing them out costs nothing.
    private const int PartsPerProcessor = 8;

    /// <summary>The results, in the order of the items. What the function throws, this throws.</summary>
    internal static TResult[] Select<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> map, CancellationToken cancellationToken)
    {
        TResult[] results = new TResult[items.Count];
        int parts = Math.Min(items.Count, Environment.ProcessorCount * PartsPerProcessor);
        Parallel.ForEachAsync(Enumerable.Range(0, parts), cancellationToken, (part, token) =>
        {
            for (int i = (int)((long)items.Count * part / parts), end = (int)((long)items.Count * (part + 1) / parts); i < end; i++)
            {
                token.ThrowIfCancellationRequested();
                results[i] = map(items[i]);
            }

            return ValueTask.CompletedTask;
        }).GetAwaiter().GetResult();
        return results;
    }
}
