#pragma warning disable CS8981 // The names are those of C.
using System.Runtime.InteropServices;

namespace Guestfs.Interop;

internal static unsafe partial class Libc
{
    internal const short POLLIN = 1;

    [LibraryImport(Library)]
    internal static partial int poll(pollfd* fds, nuint nfds, int timeout);
}

internal struct pollfd
{
    public int fd;
    public short events;
    public short revents;
}
