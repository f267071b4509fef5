// Permissions and times as .NET has them, where guestfs(3) has numbers.
namespace Guestfs;

public sealed partial class GuestfsHandle
{
    /// <summary>Changes the permissions of a file.</summary>
    /// <param name="mode">The permissions, with set-user-ID, set-group-ID and sticky bits.</param>
    /// <param name="path">Absolute path in the guest. A symbolic link is followed.</param>
    /// <remarks>guestfs(3): <c>guestfs_chmod</c>.</remarks>
    public void Chmod(UnixFileMode mode, string path) => Chmod((int)mode, path);

    /// <summary>Creates a directory with permissions.</summary>
    /// <param name="path">Absolute path in the guest.</param>
    /// <param name="mode">The permissions, less those that the umask takes away.</param>
    /// <remarks>guestfs(3): <c>guestfs_mkdir_mode</c>.</remarks>
    public void MkdirMode(string path, UnixFileMode mode) => MkdirMode(path, (int)mode);

    /// <summary>Creates a named pipe.</summary>
    /// <param name="mode">The permissions, less those that the umask takes away.</param>
    /// <param name="path">Absolute path in the guest.</param>
    /// <remarks>guestfs(3): <c>guestfs_mkfifo</c>.</remarks>
    public void Mkfifo(UnixFileMode mode, string path) => Mkfifo((int)mode, path);

    /// <summary>Creates a block device node.</summary>
    /// <param name="mode">The permissions, less those that the umask takes away.</param>
    /// <param name="devMajor">Major number of the device.</param>
    /// <param name="devMinor">Minor number of the device.</param>
    /// <param name="path">Absolute path in the guest.</param>
    /// <remarks>guestfs(3): <c>guestfs_mknod_b</c>.</remarks>
    public void MknodB(UnixFileMode mode, int devMajor, int devMinor, string path) => MknodB((int)mode, devMajor, devMinor, path);

    /// <summary>Creates a character device node.</summary>
    /// <param name="mode">The permissions, less those that the umask takes away.</param>
    /// <param name="devMajor">Major number of the device.</param>
    /// <param name="devMinor">Minor number of the device.</param>
    /// <param name="path">Absolute path in the guest.</param>
    /// <remarks>guestfs(3): <c>guestfs_mknod_c</c>.</remarks>
    public void MknodC(UnixFileMode mode, int devMajor, int devMinor, string path) => MknodC((int)mode, devMajor, devMinor, path);

    /// <summary>Sets the permissions that files and directories created from now on do not get.</summary>
    /// <param name="mask">The permissions to take away.</param>
    /// <returns>The mask before.</returns>
    /// <remarks>guestfs(3): <c>guestfs_umask</c>.</remarks>
    public UnixFileMode Umask(UnixFileMode mask) => (UnixFileMode)Umask((int)mask);

    /// <summary>Sets the times of a file.</summary>
    /// <param name="path">Absolute path in the guest.</param>
    /// <param name="accessTime">Time of the last access; null leaves it as it is.</param>
    /// <param name="modificationTime">Time of the last modification; null leaves it as it is.</param>
    /// <remarks>guestfs(3): <c>guestfs_utimens</c>. .NET's times are multiples of 100 ns.</remarks>
    public void Utimens(string path, DateTimeOffset? accessTime, DateTimeOffset? modificationTime)
    {
        (long accessSeconds, long accessNanoseconds) = Split(accessTime);
        (long modificationSeconds, long modificationNanoseconds) = Split(modificationTime);
        Utimens(path, accessSeconds, accessNanoseconds, modificationSeconds, modificationNanoseconds);

        static (long Seconds, long Nanoseconds) Split(DateTimeOffset? time)
        {
            // guestfs_utimens(3): with -2 for the nanoseconds the time is left alone, and the seconds are not looked at.
            const long Unchanged = -2;
            if (time is not { } given)
            {
                return (0, Unchanged);
            }

            // Before 1970 too the seconds are rounded down, and the rest is positive.
            return (given.ToUnixTimeSeconds(), given.UtcTicks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
        }
    }
}
