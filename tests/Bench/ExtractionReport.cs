// Brings a tree of many small files to the host: Extract beside tar_out of the same tree, which checks nothing and writes one file, and
// beside copy_out. Each is a process from launch to end, as the ways to look for a system are; what counts is what it costs above a
// process that launches, mounts and does nothing.
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Guestfs.Bench;

internal static class ExtractionReport
{
    private const int Directories = 332, FilesOfEach = 5, LinksOfEach = 1;

    /// <param name="report">The markdown file to write.</param>
    /// <param name="rounds">How often each way is gone, after one that does not count.</param>
    /// <param name="appliance">The appliance of all.</param>
    /// <param name="aot">This program, compiled in advance.</param>
    internal static int Run(string report, int rounds, string appliance, string aot)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("guestfs-bench.");
        try
        {
            string image = Path.Combine(directory.FullName, "image");
            MakeGuest(Path.Combine(directory.FullName, "tree"), image);
            Dictionary<string, string?> ours = new() { ["LIBGUESTFS_PATH"] = appliance };
            string[] fish = ["guestfish", "--ro", "--format=raw", "-a", image, "-m", "/dev/sda"];
            string target = Path.Combine(directory.FullName, "target");
            InspectionWay[] ways =
            [
                new("nothing", -1, ours, [aot, "extract-once", "nothing", image, target]),
                new("Extract", 0, ours, [aot, "extract-once", "extract", image, target]),
                new("TarOut", 0, ours, [aot, "extract-once", "tar", image, target]),
                new("Extract twice", 0, ours, [aot, "extract-once", "extract-twice", image, target]),
                new("TarOut twice", 0, ours, [aot, "extract-once", "tar-twice", image, target]),
                new("guestfish alone", -1, ours, [.. fish, "ping-daemon"]),
                new("guestfish tar-out", 5, ours, [.. fish, "tar-out", "/tree", "/dev/null"]),
                new("guestfish copy-out", 5, ours, [.. fish, "copy-out", "/tree", target]),
            ];
            int targets = 0;
            for (int round = -1; round < rounds; round++)
            {
                foreach (InspectionWay way in ways)
                {
                    // Nothing is deleted before the end: ext4 is slow at making files in place of those that went a moment ago.
                    Directory.CreateDirectory(target);
                    way.Run(counts: round >= 0);
                    Directory.Move(target, $"{target}.{targets++}");
                }
            }

            StringBuilder text = new("# A tree of many small files\n\n");
            text.Append(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} CPUs, load ");
            text.Append(CultureInfo.InvariantCulture, $"{Report.Load()}; {rounds} interleaved rounds. ");
            text.Append(CultureInfo.InvariantCulture, $"{Directories * FilesOfEach} files in {Directories} directories. ");
            text.Append("Medians, in seconds, without the launch; CPU is of all processes.\n\n");
            text.Append("| way | CPU | to tar-out | wall | to tar-out |\n|---|--:|--:|--:|--:|\n");
            foreach (InspectionWay way in ways.Where(way => way.Launch >= 0))
            {
                text.Append(CultureInfo.InvariantCulture, $"| {way.Name} | {Cpu(way):F2} | {Cpu(way) / Cpu(ways[6]):F2} ");
                text.Append(CultureInfo.InvariantCulture, $"| {Wall(way):F2} | {Wall(way) / Wall(ways[6]):F2} |\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"\nThe second time in a session Extract takes ");
            text.Append(CultureInfo.InvariantCulture, $"{(ways[3].Cpu - ways[1].Cpu) / (ways[4].Cpu - ways[2].Cpu):F2} times the CPU and ");
            text.Append(
                CultureInfo.InvariantCulture,
                $"{(ways[3].Wall - ways[1].Wall) / (ways[4].Wall - ways[2].Wall):F2} times the time ");
            text.Append("of TarOut.\n");
            File.WriteAllText(report, text.ToString());
            Console.Write(text);
            return 0;

            double Cpu(InspectionWay way) => way.Cpu - ways[way.Launch].Cpu;
            double Wall(InspectionWay way) => way.Wall - ways[way.Launch].Wall;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>One way, in this process.</summary>
    internal static int Once(string way, string image, string target)
    {
        using GuestfsHandle g = new();
        g.AddDrive(image, new AddDriveOptions { Format = "raw", ReadOnly = true });
        g.Launch();
        g.MountRo("/dev/sda", "/");
        for (int i = way == "nothing" ? 0 : way.EndsWith("-twice", StringComparison.Ordinal) ? 2 : 1; i > 0; i--)
        {
            if (way.StartsWith("tar", StringComparison.Ordinal))
            {
                g.TarOut("/tree", "/dev/null");
                continue;
            }

            string place = Directory.CreateDirectory(Path.Combine(target, $"{i}")).FullName;
            ExtractReport found = g.ExtractAsync("/tree", place).GetAwaiter().GetResult();
            if (found.Files != Directories * FilesOfEach || found.SymbolicLinks != Directories * LinksOfEach || found.SkippedCount != 0)
            {
                return 1;
            }
        }

        g.Shutdown();
        return 0;
    }

    // Files of 3 KB on average, as documentation and data of programs are; the same in each run.
    private static void MakeGuest(string tree, string image)
    {
        Random random = new(1);
        byte[] bytes = new byte[6 << 10];
        for (int i = 0; i < Directories; i++)
        {
            string folder = Directory.CreateDirectory(Path.Combine(tree, "tree", $"package-{i / 4}", $"part-{i % 4}")).FullName;
            for (int j = 0; j < FilesOfEach; j++)
            {
                random.NextBytes(bytes);
                File.WriteAllBytes(Path.Combine(folder, $"file-{j}"), bytes[..random.Next(bytes.Length)]);
            }

            File.CreateSymbolicLink(Path.Combine(folder, "link"), "file-0");
        }

        using Process process = Process.Start("mke2fs", ["-q", "-F", "-t", "ext4", "-d", tree, image, "64M"]);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException("mke2fs failed.");
        }
    }
}
