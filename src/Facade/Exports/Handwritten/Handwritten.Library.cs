// The library itself.
using Guestfs.Interop;

namespace Guestfs.Exports;

internal static unsafe partial class Handwritten
{
    internal static gfs_status LibraryUse(byte* path)
    {
        if (path == null)
        {
            return CallError.NullArgument("library_use", "path");
        }

        GuestfsLibrary.ExplicitPath = NativeString.Read(path);
        return gfs_status.GFS_OK;
    }

    internal static gfs_status LibraryPath(byte** result)
    {
        if (result == null)
        {
            return CallError.NullArgument("library_path", "result");
        }

        GuestfsLibrary.Load();
        *result = NativeString.Copy(GuestfsLibrary.LoadedFrom!);
        return gfs_status.GFS_OK;
    }
}
