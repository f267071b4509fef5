// What confining qemu costs a launch: the same appliance with each confinement in turn. What counts is the processor's time of this
// process and all that it has started, from the launch to the end of the shutdown.
using System.Globalization;
using System.Text;

namespace Guestfs.Bench;

/// <summary>Measures and reports.</summary>
internal static class ConfinementReport
{
    private static readonly Confinement[] Ways = [Confinement.None, Confinement.SystemCalls, Confinement.Full];

    /// <param name="report">The markdown file to write.</param>
    /// <param name="rounds">How often each is launched, after one launch that does not count.</param>
    /// <param name="appliance">The fixed appliance.</param>
    internal static int Run(string report, int rounds, string appliance)
    {
        double[][] seconds = [.. Ways.Select(_ => new double[rounds])];
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < Ways.Length; i++)
            {
                // Each comes first as often as the others.
                int way = (i + round + 1) % Ways.Length;
                double used = Launch(appliance, Ways[way]);
                if (round >= 0)
                {
                    seconds[way][round] = used;
                }
            }
        }

        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{rounds} rounds, load {Report.Load()}.\n\n")
            .Append("| confinement | CPU, median, s | mean of the differences to None, % | its standard error, % |\n|---|--:|--:|--:|\n");
        double without = seconds[0].Average();
        for (int way = 0; way < Ways.Length; way++)
        {
            double[] differences = [.. seconds[way].Zip(seconds[0], (one, other) => 100 * (one - other) / without)];
            double mean = differences.Average();
            double error = Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / (rounds - 1.0) / rounds);
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {Ways[way]} | {seconds[way].Order().ElementAt(rounds / 2):F3} | {mean:F1} | {error:F1} |\n");
        }

        File.WriteAllText(report, text.ToString());
        Console.Write(text);
        return 0;
    }

    private static double Launch(string appliance, Confinement confinement)
    {
        double before = ProcessorTime.OfAll();
        using (GuestfsHandle g = new(new GuestfsHandleOptions { Confinement = confinement, Accelerator = Accelerator.Tcg }))
        {
            g.SetPath(appliance);
            g.AddDriveScratch(64 << 20);
            g.Launch();
            g.Shutdown();
        }

        return ProcessorTime.OfAll() - before;
    }
}
