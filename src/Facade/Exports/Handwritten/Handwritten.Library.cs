// The library itself.
using Guestfs.Interop;

namespace Guestfs.Exports;

internal static unsafe partial class Handwritten
{
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
}
