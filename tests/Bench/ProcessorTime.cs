using System.Globalization;

namespace Guestfs.Bench;

/// <summary>The processor time that the kernel has counted, in seconds: proc_pid_stat(5) tells hundredths.</summary>
internal static class ProcessorTime
{
    /// <summary>Of all children that ended and were waited for, with what those had waited for: cutime and cstime.</summary>
    internal static double OfChildren() => Sum(13..15);

    /// <summary>Of this process and those: utime and stime, too.</summary>
    internal static double OfAll() => Sum(11..15);

    private static double Sum(Range fields)
    {
        string stat = File.ReadAllText("/proc/self/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[fields].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)) / 100.0;
    }
}
