// The system calls that create files of any name, kind, owner and time.
using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

namespace Guestfs.Appliances;

internal static unsafe partial class Posix
{
    private const uint ExchangeNames = 2;

    /// <summary>The effective user.</summary>
    internal static uint EffectiveUser => geteuid();

    /// <summary>Creates a new file for writing, and perhaps for reading too; fails if there is anything of that name.</summary>
    internal static SafeFileHandle CreateFile(string path, uint mode, bool readToo = false) =>
        OpenWrite(path, (readToo ? OpenFlags.ReadWrite : OpenFlags.WriteOnly) | OpenFlags.Create | OpenFlags.Exclusive, mode)
        ?? throw NotWritten(path, Marshal.GetLastPInvokeError());

    /// <summary>Opens a file for locking, private to this user, and creates it if need be. A symbolic link and a pipe without a reader are refused.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="mode">Its permissions, when it is created.</param>
    internal static SafeFileHandle OpenLock(string path, uint mode) =>
        OpenWrite(path, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.NoFollow | OpenFlags.NonBlocking, mode)
        ?? throw (Marshal.GetLastPInvokeError() switch
        {
            // A pipe, and a symbolic link.
            NoDevice or TooManyLinks => NoLock(path),
            int errno => NotWritten(path, errno),
        });

    /// <summary>The error for what cannot be locked because it is something else.</summary>
    internal static ApplianceException NoLock(string path) =>
        new(ApplianceProblem.OutputFailed, $"{path} cannot serve as a lock: it is not a regular file of this user. Remove it, or choose another place.");

    /// <summary>Creates a directory.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="mode">Its permissions.</param>
    /// <param name="mayExist">Whether it is no error that there is something of that name.</param>
    internal static void CreateDirectory(string path, uint mode, bool mayExist = false) => Check(path, name =>
    {
        int result = mkdir(name, mode);
        return result != 0 && mayExist && Marshal.GetLastPInvokeError() == Exists ? 0 : result;
    });

    /// <summary>Creates a symbolic link.</summary>
    internal static void CreateSymbolicLink(string path, string target)
    {
        byte[] to = ToNative(target);
        Check(path, name =>
        {
            fixed (byte* bytes = to)
            {
                return symlink(bytes, name);
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
                return link(bytes, name);
            }
        });
    }

    /// <summary>Creates a device node, a pipe or a socket. Devices need root rights.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="mode">Type and permissions, as st_mode.</param>
    /// <param name="device">Its number.</param>
    internal static void CreateNode(string path, uint mode, DeviceNumber device) =>
        Check(path, name => mknod(name, mode, Encode(device)));

    /// <summary>Sets the permissions of a file that is no symbolic link.</summary>
    internal static void SetMode(string path, uint mode) => Check(path, name => chmod(name, mode));

    /// <summary>Sets the owner of the file itself.</summary>
    internal static void SetOwner(string path, uint uid, uint gid) => Check(path, name => lchown(name, uid, gid));

    /// <summary>Sets the time of last access and modification of the file itself, in seconds since 1970.</summary>
    internal static void SetTime(string path, long seconds) => Check(path, name =>
    {
        long* times = stackalloc long[4] { seconds, 0, seconds, 0 };
        return utimensat(AtFdCwd, name, times, AtSymlinkNoFollow);
    });

    /// <summary>Sets an extended attribute of the file itself.</summary>
    internal static void SetXattr(string path, Xattr attribute)
    {
        byte[] key = ToNative(attribute.Name);
        Check(path, name =>
        {
            fixed (byte* k = key, value = attribute.Value.Span)
            {
                return lsetxattr(name, k, value, (nuint)attribute.Value.Length, 0);
            }
        });
    }

    /// <summary>Whether this user may read a file.</summary>
    internal static bool CanRead(string path)
    {
        fixed (byte* name = ToNative(path))
        {
            return access(name, 4) == 0;
        }
    }

    /// <summary>Whether this process may make files in a directory.</summary>
    internal static bool CanWriteInto(string directory)
    {
        const int WriteAndSearch = 3, EffectiveIds = 0x200;
        fixed (byte* name = ToNative(directory))
        {
            return faccessat(AtFdCwd, name, WriteAndSearch, EffectiveIds) == 0;
        }
    }

    /// <summary>Swaps two names at once; false where the filesystem cannot.</summary>
    internal static bool TryExchange(string first, string second)
    {
        fixed (byte* a = ToNative(first), b = ToNative(second))
        {
            return renameat2(AtFdCwd, a, AtFdCwd, b, ExchangeNames) == 0;
        }
    }

    /// <summary>Waits until a file or directory is on the disk.</summary>
    internal static void Sync(SafeFileHandle file, string path)
    {
        if (fsync(file) != 0)
        {
            throw NotWritten(path, Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>The error for something that could not be written.</summary>
    internal static ApplianceException NotWritten(string path, int errno) => errno is NoSpace or QuotaExceeded
        ? new(ApplianceProblem.NoSpace, $"There is no space left for {path}. Free some, or choose another place.")
        : new(ApplianceProblem.OutputFailed, $"{path} cannot be written: {Describe(errno)}.");

    private static SafeFileHandle? OpenWrite(string path, int flags, uint mode)
    {
        fixed (byte* name = ToNative(path))
        {
            int descriptor = open(name, flags | OpenFlags.CloseOnExec, mode);
            return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : null;
        }
    }

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
        (device.Minor & 0xFFu) | ((device.Major & 0xFFFu) << 8) | ((ulong)(device.Minor & ~0xFFu) << 12) | ((ulong)(device.Major & ~0xFFFu) << 32);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int open(byte* path, int flags, uint mode);

    [LibraryImport("libc")]
    private static partial uint geteuid();

    [LibraryImport("libc", SetLastError = true)]
    private static partial int mkdir(byte* path, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int symlink(byte* target, byte* path);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int link(byte* existing, byte* path);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int mknod(byte* path, uint mode, ulong device);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int chmod(byte* path, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int lchown(byte* path, uint uid, uint gid);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int utimensat(int directory, byte* path, long* times, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int lsetxattr(byte* path, byte* name, byte* value, nuint size, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int access(byte* path, int mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int faccessat(int directory, byte* path, int mode, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(SafeFileHandle file);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int renameat2(int fromDirectory, byte* from, int toDirectory, byte* to, uint flags);
}
