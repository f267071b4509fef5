namespace Guestfs;

/// <summary>How many processes of this one's control group the kernel has killed for memory: memory.events of cgroup v2.</summary>
internal static class MemoryKills
{
    /// <summary>The number until now; 0 where it cannot be known.</summary>
    internal static long Count()
    {
        try
        {
            string? group =
                File.ReadLines("/proc/self/cgroup").FirstOrDefault(line => line.StartsWith("0::/", StringComparison.Ordinal))?[3..];
            string? line = group is null ? null : File.ReadLines($"/sys/fs/cgroup{group.TrimEnd('/')}/memory.events")
                .FirstOrDefault(line => line.StartsWith("oom_kill ", StringComparison.Ordinal));
            return line is not null && long.TryParse(line.AsSpan("oom_kill ".Length), out long count) ? count : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No cgroup v2, or the root of all, which has no such file.
            return 0;
        }
    }
}
