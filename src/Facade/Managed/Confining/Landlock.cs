using Guestfs.Interop;

namespace Guestfs;

/// <summary>The kernel's means of keeping a process from files: landlock(7).</summary>
internal static class Landlock
{
    private const int QueryVersion = 1;

    /// <summary>Which version the kernel has; 0 if it has none, it is turned off, or a container denies it.</summary>
    internal static int Version { get; } = (int)Math.Max(0, Libc.syscall(Libc.SYS_landlock_create_ruleset, 0, 0, QueryVersion, 0));
}
