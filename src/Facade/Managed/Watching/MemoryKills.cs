namespace Guestfs;

/// <summary>How many processes of this one's control group the kernel has killed for memory.</summary>
internal static class MemoryKills
{
    private const string Mount = "/sys/fs/cgroup", Key = "oom_kill ";

    /// <summary>The number until now; 0 where it cannot be known.</summary>
    internal static long Count()
    {
        try
        {
            foreach (string line in File.ReadLines("/proc/self/cgroup"))
            {
                // ID:CONTROLLERS:PATH, of cgroups(7). Version 2 has no controllers there.
                string[] parts = line.Split(':', 3);
                bool second = parts[1].Length == 0;
                if (!second && !parts[1].Split(',').Contains("memory"))
                {
                    continue;
                }

                (string directory, string name) = second ? (Mount, "memory.events") : ($"{Mount}/memory", "memory.oom_control");

                // In a container the path may be the host's, and the group itself what is mounted.
                if ((TryRead(directory + parts[2].TrimEnd('/'), name) ?? TryRead(directory, name)) is { } count)
                {
                    return count;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No control groups, or none that may be looked at.
        }

        return 0;
    }

    private static long? TryRead(string directory, string name)
    {
        string file = $"{directory}/{name}";

        // The root of all has no such file.
        string? line = !File.Exists(file) ? null
            : File.ReadLines(file).FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal));
        return line is not null && long.TryParse(line.AsSpan(Key.Length), out long count) ? count : null;
    }
}
