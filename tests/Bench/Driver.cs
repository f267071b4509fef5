// Measures all runners in one run, their batches interleaved so that noise of the machine hits all alike.
namespace Guestfs.Bench;

/// <summary>Drives the runners.</summary>
internal static class Driver
{
    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(4);

    private static readonly string[] Calls =
    [
        "get_verbose", "get_verbose_async", "get_verbose_spans", "set_verbose", "set_program", "get_path", "version", "optional",
        "list_1000", "hashtable_1000", "structs_1000", "plain_structs_1000", "error", "throw", "create_close",
    ];

    /// <param name="report">The markdown file to write.</param>
    /// <param name="rounds">How many batches of each call in each runner.</param>
    /// <param name="runners">Name and command line, in turn. The first is what the others are compared with.</param>
    internal static int Run(string report, int rounds, string[] runners)
    {
        List<Runner> all = [.. runners.Chunk(2).Select(r => new Runner(r[0], r[1]))];
        foreach (string call in Calls)
        {
            all.ForEach(r => r.WarmUp(call, Batch));
        }

        for (int round = 0; round < rounds; round++)
        {
            foreach (string call in Calls)
            {
                all.ForEach(r => r.Measure(call));
            }
        }

        all.ForEach(r => r.Dispose());
        string text = Report.Write(Calls, all, rounds);
        Console.Write(text);
        File.WriteAllText(report, text);
        return 0;
    }
}
