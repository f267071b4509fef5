// How long a program takes from its start to its end when it has nothing to do but to say its version.
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Guestfs.Bench;

internal static class StartReport
{
    /// <param name="report">The markdown file to write.</param>
    /// <param name="rounds">How often each is started, after five that do not count.</param>
    /// <param name="c">A program in C.</param>
    /// <param name="gfs">The tool, as it is published.</param>
    internal static int Run(string report, int rounds, string c, string gfs)
    {
        string[] programs = [c, gfs, "guestfish", "virt-cat"];
        List<double>[] times = [.. programs.Select(_ => new List<double>())];
        for (int round = -5; round < rounds; round++)
        {
            for (int i = 0; i < programs.Length; i++)
            {
                double time = Start(programs[i]);
                if (round >= 0)
                {
                    times[i].Add(time);
                }
            }
        }

        StringBuilder text = new("# Start\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} CPUs, ");
        text.Append(CultureInfo.InvariantCulture, $"load {Report.Load()}; ");
        text.Append(CultureInfo.InvariantCulture, $"{rounds} interleaved rounds. ");
        text.Append("Milliseconds from start to end.\n\n| program | best | median | more than C, best | median |\n|---|--:|--:|--:|--:|\n");
        for (int i = 0; i < programs.Length; i++)
        {
            (double best, double median) = Summary(times[i]);
            (double bestOfC, double medianOfC) = Summary(times[0]);
            text.Append(CultureInfo.InvariantCulture, $"| {(i == 0 ? "in C" : Path.GetFileName(programs[i]) + " --version")} |");
            text.Append(CultureInfo.InvariantCulture, $" {best:F1} | {median:F1} | {best - bestOfC:F1} | {median - medianOfC:F1} |\n");
        }

        File.WriteAllText(report, text.ToString());
        Console.Write(text);
        return 0;
    }

    private static (double Best, double Median) Summary(List<double> times) => (times.Min(), Statistics.Median(times));

    private static double Start(string program)
    {
        ProcessStartInfo start = new(program, ["--version"]) { RedirectStandardOutput = true };
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double time = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        return process.ExitCode == 0 ? time : throw new InvalidOperationException($"{program} --version has failed.");
    }
}
