using System.Runtime.InteropServices;

namespace Guestfs.Interop;

internal static unsafe partial class Libc
{
    [LibraryImport(Library)]
    internal static partial void explicit_bzero(void* s, nuint n);
}
