using System.Runtime.InteropServices;

namespace Guestfs.Interop;

internal static unsafe partial class Libc
{
    // A terminal's size; a structure of four unsigned shorts is written.
    internal const nuint TIOCGWINSZ = 0x5413;

    // ioctl(2) is variadic; the calls here have an address.
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int ioctl(int fd, nuint request, void* argument);
}
