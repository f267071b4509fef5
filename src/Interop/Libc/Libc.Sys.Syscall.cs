namespace Guestfs.Interop;

internal static unsafe partial class Libc
{
    // Newer than the numbers that differ from processor to processor.
    internal const int SYS_pidfd_send_signal = 424, SYS_pidfd_open = 434, SYS_landlock_create_ruleset = 444;
}
