// The system calls that work relative to an open directory, where no name can be made to lead elsewhere meanwhile.
using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

namespace Guestfs.Appliances;

internal static unsafe partial class Posix
{
    internal const int IsDirectory = 21, TooManyLinks = 40, NoDevice = 6;

    private const int AtEmptyPath = 0x1000, AtRemoveDirectory = 0x200;

    /// <summary>Opens what a directory has of that name, if it is no symbolic link; null, and the reason, when it cannot be opened.</summary>
    internal static SafeFileHandle? TryOpenAt(SafeFileHandle directory, string name, int flags, out int errno)
    {
        fixed (byte* native = ToNative(name))
        {
            int descriptor = openat(directory, native, flags | OpenFlags.NoFollow | OpenFlags.CloseOnExec, 0);
            errno = descriptor >= 0 ? 0 : Marshal.GetLastPInvokeError();
            return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : null;
        }
    }

    /// <summary>Removes a name, of an empty directory or of anything else. Returns an error number, or 0.</summary>
    internal static int RemoveAt(SafeFileHandle directory, string name, bool isDirectory)
    {
        fixed (byte* native = ToNative(name))
        {
            return unlinkat(directory, native, isDirectory ? AtRemoveDirectory : 0) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
    }

    /// <summary>Status of an open file.</summary>
    internal static FileStatus Status(SafeFileHandle file, string path)
    {
        StatxBuffer buffer;
        fixed (byte* empty = ToNative(""))
        {
            return statx(file, empty, AtEmptyPath, BasicStats | MountId, &buffer) == 0 ? StatusOf(buffer) : throw Unreadable(path, Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Status of what a directory has of that name, itself and not what a symbolic link leads to; null when there is nothing.</summary>
    internal static FileStatus? StatusAt(SafeFileHandle directory, string name)
    {
        StatxBuffer buffer;
        fixed (byte* native = ToNative(name))
        {
            return statx(directory, native, AtSymlinkNoFollow, BasicStats | MountId, &buffer) == 0 ? StatusOf(buffer) : null;
        }
    }

    /// <summary>The names in an open directory.</summary>
    internal static List<string> NamesIn(SafeFileHandle directory, string path)
    {
        // The stream has its own descriptor, and with it its own position.
        const int NameOffset = 19;
        SafeFileHandle? again = TryOpenAt(directory, ".", OpenFlags.ReadOnly | OpenFlags.Directory, out int errno);
        nint stream = again is null ? 0 : fdopendir((int)again.DangerousGetHandle());
        if (stream == 0)
        {
            errno = again is null ? errno : Marshal.GetLastPInvokeError();
            again?.Dispose();
            throw Unreadable(path, errno);
        }

        again!.SetHandleAsInvalid();
        try
        {
            List<string> names = [];
            for (byte* entry; (entry = readdir(stream)) != null;)
            {
                string name = LosslessUtf8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry + NameOffset));
                if (name is not "." and not "..")
                {
                    names.Add(name);
                }
            }

            return names;
        }
        finally
        {
            _ = closedir(stream);
        }
    }

    /// <summary>Opens a directory to its owner, if that is this user.</summary>
    internal static void OpenToOwner(SafeFileHandle directory) => _ = fchmod(directory, 0x1C0);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int openat(SafeFileHandle directory, byte* name, int flags, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int unlinkat(SafeFileHandle directory, byte* name, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int statx(SafeFileHandle directory, byte* path, int flags, uint mask, StatxBuffer* buffer);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fchmod(SafeFileHandle file, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint fdopendir(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial byte* readdir(nint stream);

    [LibraryImport("libc")]
    private static partial int closedir(nint stream);
}
