using System.Runtime.InteropServices;

using Guestfs.Interop;

using Microsoft.Win32.SafeHandles;

namespace Guestfs;

/// <summary>Exceptions for the last system call of this thread.</summary>
internal static class HostError
{
    /// <summary>The exception for the error of the last call.</summary>
    internal static GuestfsExtractionException Of(string what) => Of(what, Marshal.GetLastPInvokeError());

    /// <summary>The exception for an error.</summary>
    internal static GuestfsExtractionException Of(string what, int errno)
    {
        string reason = $"{what}: {Marshal.GetPInvokeErrorMessage(errno)}.";
        return errno switch
        {
            Libc.EEXIST or Libc.ENOTEMPTY or Libc.EISDIR => Exists(errno, reason),

            // Of a single name in an open directory: it was there, or it was a directory, a moment ago.
            Libc.ENOENT or Libc.ENOTDIR or Libc.ELOOP or Libc.ESTALE =>
                new(
                    ExtractionProblem.TargetChanged,
                    errno,
                    $"{reason} It is not there, not a directory, or somebody has renamed or replaced it. "
                    + "Extract into a directory that is there and that nobody else changes."),
            _ => Failed(what, errno),
        };
    }

    /// <summary>An error of the host that says all there is to say.</summary>
    internal static GuestfsExtractionException Failed(string what, int errno) =>
        new(ExtractionProblem.HostFailed, errno, $"{what}: {Marshal.GetPInvokeErrorMessage(errno)}.");

    /// <summary>Something has the name.</summary>
    internal static GuestfsExtractionException Exists(int errno, string reason) =>
        new(ExtractionProblem.TargetExists, errno, $"{reason} Extract into an empty directory, or set "
            + $"{ApiName.Option(nameof(ExtractOptions), nameof(ExtractOptions.Overwrite))} to replace files (directories are never "
            + "replaced).");

    /// <summary>Whether the host's filesystem cannot have an entry of such a name, so that it is left out.</summary>
    internal static bool IsRefusedName(GuestfsExtractionException e) =>
        e.Problem == ExtractionProblem.HostFailed && e.Errno is Libc.ENAMETOOLONG or Libc.EILSEQ or Libc.EINVAL;

    /// <summary>An option needs what this process may not do.</summary>
    internal static GuestfsExtractionException Privilege(string what, string option, string capability)
    {
        int errno = Marshal.GetLastPInvokeError();
        return new(
            ExtractionProblem.PrivilegeNeeded, errno,
            $"{what}: {Marshal.GetPInvokeErrorMessage(errno)}. {option} needs {capability}: run as root, or leave the option out.");
    }

    /// <summary>The status of what is open.</summary>
    internal static HostStatus Status(SafeFileHandle file, string path)
    {
        int errno = HostCalls.Status(file, out statx status);
        return errno == 0 ? new HostStatus(status) : throw Of($"{path} cannot be examined", errno);
    }
}
