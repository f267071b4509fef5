// Looks for the system on a disk in several ways, each in processes of its own from launch to end: Inspect, guestfs_inspect_os with its
// companions, and virt-inspector; then what other tools do with it. What counts is the processor's time of the whole tree of processes,
// with qemu.
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Guestfs.Bench;

/// <summary>One way to look for a system.</summary>
internal sealed class InspectionWay(string name, int launch, Dictionary<string, string?> environment, string[] command)
{
    private readonly List<double> cpu = [];
    private readonly List<double> wall = [];

    internal string Name { get; } = name;

    /// <summary>Which way is the same launch and nothing else; -1 for none.</summary>
    internal int Launch { get; } = launch;

    internal double Cpu => Statistics.Median(cpu);

    internal double Wall => Statistics.Median(wall);

    /// <summary>What it printed the last time.</summary>
    internal string Output { get; private set; } = "";

    internal void Run(bool counts)
    {
        double before = ProcessorTime.OfChildren();
        long start = Stopwatch.GetTimestamp();
        ProcessStartInfo info = new(command[0], command[1..]) { RedirectStandardOutput = true };
        foreach ((string variable, string? value) in environment)
        {
            info.Environment[variable] = value;
        }

        using Process process = Process.Start(info)!;
        Output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)} failed.");
        }

        if (counts)
        {
            wall.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            cpu.Add(ProcessorTime.OfChildren() - before);
        }
    }
}

internal static class InspectionReport
{
    private const long Size = 700L << 20;
    private const int EfiEnd = 200 << 11, Sector = 512;

