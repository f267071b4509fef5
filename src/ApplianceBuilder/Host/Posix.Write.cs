// The system calls that create files of any name, kind, owner and time.
using System.Runtime.InteropServices;

using Guestfs.Appliances.Plan;
using Microsoft.Win32.SafeHandles;

namespace Guestfs.Appliances.Host;

internal static unsafe partial class Posix
{
    /// <summary>The effective user.</summary>
    internal static uint EffectiveUser => Libc.geteuid();

    /// <summary>Creates a new file for writing, and perhaps for reading too; fails if there is anything of that name.</summary>
    internal static SafeFileHandle CreateFile(string path, uint mode, bool readToo = false)
    {
        CheckName(path);
        return HostCalls.TryOpen(path, (readToo ? Libc.O_RDWR : Libc.O_WRONLY) | Libc.O_CREAT | Libc.O_EXCL, out int errno, mode)
            ?? throw NotWritten(path, errno);
    }

    /// <summary>Opens a file for locking, private to this user, and creates it if need be.
    /// A symbolic link and a pipe without a reader are refused.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="mode">Its permissions, when it is created.</param>
    internal static SafeFileHandle OpenLock(string path, uint mode)
    {
        CheckName(path);
        return HostCalls.TryOpen(path, Libc.O_WRONLY | Libc.O_CREAT | Libc.O_NOFOLLOW | Libc.O_NONBLOCK, out int errno, mode)

            // A pipe, and a symbolic link.
            ?? throw (errno is Libc.ENXIO or Libc.ELOOP ? NoLock(path) : NotWritten(path, errno));
    }

    /// <summary>The error for what cannot be locked because it is something else.</summary>
    internal static ApplianceException NoLock(string path) =>
        new(ApplianceProblem.OutputFailed,
            $"{path} cannot serve as a lock: it is not a regular file of this user. Remove it, or choose another place.");

    /// <summary>Creates a directory.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="mode">Its permissions.</param>
    /// <param name="mayExist">Whether it is no error that there is something of that name.</param>
    internal static void CreateDirectory(string path, uint mode, bool mayExist = false) => Check(path, name =>
    {
        int result = Libc.mkdirat(Libc.AT_FDCWD, name, mode);
        return result != 0 && mayExist && Marshal.GetLastPInvokeError() == Libc.EEXIST ? 0 : result;
    });

    /// <summary>Creates a symbolic link.</summary>
    internal static void CreateSymbolicLink(string path, string target)
    {
        byte[] to = ToNative(target);
        Check(path, name =>
        {
            fixed (byte* bytes = to)
            {
                return Libc.symlinkat(bytes, Libc.AT_FDCWD, name);
            }
        });
    }

    /// <summary>Gives a file another name.</summary>
    internal static void CreateHardLink(string path, string existing)
    {
        byte[] to = ToNative(existing);
        Check(path, name =>
        {
            fixed (byte* bytes = to)
            {
                return Libc.linkat(Libc.AT_FDCWD, bytes, Libc.AT_FDCWD, name, 0);
            }
        });
    }

    /// <summary>Creates a device node, a pipe or a socket. Devices need root rights.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="mode">Type and permissions, as st_mode.</param>
    /// <param name="device">Its number.</param>
    internal static void CreateNode(string path, uint mode, DeviceNumber device) =>
        Check(path, name => Libc.mknodat(Libc.AT_FDCWD, name, mode, Encode(device)));

    /// <summary>Sets the permissions of a file that is no symbolic link.</summary>
    internal static void SetMode(string path, uint mode) => Check(path, name => Libc.fchmodat(Libc.AT_FDCWD, name, mode, 0));

    /// <summary>Sets the owner of the file itself.</summary>
    internal static void SetOwner(string path, uint uid, uint gid) =>
        Check(path, name => Libc.fchownat(Libc.AT_FDCWD, name, uid, gid, Libc.AT_SYMLINK_NOFOLLOW));

    /// <summary>Sets the time of last access and modification of the file itself, in seconds since 1970.</summary>
    internal static void SetTime(string path, long seconds) => Check(path, name =>
    {
        timespec time = new() { tv_sec = (nint)seconds };
        timespec* times = stackalloc timespec[2] { time, time };
        return Libc.utimensat(Libc.AT_FDCWD, name, times, Libc.AT_SYMLINK_NOFOLLOW);
    });

    /// <summary>Sets an extended attribute of the file itself.</summary>
    internal static void SetXattr(string path, ExtendedAttribute attribute)
    {
        byte[] key = ToNative(attribute.Name);
        Check(path, name =>
        {
            fixed (byte* k = key, value = attribute.Value.Span)
            {
                return Libc.lsetxattr(name, k, value, (nuint)attribute.Value.Length, 0);
            }
        });
    }

    /// <summary>Whether this user may read a file.</summary>
    internal static bool CanRead(string path)
    {
        fixed (byte* name = ToNative(path))
        {
            return Libc.faccessat(Libc.AT_FDCWD, name, Libc.R_OK, 0) == 0;
        }
    }

    /// <summary>Swaps two names at once; false where the filesystem cannot.</summary>
    internal static bool TryExchange(string first, string second)
    {
        fixed (byte* a = ToNative(first), b = ToNative(second))
        {
            return Libc.renameat2(Libc.AT_FDCWD, a, Libc.AT_FDCWD, b, Libc.RENAME_EXCHANGE) == 0;
        }
    }

    /// <summary>Waits until a file or directory is on the disk.</summary>
    internal static void Sync(SafeFileHandle file, string path)
    {
        using BorrowedDescriptor descriptor = new(file);
        if (Libc.fsync(descriptor) != 0)
        {
            throw NotWritten(path, Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>The error for something that could not be written.</summary>
    internal static ApplianceException NotWritten(string path, int errno) => errno is Libc.ENOSPC or Libc.EDQUOT
        ? new(ApplianceProblem.NoSpace, $"There is no space left for {path}. Free some, or choose another place.")
        : new(ApplianceProblem.OutputFailed, $"{path} cannot be written: {Describe(errno)}.");

    private delegate int PathCall(byte* path);

    private static void Check(string path, PathCall call)
    {
        fixed (byte* name = ToNative(path))
        {
            if (call(name) != 0)
            {
                throw NotWritten(path, Marshal.GetLastPInvokeError());
            }
        }
    }

    // The C library's dev_t.
    private static ulong Encode(DeviceNumber device) =>
        (device.Minor & 0xFFu)
        | ((device.Major & 0xFFFu) << 8)
        | ((ulong)(device.Minor & ~0xFFu) << 12)
        | ((ulong)(device.Major & ~0xFFFu) << 32);
}
