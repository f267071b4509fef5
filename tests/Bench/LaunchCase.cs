// One appliance, launched again and again; each launch is timed from the call to its end, with the console's lines in between.
using System.Diagnostics;
using System.Text;

namespace Guestfs.Bench;

/// <summary>Launches one appliance.</summary>
/// <param name="name">What reports call it.</param>
/// <param name="directory">The fixed appliance.</param>
/// <param name="network">Whether sessions have a network.</param>
/// <param name="verbose">Whether sessions have messages.</param>
internal sealed class LaunchCase(string name, string directory, bool network, bool verbose)
{
    private readonly List<double[]> samples = [];
    private readonly List<double> processor = [];

    internal string Name => name;

    /// <summary>The median of a stage, in milliseconds.</summary>
    internal double Stage(int index) => Statistics.Median(samples.Select(sample => sample[index]));

    /// <summary>The median of whole launches, in milliseconds.</summary>
    internal double Whole => Statistics.Median(samples.Select(sample => sample.Sum()));

    /// <summary>The quickest launch, in milliseconds.</summary>
    internal double Best => samples.Min(sample => sample.Sum());

    /// <summary>The median processor time of qemu and of all else that a session started, in seconds.</summary>
    internal double Processor => Statistics.Median(processor);

    /// <summary>Launches with an empty disk.</summary>
    /// <param name="counts">Whether it is one of the samples.</param>
    internal void Run(bool counts)
    {
        IReadOnlyList<LaunchStage> stages = LaunchStage.All;
        long[] ends = new long[stages.Count];
        int stage = 0;
        StringBuilder console = new();
        double before = ProcessorTime.OfChildren();
        using GuestfsHandle g = new();
        g.SetPath(directory);
        g.SetNetwork(network);
        g.SetVerbose(verbose);
        g.AddDriveScratch(64 << 20);
        g.ConsoleOutputReceived += (_, e) =>
        {
            console.Append(Encoding.Latin1.GetString(e.Bytes.Span));
            while (stage < stages.Count - 1
                && console.ToString().IndexOf(stages[stage].EndsWith!, StringComparison.Ordinal) is >= 0 and int at)
            {
                ends[stage] = Stopwatch.GetTimestamp();
                console.Remove(0, at + stages[stage++].EndsWith!.Length);
            }
        };
        long start = Stopwatch.GetTimestamp();
        g.Launch();
        ends[^1] = Stopwatch.GetTimestamp();
        if (stage != stages.Count - 1)
        {
            throw new InvalidOperationException($"The console of {directory} did not say '{stages[stage].EndsWith}'.");
        }

        if (counts)
        {
            samples.Add([.. ends.Select((end, i) => Stopwatch.GetElapsedTime(i == 0 ? start : ends[i - 1], end).TotalMilliseconds)]);
        }

        g.Shutdown();
        if (counts)
        {
            processor.Add(ProcessorTime.OfChildren() - before);
        }
    }
}
