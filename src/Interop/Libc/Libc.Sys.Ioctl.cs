using System.Runtime.InteropServices;

namespace Guestfs.Interop;

internal static unsafe partial class Libc
{
    // ioctl(2) is variadic; the calls here have an address.
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int ioctl(int fd, nuint request, void* argument);
}
