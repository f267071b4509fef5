// gfs_status_name and gfs_error_*.
using System.Text;

namespace Guestfs.Exports;

internal static unsafe partial class Handwritten
{
    internal static byte* StatusName(gfs_status status) => (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(status switch
    {
        gfs_status.GFS_OK => "GFS_OK"u8,
        gfs_status.GFS_ERR_FAILED => "GFS_ERR_FAILED"u8,
        gfs_status.GFS_ERR_ARGUMENT => "GFS_ERR_ARGUMENT"u8,
        gfs_status.GFS_ERR_HANDLE => "GFS_ERR_HANDLE"u8,
        gfs_status.GFS_ERR_STATE => "GFS_ERR_STATE"u8,
        gfs_status.GFS_ERR_MISSING_FUNCTION => "GFS_ERR_MISSING_FUNCTION"u8,
        gfs_status.GFS_ERR_FEATURE => "GFS_ERR_FEATURE"u8,
        gfs_status.GFS_ERR_LAUNCH => "GFS_ERR_LAUNCH"u8,
        gfs_status.GFS_ERR_APPLIANCE_DIED => "GFS_ERR_APPLIANCE_DIED"u8,
        gfs_status.GFS_ERR_CANCELLED => "GFS_ERR_CANCELLED"u8,
        gfs_status.GFS_ERR_LIBRARY => "GFS_ERR_LIBRARY"u8,
        gfs_status.GFS_ERR_APPLIANCE => "GFS_ERR_APPLIANCE"u8,
        gfs_status.GFS_ERR_EXTRACTION => "GFS_ERR_EXTRACTION"u8,
        gfs_status.GFS_ERR_NO_MEMORY => "GFS_ERR_NO_MEMORY"u8,
        gfs_status.GFS_ERR_FORKED => "GFS_ERR_FORKED"u8,
        gfs_status.GFS_ERR_INTERNAL => "GFS_ERR_INTERNAL"u8,
        _ => "unknown"u8,
    }));

    internal static byte* ErrorMessage() => LastError.Current.Message;

    internal static byte* ErrorOperation() => LastError.Current.Operation;

    internal static int ErrorErrno() => LastError.Current.Errno;

    internal static byte* ErrorFeature() => LastError.Current.Feature;

    internal static gfs_launch_failure ErrorLaunchFailure() => LastError.Current.LaunchFailure;

    internal static byte* ErrorRemedy() => LastError.Current.Remedy;

    internal static byte** ErrorConsole() => LastError.Current.Console;

    internal static int ErrorProblem() => LastError.Current.Problem;
}
