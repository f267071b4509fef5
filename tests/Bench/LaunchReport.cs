// Launches appliances in turn, so that noise of the machine hits all alike, and writes a table and a chart of the stages.
using System.Globalization;
using System.Text;

namespace Guestfs.Bench;

/// <summary>Measures and reports.</summary>
internal static class LaunchReport
{
    private static readonly (string Name, bool Network, bool Verbose)[] Sessions =
        [("", false, false), (", network", true, false), (", messages", false, true), (", both", true, true)];

    /// <param name="report">The markdown file to write; the chart goes beside it.</param>
    /// <param name="rounds">How often each appliance is launched, after one launch that does not count.</param>
    /// <param name="appliances">Names and directories by turns; the first is what the others are
    /// compared with, in sessions of the same kind.</param>
    internal static int Run(string report, int rounds, string[] appliances)
    {
        int count = appliances.Length / 2;
        LaunchCase[] ways =
        [
            .. Sessions.SelectMany(session => appliances.Chunk(2).Select(
                pair => new LaunchCase(pair[0] + session.Name, pair[1], session.Network, session.Verbose))),
        ];
        for (int round = -1; round < rounds; round++)
        {
            foreach (LaunchCase way in ways)
            {
                way.Run(counts: round >= 0);
            }
        }

        StringBuilder text = new();
        string load = Report.Load();
        text.AppendLine("# Launching an appliance").AppendLine();
        text
            .AppendLine(CultureInfo.InvariantCulture,
                $"{Environment.ProcessorCount} CPUs, load {load}; {rounds} interleaved launches with one disk. Medians, in seconds.")
            .AppendLine();
        text.Append("| appliance | whole | times as fast | best | CPU | times less |")
            .AppendJoin("", LaunchStage.All.Select(stage => $" {stage.Name} |"))
            .AppendLine();
        text.Append("|---|--:|--:|--:|--:|--:|").AppendJoin("", LaunchStage.All.Select(_ => "--:|")).AppendLine();
        for (int i = 0; i < ways.Length; i++)
        {
            LaunchCase way = ways[i], first = ways[i - (i % count)];
            text
                .Append(CultureInfo.InvariantCulture,
                    $"| {way.Name} | {way.Whole / 1000:N2} | {first.Whole / way.Whole:N1} | {way.Best / 1000:N2} |")
                .Append(CultureInfo.InvariantCulture, $" {way.Processor:N2} | {first.Processor / way.Processor:N1} |")
                .AppendJoin("",
                    LaunchStage.All.Select((_, stage) => string.Create(CultureInfo.InvariantCulture, $" {way.Stage(stage) / 1000:N2} |")))
                .AppendLine();
        }

        Console.Write(text);
        File.WriteAllText(report, text.ToString());
        File.WriteAllText(Path.ChangeExtension(report, ".svg"), LaunchChart.Draw(ways[..count]));
        return 0;
    }
}
