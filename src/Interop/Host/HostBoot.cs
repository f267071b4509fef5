namespace Guestfs.Interop;

/// <summary>The present boot of the host: what was found out about a machine need not hold after another one.</summary>
internal static class HostBoot
{
    /// <summary>What tells it from all others; null where the kernel does not say.</summary>
    internal static string? ReadId()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