    /// <param name="report">The markdown file to write.</param>
    /// <param name="rounds">How often each way is gone, after one that does not count.</param>
    /// <param name="appliance">The appliance of all but virt-inspector, which has the distribution's, too.</param>
    /// <param name="resumable">The same one with a saved machine.</param>
    /// <param name="aot">This program, compiled in advance.</param>
    internal static int Run(string report, int rounds, string appliance, string resumable, string aot)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("guestfs-bench.");
        try
        {
            string load = Report.Load();
            StringBuilder text = new("# Looking for the system on a disk\n\n");
            text.Append(CultureInfo.InvariantCulture,
                $"{Environment.ProcessorCount} CPUs, load {load}; {rounds} interleaved rounds. ");
            text.Append("Medians, in seconds; CPU is of all processes.\n");
            foreach (string filesystem in (string[])["btrfs", "ext4"])
            {
                string image = Path.Combine(directory.FullName, filesystem);
                MakeGuest(image, filesystem);
                Dictionary<string, string?> ours = new() { ["LIBGUESTFS_PATH"] = appliance };
                Dictionary<string, string?> distribution = new() { ["LIBGUESTFS_PATH"] = null };
                Dictionary<string, string?> resumed = new() { ["LIBGUESTFS_PATH"] = resumable };
                InspectionWay[] ways = Ways(image, ours, resumed, distribution, aot);
                InspectionWay[] questions = GuestQuestions.Ways(image, ours, distribution, aot);
                for (int round = -1; round < rounds; round++)
                {
                    foreach (InspectionWay way in (InspectionWay[])[.. ways, .. questions])
                    {
                        way.Run(counts: round >= 0);
                    }
                }

                text.Append(CultureInfo.InvariantCulture, $"\n## A guest on {filesystem}\n\n");
                Write(text, ways);
                GuestQuestions.Write(text, questions);
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

    private static InspectionWay[] Ways(
        string image, Dictionary<string, string?> ours, Dictionary<string, string?> resumed, Dictionary<string, string?> distribution,
        string aot)
    {
        string[] jit = [Environment.ProcessPath!, Path.Combine(AppContext.BaseDirectory, "Guestfs.Bench.dll")];
        string[] inspector = ["virt-inspector", "--format=raw", "--no-icon", "--no-applications", "-a", image];
        return
        [
            new("launch alone, NativeAOT", -1, ours, [aot, "inspect-once", "nothing", image]),
            new("Inspect, NativeAOT", 0, ours, [aot, "inspect-once", "engine", image]),
            new("launch alone, resumed, NativeAOT", -1, resumed, [aot, "inspect-once", "nothing", image]),
            new("Inspect, resumed, NativeAOT", 2, resumed, [aot, "inspect-once", "engine", image]),
            new("launch alone, JIT", -1, ours, [.. jit, "inspect-once", "nothing", image]),
            new("Inspect, JIT", 4, ours, [.. jit, "inspect-once", "engine", image]),
            new("guestfs_inspect_os and its companions, JIT", 4, ours, [.. jit, "inspect-once", "libguestfs", image]),
            new("virt-inspector, same appliance", 0, ours, inspector),
            new("virt-inspector, distribution's appliance", -1, distribution, inspector),
        ];
    }

    // Upstream's is what the others are compared with.
    private static void Write(StringBuilder text, InspectionWay[] ways)
    {
        double slowest = ways[^1].Cpu;
        double upstream = Own(6);
        text.Append("| way | CPU | times less | wall | CPU without the launch | times less |\n|---|--:|--:|--:|--:|--:|\n");
        for (int i = 0; i < ways.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| {ways[i].Name} | {ways[i].Cpu:F2} | {slowest / ways[i].Cpu:F1} | {ways[i].Wall:F2} |");
            text.Append(ways[i].Launch < 0
                ? " | |\n"
                : string.Create(CultureInfo.InvariantCulture, $" {Own(i):F2} | {upstream / Own(i):F1} |\n"));
        }

        double Own(int i) => ways[i].Cpu - ways[ways[i].Launch].Cpu;
    }

    /// <summary>One way, in this process.</summary>
    internal static int Once(string way, string image)
    {
        using GuestfsHandle g = new();
        g.AddDrive(image, new AddDriveOptions { Format = "raw", ReadOnly = true });
        g.Launch();
        int found = way switch
        {
            "engine" => g.Inspect().Count,
            "libguestfs" => g.InspectByLibguestfs().Count,
            "nothing" => 1,
            _ => GuestQuestions.Answer(g, way) ? 1 : 0,
        };
        g.Shutdown();
        return found == 1 ? 0 : 1;
    }

    // GPT with GRUB's partition, EFI's, and the system's, in btrfs with two subvolumes; with a thousand files to be listed.
    internal static void MakeGuest(string image, string filesystem, string? appliance = null)
    {
        using (FileStream file = File.Create(image))
        {
            file.SetLength(Size);
        }

        using GuestfsHandle g = new();
        if (appliance is not null)
        {
            g.SetPath(appliance);
        }

        g.AddDrive(image, new AddDriveOptions { Format = "raw" });
        g.Launch();
        g.PartInit("/dev/sda", "gpt");
        g.PartAdd("/dev/sda", "p", 2048, 4095);
        g.PartAdd("/dev/sda", "p", 4096, EfiEnd - 1);
        g.PartAdd("/dev/sda", "p", EfiEnd, (Size / Sector) - 4096);
        g.PartSetGptType("/dev/sda", 1, "21686148-6449-6E6F-744E-656564454649");
        g.PartSetGptType("/dev/sda", 2, "C12A7328-F81F-11D2-BA4B-00A0C93EC93B");
        g.Mkfs("vfat", "/dev/sda2");
        bool isBtrfs = filesystem == "btrfs";
        if (isBtrfs)
        {
            g.MkfsBtrfs(["/dev/sda3"]);
            g.Mount("/dev/sda3", "/");
            g.BtrfsSubvolumeCreate("/root");
            g.BtrfsSubvolumeCreate("/home");
            g.UmountAll();
        }
        else
        {
            g.Mkfs(filesystem, "/dev/sda3");
        }

        string uuid = g.VfsUuid("/dev/sda3");
        g.Mount(isBtrfs ? "btrfsvol:/dev/sda3/root" : "/dev/sda3", "/");
        foreach (string name in (string[])["/bin", "/boot", "/boot/efi", "/etc", "/home"])
        {
            g.Mkdir(name);
        }

        g.Write("/etc/os-release", "PRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\nVERSION_ID=\"13\"\nID=debian\n"u8);
        g.Write("/etc/debian_version", "13.1\n"u8);
        g.Write("/etc/hostname", "guest\n"u8);
        g.Upload("/bin/ls", "/bin/ls");
        g.Mkdir("/srv");
        string files = image + ".files", archive = image + ".tar";
        for (int i = 0; i < 1000; i++)
        {
            string folder = Directory.CreateDirectory(Path.Combine(files, $"directory-{i / 25}")).FullName;
            File.WriteAllText(Path.Combine(folder, $"file-{i}"), $"{i}\n");
        }

        System.Formats.Tar.TarFile.CreateFromDirectory(files, archive, includeBaseDirectory: false);
        g.TarIn(archive, "/srv");
        g.Write("/etc/fstab", Encoding.UTF8.GetBytes((isBtrfs
            ? $"UUID={uuid} / btrfs subvol=root 0 0\nUUID={uuid} /home btrfs subvol=home 0 0\n"
            : $"UUID={uuid} / ext4 defaults 0 1\n") + "/dev/sda2 /boot/efi vfat defaults 0 0\n"));
        g.Shutdown();
    }
}
