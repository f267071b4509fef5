// What more than one library here asks of the host's kernel, with strings and handles in place of pointers and descriptors. Errors
// are error numbers: each library makes exceptions of its own of them.
using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

namespace Guestfs.Interop;

/// <summary>Opens and examines files of the host; paths may be any bytes (see <see cref="LosslessUtf8"/>).</summary>
internal static unsafe class HostCalls
{
    // PATH_MAX: no longer target can be made.
    private const int MaxPath = 4096;

    /// <summary>What the call of the C library that has just failed in this thread says.</summary>
    internal static IOException LastError()
    {
        int errno = Marshal.GetLastPInvokeError();
        return new IOException(Marshal.GetPInvokeErrorMessage(errno), errno);
    }

    /// <summary>Opens a file; null, and the reason, when that fails.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="flags">Those of open(2), to which O_CLOEXEC is added.</param>
    /// <param name="errno">The error number, or 0.</param>
    /// <param name="mode">Its permissions, when it is created.</param>
    internal static SafeFileHandle? TryOpen(string path, int flags, out int errno, uint mode = 0) =>
        TryOpenAt(Libc.AT_FDCWD, path, flags, mode, out errno);

    /// <summary>Opens what a directory has of that name, if it is no symbolic link; null, and the reason, when that fails.</summary>
    /// <inheritdoc cref="TryOpen"/>
    internal static SafeFileHandle? TryOpenAt(SafeFileHandle directory, string name, int flags, out int errno, uint mode = 0)
    {
        using BorrowedDescriptor descriptor = new(directory);
        return TryOpenAt(descriptor, name, flags | Libc.O_NOFOLLOW, mode, out errno);
    }

    /// <summary>Opens a regular file for reading; null, and the reason, when that fails.
    /// A pipe, which could block for ever, is no regular file.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="errno">The error number; 0 when it is something else than a regular file.</param>
    internal static SafeFileHandle? TryOpenRegular(string path, out int errno)
    {
        SafeFileHandle? file = TryOpen(path, Libc.O_RDONLY | Libc.O_NONBLOCK, out errno);
        if (file is null)
        {
            return null;
        }

        errno = Status(file, out statx status);
        if (errno == 0 && (status.stx_mode & Libc.S_IFMT) == Libc.S_IFREG)
        {
            return file;
        }

        file.Dispose();
        return null;
    }

    /// <summary>The status of an open file.</summary>
    /// <returns>The error number, or 0.</returns>
    internal static int Status(SafeFileHandle file, out statx status)
    {
        using BorrowedDescriptor descriptor = new(file);
        return Status(descriptor, "", Libc.AT_EMPTY_PATH, out status);
    }

    /// <summary>The status of what a directory has of that name, itself and not what a symbolic link leads to.</summary>
    /// <returns>The error number, or 0.</returns>
    internal static int StatusAt(SafeFileHandle directory, string name, out statx status)
    {
        using BorrowedDescriptor descriptor = new(directory);
        return Status(descriptor, name, Libc.AT_SYMLINK_NOFOLLOW, out status);
    }

    /// <summary>The status of a file.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="followLink">Whether a symbolic link stands for what it leads to.</param>
    /// <param name="status">The status.</param>
    /// <returns>The error number, or 0.</returns>
    internal static int Status(string path, bool followLink, out statx status) =>
        Status(Libc.AT_FDCWD, path, followLink ? 0 : Libc.AT_SYMLINK_NOFOLLOW, out status);

    /// <summary>Whether this process may make and remove names in a directory.</summary>
    internal static bool CanWriteInto(string directory) => Access(directory, Libc.W_OK | Libc.X_OK) == 0;

    /// <summary>Whether there is a file of a name, as far as this process may see it.</summary>
    internal static bool Exists(string path) => Access(path, 0) == 0;

    /// <summary>Whether this process may do something to a file, which is not opened for it.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="mode">What: access(2).</param>
    /// <returns>The error number, or 0.</returns>
    internal static int Access(string path, int mode)
    {
        fixed (byte* name = ToNative(path))
        {
            return Libc.faccessat(Libc.AT_FDCWD, name, mode, Libc.AT_EACCESS) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
    }

    /// <summary>Whether a byte of a file is locked by whatever else has opened it: fcntl(2), open file description locks.</summary>
    internal static bool IsLocked(SafeFileHandle file, long offset)
    {
        using BorrowedDescriptor descriptor = new(file);
        flock wanted = new() { l_type = Libc.F_WRLCK, l_start = offset, l_len = 1 };
        return Libc.fcntl(descriptor, Libc.F_OFD_GETLK, (nint)(&wanted)) == 0 && wanted.l_type != Libc.F_UNLCK;
    }

    /// <summary>Where a symbolic link leads; null, and the reason, when that cannot be read.</summary>
    internal static string? TryReadLink(string path, out int errno) => TryReadLink(Libc.AT_FDCWD, path, out errno);

    /// <summary>Where a symbolic link in a directory leads; null, and the reason, when that cannot be read.</summary>
    internal static string? TryReadLinkAt(SafeFileHandle directory, string name, out int errno)
    {
        using BorrowedDescriptor descriptor = new(directory);
        return TryReadLink(descriptor, name, out errno);
    }

    /// <summary>A string for C: its bytes and a NUL.</summary>
    /// <exception cref="ArgumentException">The string has a NUL in it, or a lone surrogate that stands for no byte.</exception>
    internal static byte[] ToNative(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("A path has a NUL character.", nameof(text));
        }

        byte[] bytes = new byte[LosslessUtf8.GetMaxByteCount(text.Length) + 1];
        LosslessUtf8.GetBytes(text, bytes);
        return bytes;
    }

    private static SafeFileHandle? TryOpenAt(int directory, string name, int flags, uint mode, out int errno)
    {
        fixed (byte* native = ToNative(name))
        {
            int descriptor = Libc.openat(directory, native, flags | Libc.O_CLOEXEC, mode);
            errno = descriptor >= 0 ? 0 : Marshal.GetLastPInvokeError();
            return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : null;
        }
    }

    private static int Status(int directory, string name, int flags, out statx status)
    {
        fixed (byte* native = ToNative(name))
        fixed (statx* result = &status)
        {
            return Libc.statx(directory, native, flags, Libc.STATX_BASIC_STATS | Libc.STATX_MNT_ID, result) == 0
                ? 0
                : Marshal.GetLastPInvokeError();
        }
    }

    private static string? TryReadLink(int directory, string name, out int errno)
    {
        byte* target = stackalloc byte[MaxPath];
        fixed (byte* native = ToNative(name))
        {
            nint length = Libc.readlinkat(directory, native, target, MaxPath);
            errno = length >= 0 ? 0 : Marshal.GetLastPInvokeError();
            return length >= 0 ? LosslessUtf8.GetString(new ReadOnlySpan<byte>(target, (int)length)) : null;
        }
    }
}
