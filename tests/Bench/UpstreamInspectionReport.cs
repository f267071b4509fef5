// guestfs_inspect_os in upstream's appliance, in the builder's two, and in the fast one resumed, in turn: the processor time of this
// process and all that it has started, from the launch to the end of the shutdown, beside that of the same session without it.
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Guestfs.Bench;

/// <summary>Measures and reports.</summary>
internal static partial class UpstreamInspectionReport
{
    /// <param name="report">The markdown file to write.</param>
    /// <param name="rounds">How often each session is run, after one that does not count.</param>
    /// <param name="appliances">Names and directories by turns: others are compared with the first, and the last is resumed too.</param>
    internal static int Run(string report, int rounds, string[] appliances)
    {
        (string Name, string Directory)[] ways = [.. appliances.Chunk(2).Select(pair => (pair[0], pair[1])),
            (ResumeReport.Resumed, appliances[^1])];
        DirectoryInfo directory = Directory.CreateTempSubdirectory("guestfs-bench.");
        try
        {
            StringBuilder text = new();
            string load = Report.Load();
            text.Append(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} CPUs, load {load}; {rounds} rounds. CPU, medians.\n");
            foreach (string filesystem in (string[])["ext4", "btrfs"])
            {
                string image = Path.Combine(directory.FullName, filesystem);
                InspectionReport.MakeGuest(image, filesystem, appliances[^1]);
                Measure(text, filesystem, image, rounds, ways);
                File.WriteAllText(report, text.ToString());
            }

            Console.Write(text);
            return 0;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static void Measure(StringBuilder text, string filesystem, string image, int rounds, (string Name, string Directory)[] ways)
    {
        (List<double> Launched, List<double> Inspected)[] samples = [.. ways.Select(_ => (new List<double>(), new List<double>()))];
        HashSet<string> answers = [];
        for (int round = -1; round < rounds; round++)
        {
            for (int way = 0; way < ways.Length; way++)
            {
                double launched = Session(ways[way], image, mayBeSaved: round < 0, _ => { });
                double inspected = Session(ways[way], image, mayBeSaved: false, g => answers.Add(Answers(g)));
                if (round >= 0)
                {
                    samples[way].Launched.Add(launched);
                    samples[way].Inspected.Add(inspected);
                }
            }
        }

        if (answers.Count != 1)
        {
            throw new InvalidOperationException($"The answers differ:\n{string.Join("\nand\n", answers)}");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n## A guest on {filesystem}\n\n")
            .Append("| appliance | launch, s | with inspect_os, s | times less | inspect_os alone, s | times less |\n")
            .Append("|---|--:|--:|--:|--:|--:|\n");
        for (int way = 0; way < ways.Length; way++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| {ways[way].Name} | {Statistics.Median(samples[way].Launched):F2} | {Whole(way):F2} | {Whole(0) / Whole(way):F1} | ")
                .Append(CultureInfo.InvariantCulture, $"{Alone(way):F2} | {Alone(0) / Alone(way):F1} |\n");
        }

        double Whole(int way) => Statistics.Median(samples[way].Inspected);

        double Alone(int way) => Whole(way) - Statistics.Median(samples[way].Launched);
    }

    private static double Session((string Name, string Directory) way, string image, bool mayBeSaved, Action<GuestfsHandle> work)
    {
        double before = ProcessorTime.OfAll();
        ResumeReport.Launch(
            way.Directory, way.Name == ResumeReport.Resumed, mayBeSaved,
            g => g.AddDrive(image, new AddDriveOptions { Format = "raw", ReadOnly = true }), work);
        return ProcessorTime.OfAll() - before;
    }

    // Without the letters of disks: in upstream's appliance the kernel may find the root before the user's disk, and what guestfsd says
    // of btrfs then has the kernel's names.
    private static string Answers(GuestfsHandle g) => Letter().Replace(string.Join('\n', g.InspectOs().Select(root => string.Join('\n',
    [
        root, g.InspectGetProductName(root), g.InspectGetDistro(root), g.InspectGetArch(root), g.InspectGetHostname(root),
        .. g.InspectGetMountpoints(root).Select(place => $"{place.Key}: {place.Value}").Order(StringComparer.Ordinal),
        .. g.InspectGetFilesystems(root),
    ]))), "/dev/sd");

    [GeneratedRegex("/dev/sd[a-z]")]
    private static partial Regex Letter();
}
