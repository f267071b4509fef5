// gfs_error_*.
namespace Guestfs.Exports;

internal static unsafe partial class Handwritten
{
    internal static byte* ErrorMessage() => LastError.Current.Message;

    internal static byte* ErrorOperation() => LastError.Current.Operation;

    internal static int ErrorErrno() => LastError.Current.Errno;

    internal static byte* ErrorFeature() => LastError.Current.Feature;

    internal static gfs_launch_failure ErrorLaunchFailure() => LastError.Current.LaunchFailure;

    internal static byte* ErrorRemedy() => LastError.Current.Remedy;

    internal static byte** ErrorConsole() => LastError.Current.Console;

    internal static int ErrorProblem() => LastError.Current.Problem;
}
