// The system calls that work relative to an open directory, where no name can be made to lead elsewhere meanwhile.
using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

namespace Guestfs.Appliances.Host;

internal static unsafe partial class Posix
{
    /// <summary>Opens what a directory has of that name, if it is no symbolic link;
    /// null, and the reason, when it cannot be opened.</summary>
    internal static SafeFileHandle? TryOpenAt(SafeFileHandle directory, string name, int flags, out int errno)
    {
        CheckName(name);
        return HostCalls.TryOpenAt(directory, name, flags, out errno);
    }

    /// <summary>Removes a name, of an empty directory or of anything else. Returns an error number, or 0.</summary>
    internal static int RemoveAt(SafeFileHandle directory, string name, bool isDirectory)
    {
        using BorrowedDescriptor descriptor = new(directory);
        fixed (byte* native = ToNative(name))
        {
            return Libc.unlinkat(descriptor, native, isDirectory ? Libc.AT_REMOVEDIR : 0) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
    }

    /// <summary>Status of an open file.</summary>
    internal static FileStatus Status(SafeFileHandle file, string path)
    {
        int errno = HostCalls.Status(file, out statx status);
        return errno == 0 ? new FileStatus(status) : throw Unreadable(path, errno);
    }

    /// <summary>Status of what a directory has of that name, itself and not what a symbolic link leads to;
    /// null when there is nothing.</summary>
    internal static FileStatus? StatusAt(SafeFileHandle directory, string name)
    {
        CheckName(name);
        return HostCalls.StatusAt(directory, name, out statx status) == 0 ? new FileStatus(status) : null;
    }

    /// <summary>The names in an open directory.</summary>
    internal static List<string> NamesIn(SafeFileHandle directory, string path)
    {
        // The stream has its own descriptor, and with it its own position.
        SafeFileHandle? again = TryOpenAt(directory, ".", Libc.O_RDONLY | Libc.O_DIRECTORY, out int errno);
        void* stream = again is null ? null : Libc.fdopendir((int)again.DangerousGetHandle());
        if (stream == null)
        {
            errno = again is null ? errno : Marshal.GetLastPInvokeError();
            again?.Dispose();
            throw Unreadable(path, errno);
        }

        again!.SetHandleAsInvalid();
        try
        {
            List<string> names = [];
            for (dirent* entry; (entry = Libc.readdir(stream)) != null;)
            {
                string name = LosslessUtf8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry->d_name));
                if (name is not "." and not "..")
                {
                    names.Add(name);
                }
            }

            return names;
        }
        finally
        {
            _ = Libc.closedir(stream);
        }
    }

    /// <summary>Opens a directory to its owner, if that is this user.</summary>
    internal static void OpenToOwner(SafeFileHandle directory)
    {
        using BorrowedDescriptor descriptor = new(directory);
        _ = Libc.fchmod(descriptor, Libc.S_IRWXU);
    }
}
