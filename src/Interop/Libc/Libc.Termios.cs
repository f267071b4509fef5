#pragma warning disable CS8981 // The names are those of C.
using System.Runtime.InteropServices;

namespace Guestfs.Interop;

internal static unsafe partial class Libc
{
    internal const int TCSADRAIN = 1;
    internal const uint ECHO = 8;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int tcgetattr(int fd, termios* termios_p);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int tcsetattr(int fd, int optional_actions, termios* termios_p);
}

// What the supported processors have in common: glibc's structure and musl's differ in the names at the end.
internal unsafe struct termios
{
    public uint c_iflag;
    public uint c_oflag;
    public uint c_cflag;
    public uint c_lflag;
    public byte c_line;
    public fixed byte c_cc[32];
    public uint c_ispeed;
    public uint c_ospeed;
}
