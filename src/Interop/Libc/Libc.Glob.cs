using System.Runtime.InteropServices;

namespace Guestfs.Interop;

internal static unsafe partial class Libc
{
    internal const int GLOB_NOESCAPE = 0x40, GLOB_NOMATCH = 3;

    [LibraryImport(Library)]
    internal static partial int glob(byte* pattern, int flags, void* errfunc, glob_t* pglob);

    [LibraryImport(Library)]
    internal static partial void globfree(glob_t* pglob);
}

/// <summary>After these, fields that are the C library's own.</summary>
[StructLayout(LayoutKind.Sequential, Size = 72)]
internal struct glob_t
{
    public nuint gl_pathc;
    public unsafe byte** gl_pathv;
    public nuint gl_offs;
}
