using System.Runtime.InteropServices;

namespace Guestfs.Interop;

internal static unsafe partial class Libc
{
    internal const int WNOHANG = 1;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int waitpid(int pid, int* wstatus, int options);
}
