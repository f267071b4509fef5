using System.Runtime.InteropServices;

namespace Guestfs.Interop;

internal static unsafe partial class Libc
{
    internal const uint AT_SECURE = 23;

    [LibraryImport(Library)]
    internal static partial nuint getauxval(nuint type);
}
