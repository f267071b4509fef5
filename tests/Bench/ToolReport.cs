// gfs beside the programs of libguestfs that do the same, as their users start them: gfs with the appliance that it builds, resumed and
// booted, upstream's with the distribution's. What counts is the processor's time of the whole tree of processes, with qemu.
using System.Globalization;
using System.Text;

namespace Guestfs.Bench;

internal static class ToolReport
{
    // What a user of upstream's writes, and of gfs.
    private static readonly (string Name, string[] Ours, string[] Theirs)[] Jobs =
    [
        ("cat", ["cat", "{}", "/etc/os-release"], ["virt-cat", "--format=raw", "-a", "{}", "/etc/os-release"]),
        ("ls -R", ["ls", "-R", "{}", "/"], ["virt-ls", "-R", "--format=raw", "-a", "{}", "/"]),
        ("df", ["df", "{}"], ["virt-df", "--format=raw", "-a", "{}"]),
        ("inspect", ["inspect", "--xml", "--no-applications", "{}"],
            ["virt-inspector", "--format=raw", "--no-icon", "--no-applications", "-a", "{}"]),
        ("filesystems", ["filesystems", "--all", "{}"],
            ["virt-filesystems", "--all", "--long", "--uuid", "--format=raw", "-a", "{}"]),
    ];

    /// <param name="report">The markdown file to write.</param>
    /// <param name="rounds">How often each is started, after one that does not count.</param>
    /// <param name="appliance">The appliance that gfs builds, to be booted.</param>
    /// <param name="gfs">The tool, as it is published.</param>
    internal static int Run(string report, int rounds, string appliance, string gfs)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("guestfs-bench.");
        try
        {
            StringBuilder text = new("# gfs and the programs of libguestfs\n\n");
            text.Append(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} CPUs, ");
            text.Append(CultureInfo.InvariantCulture, $"load {Report.Load()}; ");
            text.Append(CultureInfo.InvariantCulture, $"{rounds} interleaved rounds. ");
            text.Append("Medians, in seconds; CPU is of all processes.\n");
            foreach (string filesystem in (string[])["ext4", "btrfs"])
            {
                string image = Path.Combine(directory.FullName, filesystem);
                InspectionReport.MakeGuest(image, filesystem, appliance);
                InspectionWay[] ways = [.. Jobs.SelectMany(job => Ways(job.Ours, job.Theirs, image, appliance, gfs))];
                for (int round = -1; round < rounds; round++)
                {
                    foreach (InspectionWay way in ways)
                    {
                        way.Run(counts: round >= 0);
                    }
                }

                text.Append(CultureInfo.InvariantCulture, $"\n## A guest on {filesystem}\n\n");
                text.Append("| job | gfs, CPU | wall | booted, CPU | wall | upstream's, CPU | wall | CPU, times less | booted |\n");
                text.Append("|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
                for (int i = 0; i < Jobs.Length; i++)
                {
                    InspectionWay[] job = ways[(i * 3)..((i * 3) + 3)];
                    text.Append(CultureInfo.InvariantCulture, $"| {Jobs[i].Name} |");
                    foreach (InspectionWay way in job)
                    {
                        text.Append(CultureInfo.InvariantCulture, $" {way.Cpu:F2} | {way.Wall:F2} |");
                    }

                    text.Append(CultureInfo.InvariantCulture, $" {job[2].Cpu / job[0].Cpu:F1} | {job[2].Cpu / job[1].Cpu:F1} |\n");
                }
            }

            File.WriteAllText(report, text.ToString());
            Console.Write(text);
            return 0;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static InspectionWay[] Ways(string[] ours, string[] theirs, string image, string appliance, string gfs)
    {
        // Each finds its own appliance.
        Dictionary<string, string?> environment = new() { ["LIBGUESTFS_PATH"] = null };
        string[] command = [gfs, .. ours.Select(word => word == "{}" ? image : word)];
        return
        [
            new("gfs", -1, environment, [.. command, "--format", "raw"]),
            new("gfs, booted", -1, environment, [.. command, "--format", "raw", "--appliance", appliance]),
            new("upstream's", -1, environment, [.. theirs.Select(word => word == "{}" ? image : word)]),
        ];
    }
}
