// Launches of upstream's appliance, of the builder's two, and of the fast one resumed, in turn: the processor time of this process and all
// that it has started, and the time of the clock, from the launch to the end of the shutdown.
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Guestfs.Bench;

/// <summary>Measures and reports.</summary>
internal static class ResumeReport
{
    internal const string Resumed = "fast, resumed";

    /// <param name="report">The markdown file to write.</param>
    /// <param name="rounds">How often each is launched, after one launch that does not count.</param>
    /// <param name="disks">How many disks each has.</param>
    /// <param name="appliances">Names and directories by turns: others are compared with the first, and the last is resumed too.</param>
    internal static int Run(string report, int rounds, int disks, string[] appliances)
    {
        (string Name, string Directory)[] ways = [.. appliances.Chunk(2).Select(pair => (pair[0], pair[1])), (Resumed, appliances[^1])];
        (List<double> Processor, List<double> Clock)[] samples = [.. ways.Select(_ => (new List<double>(), new List<double>()))];
        for (int round = -1; round < rounds; round++)
        {
            for (int way = 0; way < ways.Length; way++)
            {
                double before = ProcessorTime.OfAll();
                long start = Stopwatch.GetTimestamp();
                Launch(ways[way].Directory, ways[way].Name == Resumed, mayBeSaved: round < 0, disks);
                if (round >= 0)
                {
                    samples[way].Clock.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
                    samples[way].Processor.Add(ProcessorTime.OfAll() - before);
                }
            }
        }

        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} CPUs, load {Report.Load()}; ")
            .Append(CultureInfo.InvariantCulture, $"{rounds} rounds, {disks} disks.\n\n")
            .Append("| appliance | CPU, median, s | least | clock, median, s | least | times less CPU |\n|---|--:|--:|--:|--:|--:|\n");
        for (int way = 0; way < ways.Length; way++)
        {
            (List<double> processor, List<double> clock) = samples[way];
            double used = Statistics.Median(processor);
            text.Append(CultureInfo.InvariantCulture,
                $"| {ways[way].Name} | {used:F2} | {processor.Min():F2} | {Statistics.Median(clock):F2} | {clock.Min():F2} | ")
                .Append(CultureInfo.InvariantCulture, $"{Statistics.Median(samples[0].Processor) / used:F1} |\n");
        }

        File.WriteAllText(report, text.ToString());
        Console.Write(text);
        return 0;
    }

    private static void Launch(string directory, bool resumed, bool mayBeSaved, int disks) =>
        Launch(directory, resumed, mayBeSaved, g =>
        {
            for (int i = 0; i < disks; i++)
            {
                g.AddDriveScratch(64 << 20);
            }
        }, _ => { });

    /// <summary>A session from launch to shutdown.</summary>
    internal static void Launch(string directory, bool resumed, bool mayBeSaved, Action<GuestfsHandle> before, Action<GuestfsHandle> after)
    {
        using GuestfsHandle g = new(new GuestfsHandleOptions
        {
            Accelerator = Accelerator.Tcg,
            Appliance = resumed ? new Savable(directory) : ApplianceSource.InDirectory(directory),
        });
        before(g);
        g.Launch();
        if (resumed && mayBeSaved)
        {
            g.Session.Saving?.Wait();
        }
        else if (g.ResumeChoice!.Resumed != resumed)
        {
            throw new InvalidOperationException($"{directory}: {g.ResumeChoice.Reason}");
        }

        after(g);
        g.Shutdown();
    }

    private sealed class Savable(string directory) : ApplianceSource
    {
        public override ApplianceLease Acquire(CancellationToken cancellationToken) => new(directory) { MayBeSaved = true };
    }
}
