// Launches appliances in turn, so that noise of the machine hits all alike, and writes a table and a chart of the stages.
using System.Globalization;
using System.Text;

namespace Guestfs.Bench;

/// <summary>Measures and reports.</summary>
internal static class LaunchReport
{
    /// <param name="report">The markdown file to write; the chart goes beside it.</param>
    /// <param name="rounds">How often each appliance is launched, after one launch that does not count.</param>
    /// <param name="appliances">Names and directories by turns; the first is what the others are compared with.</param>
    internal static int Run(string report, int rounds, string[] appliances)
    {
        LaunchCase[] ways = [.. appliances.Chunk(2).Select(pair => new LaunchCase(pair[0], pair[1]))];
        for (int round = -1; round < rounds; round++)
        {
            foreach (LaunchCase way in ways)
            {
                way.Run(counts: round >= 0);
            }
        }

        StringBuilder text = new();
        string load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        text.AppendLine("# Launching an appliance").AppendLine();
        text
            .AppendLine(CultureInfo.InvariantCulture,
                $"{Environment.ProcessorCount} CPUs, load {load}; {rounds} interleaved launches with one disk. Medians, in seconds.")
            .AppendLine();
        text.Append("| appliance | whole | times as fast | best |")
            .AppendJoin("", LaunchStage.All.Select(stage => $" {stage.Name} |"))
            .AppendLine();
        text.Append("|---|--:|--:|--:|").AppendJoin("", LaunchStage.All.Select(_ => "--:|")).AppendLine();
        foreach (LaunchCase way in ways)
        {
            text
                .Append(CultureInfo.InvariantCulture,
                    $"| {way.Name} | {way.Whole / 1000:N2} | {ways[0].Whole / way.Whole:N1} | {way.Best / 1000:N2} |")
                .AppendJoin("",
                    LaunchStage.All.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $" {way.Stage(i) / 1000:N2} |")))
                .AppendLine();
        }

        Console.Write(text);
        File.WriteAllText(report, text.ToString());
        File.WriteAllText(Path.ChangeExtension(report, ".svg"), LaunchChart.Draw(ways));
        return 0;
    }
}
