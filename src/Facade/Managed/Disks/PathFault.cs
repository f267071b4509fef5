// Which part of a path is at fault: the kernel says only that there is one.
using System.Globalization;
using System.Runtime.InteropServices;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>Explains why a file of the host cannot be opened.</summary>
internal static class PathFault
{
    /// <summary>What is wrong with the name of a file that is part of a disk.</summary>
    /// <param name="member">The file.</param>
    /// <param name="errno">The error number of looking at it.</param>
    internal static DiskFinding Explain(DiskMember member, int errno) => errno switch
    {
        Libc.ENOENT or Libc.ENOTDIR or Libc.ELOOP => Missing(member, errno),
        Libc.EACCES or Libc.EPERM => Denied(member, errno, Libc.R_OK),
        _ => member.Has(
            DiskProblem.Other, $"cannot be opened: {Reason(errno)}", "See to the filesystem or the device that it is stored on.", errno),
    };

    /// <summary>Why a file may not be read or written.</summary>
    /// <param name="member">The file.</param>
    /// <param name="errno">The error number.</param>
    /// <param name="mode">R_OK or W_OK.</param>
    internal static DiskFinding Denied(DiskMember member, int errno, int mode)
    {
        string user = $"the user of this process ({PrintableText.Line(HostEnvironment.User)})";
        string readOnly = ApiName.Option(nameof(AddDriveOptions), nameof(AddDriveOptions.ReadOnly), "readonly");
        if (errno == Libc.EROFS)
        {
            return member.Has(
                DiskProblem.AccessDenied, "is on a filesystem that is mounted read-only", $"Add the disk read-only ({readOnly}).", errno);
        }

        if (Directories(member.File).FirstOrDefault(directory => HostCalls.Access(directory, Libc.X_OK) == Libc.EACCES) is { } closed)
        {
            return member.Has(
                DiskProblem.AccessDenied, $"cannot be reached: {user} may not enter the directory {Described(closed)}",
                "Give this user the right to search that directory, or move the image.", errno);
        }

        return mode == Libc.W_OK
            ? member.Has(
                DiskProblem.AccessDenied, $"may not be written by {user}{Owner(member.File)}",
                $"Give this user the right to write it, or add the disk read-only ({readOnly}).", errno)
            : member.Has(
                DiskProblem.AccessDenied, $"may not be read by {user}{Owner(member.File)}",
                "This user must be able to read the image, and to write it unless it is added read-only.", errno);
    }

    private static DiskFinding Missing(DiskMember member, int errno)
    {
        string? missing = Directories(member.File).FirstOrDefault(directory => !IsDirectory(directory));
        string what = missing is not null ? $"does not exist, because there is no directory {PrintableText.Line(missing)}"
            : HostCalls.TryReadLink(member.File, out _) is { } target
            ? $"is a symbolic link to {PrintableText.Line(target)}, which leads nowhere"
            : "does not exist";
        return member.Has(
            DiskProblem.Missing,
            what,
            member.Parent is null
                ? "Check the name of the disk image: relative names start at the current directory, "
                    + $"{PrintableText.Line(Environment.CurrentDirectory)}."
                : DiskFinding.Rebase("Bring it back, or name the file that it is now"),
            errno);
    }

    // All directories on the way, from the first.
    private static IEnumerable<string> Directories(string file)
    {
        string full = Path.IsPathRooted(file) ? file : Path.Combine(Environment.CurrentDirectory, file);
        for (int slash = full.IndexOf('/', 1); slash > 0; slash = full.IndexOf('/', slash + 1))
        {
            yield return full[..slash];
        }
    }

    private static string Described(string directory) => PrintableText.Line(directory) + Owner(directory);

    private static string Owner(string file) => HostCalls.Status(file, followLink: true, out statx status) == 0
        ? string.Create(
            CultureInfo.InvariantCulture,
            $": it belongs to user {status.stx_uid} and group {status.stx_gid} and has the mode "
            + $"0{Convert.ToString(status.stx_mode & 0xFFF, 8)}")
        : "";

    private static bool IsDirectory(string name) =>
        HostCalls.Status(name, followLink: true, out statx status) == 0 && (status.stx_mode & Libc.S_IFMT) == Libc.S_IFDIR;

    // In the language of this process, as the runtime tells it.
    private static string Reason(int errno) => Marshal.GetPInvokeErrorMessage(errno);
}
