// The library itself, and memory.
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using Guestfs.Interop;

namespace Guestfs.Exports;

internal static unsafe partial class Handwritten
{
    // Literals end with a NUL and never move.
    internal static byte* FacadeVersion() => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference("0.1.0"u8));

    internal static gfs_status LibraryUse(byte* path)
    {
        if (path == null)
        {
            return Failed.Null("library_use", "path");
        }

        GuestfsLibrary.ExplicitPath = NativeText.Read(path);
        return gfs_status.GFS_OK;
    }

    internal static gfs_status LibraryPath(byte** result)
    {
        if (result == null)
        {
            return Failed.Null("library_path", "result");
        }

        GuestfsLibrary.Load();
        *result = NativeText.Give(GuestfsLibrary.LoadedFrom!);
        return gfs_status.GFS_OK;
    }

    // What libguestfs and this library give comes from malloc.
    internal static void Free(void* memory) => NativeMemory.Free(memory);

    internal static void FreeStringList(byte** list)
    {
        if (list == null)
        {
            return;
        }

        for (byte** item = list; *item != null; item++)
        {
            NativeMemory.Free(*item);
        }

        NativeMemory.Free(list);
    }
}
