// The directories in which libguestfs keeps files while it works: that for temporary files, that for sockets, and the cache. It says
// little of what is wrong with one, and that in the user's language.
using System.Globalization;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>Finds what is wrong with the directories that a launch needs.</summary>
internal static class HostDirectories
{
    // libguestfs makes "libguestfsXXXXXX/guestfsd.sock" there. A socket's name has at most 107 bytes: unix(7).
    private const int MaxSocketDirectory = 107 - 31;

    /// <summary>The directory that keeps libguestfs from launching; null when nothing is seen.</summary>
    /// <param name="temporary">Where overlays of disks are made.</param>
    /// <param name="sockets">Where sockets are made.</param>
    /// <param name="cache">Where supermin's appliance is kept; null if none is used.</param>
    internal static LaunchFinding? Fault(string temporary, string sockets, string? cache) =>
        Use(temporary, "temporary files", Temporary())
        ?? Use(sockets, "sockets", "Set XDG_RUNTIME_DIR to a directory of this user, such as /run/user/"
            + $"{Libc.geteuid().ToString(CultureInfo.InvariantCulture)}, or unset it: then /tmp is used. After su or sudo it is often that "
            + "of the user before.")
        ?? Length(sockets)
        ?? (cache is null ? null : Use(cache, "the appliance that supermin builds", Cache()) ?? Owned(cache));

    /// <summary>The same for the temporary files alone, which a read-only disk needs when it is added.</summary>
    internal static LaunchFinding? TemporaryFault(string temporary) => Use(temporary, "temporary files", Temporary());

    private static string Temporary() => $"Choose another one {ApiName.Setting(nameof(GuestfsHandle.SetTmpdir), "TMPDIR")}.";

    private static string Cache() =>
        $"Choose another directory {ApiName.Setting(nameof(GuestfsHandle.SetCachedir), "LIBGUESTFS_CACHEDIR")}.";

    private static LaunchFinding? Use(string directory, string purpose, string remedy)
    {
        int errno = HostCalls.Status(directory, followLink: true, out statx status);
        bool isMissing = errno is Libc.ENOENT or Libc.ENOTDIR;
        string? fault = isMissing || (errno == 0 && (status.stx_mode & Libc.S_IFMT) != Libc.S_IFDIR) ? "does not exist"
            : errno != 0 || HostCalls.CanWriteInto(directory) ? null
            : "cannot be written by the user of this process"
                + string.Create(CultureInfo.InvariantCulture,
                    $" ({PrintableText.Line(HostEnvironment.User)}): it belongs to user {status.stx_uid}");
        return fault is null ? null : Unusable($"The directory {PrintableText.Line(directory)}, for {purpose}, {fault}.", remedy);
    }

    private static LaunchFinding? Length(string sockets) => LosslessUtf8.GetBytes(sockets).Length <= MaxSocketDirectory ? null : Unusable(
        string.Create(
            CultureInfo.InvariantCulture,
            $"The name of the directory {PrintableText.Line(sockets)}, for sockets, is too long: it may have {MaxSocketDirectory} bytes."),
        "Set XDG_RUNTIME_DIR to one with a shorter name, or unset it.");

    // libguestfs refuses what another user could have prepared.
    private static LaunchFinding? Owned(string cache)
    {
        string directory = Path.Combine(cache, ".guestfs-" + Libc.geteuid().ToString(CultureInfo.InvariantCulture));
        if (HostCalls.Status(directory, followLink: false, out statx status) != 0)
        {
            return null;
        }

        string? fault = status.stx_uid != Libc.geteuid()
            ? string.Create(CultureInfo.InvariantCulture, $"belongs to user {status.stx_uid}, who could have put anything there")
            : (status.stx_mode & Libc.S_IFMT) != Libc.S_IFDIR ? "is not a directory"
            : null;
        return fault is null
            ? null
            : Unusable($"The cached appliance {PrintableText.Line(directory)} {fault}.", $"Remove it, or let who owns it do so. {Cache()}");
    }

    private static LaunchFinding Unusable(string cause, string remedy) => new(LaunchFailure.DirectoryUnusable, cause, remedy);
}
