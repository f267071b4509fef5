// Runs the ways in turn, so that noise of the machine hits all alike, and writes what they took as a table.
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Guestfs.Bench;

/// <summary>Measures and reports.</summary>
internal static class TransferReport
{
    /// <param name="report">The markdown file to write.</param>
    /// <param name="rounds">How often each way is taken, after one round that does not count.</param>
    internal static int Run(string report, int rounds)
    {
        using Transfers transfers = new();
        IReadOnlyList<TransferCase> ways = transfers.All;
        Dictionary<TransferCase, (List<double> Milliseconds, long Bytes)> results =
            ways.ToDictionary(w => w, _ => (new List<double>(), long.MaxValue));
        for (int round = -1; round < rounds; round++)
        {
            foreach (TransferCase way in ways)
            {
                long bytes = GC.GetTotalAllocatedBytes(precise: true);
                long start = Stopwatch.GetTimestamp();
                way.Run();
                double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if (round >= 0)
                {
                    results[way].Milliseconds.Add(milliseconds);
                    results[way] =
                        (results[way].Milliseconds, Math.Min(results[way].Bytes, GC.GetTotalAllocatedBytes(precise: true) - bytes));
                }
            }
        }

        StringBuilder text = new();
        string load = Report.Load();
        text.AppendLine("# Bytes and names out of the appliance and into it").AppendLine();
        text
            .AppendLine(CultureInfo.InvariantCulture,
                $"{Environment.ProcessorCount} CPUs, load {load}; {rounds} interleaved rounds with one appliance. Times as fast: "
                + $"by the medians.")
            .AppendLine();
        text.AppendLine("| what | how | best ms | median ms | times as fast as C | managed bytes |")
            .AppendLine("|---|---|--:|--:|--:|--:|");
        foreach (TransferCase way in ways)
        {
            double reference = Statistics.Median(results[ways.First(w => w.Group == way.Group)].Milliseconds);
            (List<double> milliseconds, long bytes) = results[way];
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {way.Group} | {way.Name} | {milliseconds.Min():N0} | {Statistics.Median(milliseconds):N0} | "
                + $"{reference / Statistics.Median(milliseconds):N2} | {bytes:N0} |");
        }

        Console.Write(text);
        File.WriteAllText(report, text.ToString());
        return 0;
    }
}
