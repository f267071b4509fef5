#pragma warning disable CS8981 // The names are those of C.
using System.Runtime.InteropServices;

namespace Guestfs.Interop;

internal static unsafe partial class Libc
{
    [LibraryImport(Library, SetLastError = true)]
    internal static partial void* fdopendir(int fd);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial dirent* readdir(void* dirp);

    [LibraryImport(Library)]
    internal static partial int closedir(void* dirp);
}

internal unsafe struct dirent
{
    public ulong d_ino;
    public long d_off;
    public ushort d_reclen;
    public byte d_type;
    public fixed byte d_name[256];
}
