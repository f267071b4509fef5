namespace Guestfs.Interop;

internal static unsafe partial class Libc
{
    internal const int SOL_SOCKET = 1;
    internal const int SO_PEERCRED = 17;
}
