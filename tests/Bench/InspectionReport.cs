// Looks for the system on a disk in three ways, each in a process of its own from launch to end: Inspect, guestfs_inspect_os with its
// companions, and virt-inspector. What counts is the processor's time of the whole tree of processes, with qemu.
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Guestfs.Bench;

internal static class InspectionReport
{
    private const long Size = 700L << 20;
    private const int EfiEnd = 200 << 11, Sector = 512;

    internal static int Run(string report, int rounds)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("guestfs-bench.");
        try
        {
            string image = Path.Combine(directory.FullName, "image");
            MakeGuest(image);
            string self = Environment.ProcessPath!;
            string program = Path.Combine(AppContext.BaseDirectory, "Guestfs.Bench.dll");
            (string Name, string[] Command)[] ways =
            [
                ("launch alone", [self, program, "inspect-once", "nothing", image]),
                ("Inspect", [self, program, "inspect-once", "engine", image]),
                ("guestfs_inspect_os and its companions", [self, program, "inspect-once", "libguestfs", image]),
                ("virt-inspector", ["virt-inspector", "--format=raw", "--no-icon", "--no-applications", "-a", image]),
            ];
            StringBuilder text = new("| way | CPU of all processes, s | wall, s |\n|---|---|---|\n");
            foreach ((string name, string[] command) in ways)
            {
                (double cpu, double wall)[] runs = [.. Enumerable.Range(0, rounds).Select(_ => Measure(command))];
                text.Append(CultureInfo.InvariantCulture, $"| {name} | {runs.Min(r => r.cpu):F2} | {runs.Min(r => r.wall):F2} |\n");
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
            _ => 1,
        };
        g.Shutdown();
        return found == 1 ? 0 : 1;
    }

    // GPT with GRUB's partition, EFI's, and btrfs with two subvolumes.
    private static void MakeGuest(string image)
    {
        using (FileStream file = File.Create(image))
        {
            file.SetLength(Size);
        }

        using GuestfsHandle g = new();
        g.AddDrive(image, new AddDriveOptions { Format = "raw" });
        g.Launch();
        g.PartInit("/dev/sda", "gpt");
        g.PartAdd("/dev/sda", "p", 2048, 4095);
        g.PartAdd("/dev/sda", "p", 4096, EfiEnd - 1);
        g.PartAdd("/dev/sda", "p", EfiEnd, (Size / Sector) - 4096);
        g.PartSetGptType("/dev/sda", 1, "21686148-6449-6E6F-744E-656564454649");
        g.Mkfs("vfat", "/dev/sda2");
        g.MkfsBtrfs(["/dev/sda3"]);
        g.Mount("/dev/sda3", "/");
        g.BtrfsSubvolumeCreate("/root");
        g.BtrfsSubvolumeCreate("/home");
        g.UmountAll();
        string uuid = g.VfsUuid("/dev/sda3");
        g.Mount("btrfsvol:/dev/sda3/root", "/");
        foreach (string name in (string[])["/bin", "/boot", "/etc", "/home"])
        {
            g.Mkdir(name);
        }

        g.Write("/etc/os-release", "PRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\nVERSION_ID=\"13\"\nID=debian\n"u8);
        g.Write("/etc/debian_version", "13.1\n"u8);
        g.Write("/etc/hostname", "guest\n"u8);
        g.Write("/etc/fstab", Encoding.UTF8.GetBytes(
            $"UUID={uuid} / btrfs subvol=root 0 0\nUUID={uuid} /home btrfs subvol=home 0 0\n/dev/sda2 /boot/efi vfat defaults 0 0\n"));
        g.Shutdown();
    }

    private static (double Cpu, double Wall) Measure(string[] command)
    {
        double before = OfChildren();
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return process.ExitCode == 0
            ? (OfChildren() - before, wall)
            : throw new InvalidOperationException($"{string.Join(' ', command)} failed.");
    }

    // Of all that ended and was waited for, with what those had waited for: proc_pid_stat(5), cutime and cstime in hundredths.
    private static double OfChildren()
    {
        string stat = File.ReadAllText("/proc/self/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)) / 100.0;
    }
}
