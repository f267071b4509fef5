namespace Guestfs.Interop;

internal static unsafe partial class Libc
{
    internal const int ST_RDONLY = 1;
}
