namespace Guestfs.Interop;

internal static unsafe partial class Libc
{
    internal static int O_DIRECTORY => IsArmOrPower ? ArmOrPower.O_DIRECTORY : Generic.O_DIRECTORY;

    internal static int O_NOFOLLOW => IsArmOrPower ? ArmOrPower.O_NOFOLLOW : Generic.O_NOFOLLOW;

    /// <summary>Where the kernel's asm-generic/fcntl.h holds: on x86 and most others.</summary>
    internal static class Generic
    {
        internal const int O_DIRECTORY = 0x10000, O_NOFOLLOW = 0x20000;
    }

    /// <summary>Where the processor has its own: on ARM, 32 and 64 bits, and on POWER.
    /// The values of the others mean something else there.</summary>
    internal static class ArmOrPower
    {
        internal const int O_DIRECTORY = 0x4000, O_NOFOLLOW = 0x8000;
    }
}
