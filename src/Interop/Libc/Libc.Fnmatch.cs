using System.Runtime.InteropServices;

namespace Guestfs.Interop;

internal static unsafe partial class Libc
{
    internal const int FNM_PATHNAME = 1;

    [LibraryImport(Library)]
    internal static partial int fnmatch(byte* pattern, byte* text, int flags);
}
