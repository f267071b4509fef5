// Locks between processes that end with their holder, however it ends: flock(2).
using System.Runtime.InteropServices;

using Guestfs.Appliances.Plan;
using Microsoft.Win32.SafeHandles;

namespace Guestfs.Appliances.Host;

/// <summary>A held lock on a file. The file stays: removing it would let two processes hold two files of one name.</summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly SafeFileHandle file;

    private FileLock(SafeFileHandle file) => this.file = file;

    /// <summary>Takes a lock for this process alone, and waits while others have it.</summary>
    internal static FileLock Take(string path, CancellationToken cancellationToken) => Wait(path, Libc.LOCK_EX, cancellationToken);

    /// <summary>Takes a lock that others may share, and waits while one has it alone.</summary>
    internal static FileLock Share(string path, CancellationToken cancellationToken) => Wait(path, Libc.LOCK_SH, cancellationToken);

    /// <summary>Takes a lock for this process alone, or returns null when someone has it.</summary>
    internal static FileLock? TryTake(string path) => Try(path, Libc.LOCK_EX);

    /// <summary>Takes a lock for this process alone on an open file,
    /// or returns null when someone has it or it is no file of this user.</summary>
    /// <param name="file">The file, which now belongs to the lock.</param>
    /// <param name="path">Its name, for messages.</param>
    internal static FileLock? TryTake(SafeFileHandle file, string path)
    {
        if (IsOwn(file, path))
        {
            return Try(file, path, Libc.LOCK_EX);
        }

        file.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static FileLock Wait(string path, int kind, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Try(path, kind) is { } held)
            {
                return held;
            }

            // Not blocking in the kernel, where nothing could cancel it.
            cancellationToken.WaitHandle.WaitOne(Pause);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static FileLock? Try(string path, int kind)
    {
        SafeFileHandle handle = Posix.OpenLock(path, Libc.S_IRUSR | Libc.S_IWUSR);
        if (IsOwn(handle, path))
        {
            return Try(handle, path, kind);
        }

        handle.Dispose();
        throw Posix.NoLock(path);
    }

    // Another user could hold the lock for ever on a file of his own, and see it.
    private static bool IsOwn(SafeFileHandle file, string path) =>
        Posix.Status(file, path) is { Kind: EntryKind.File } status && status.Uid == Posix.EffectiveUser;

    private static FileLock? Try(SafeFileHandle handle, string path, int kind)
    {
        using BorrowedDescriptor descriptor = new(handle);
        while (Libc.flock(descriptor, kind | Libc.LOCK_NB) != 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            if (errno != Libc.EINTR)
            {
                handle.Dispose();
                return errno == Libc.EAGAIN ? null : throw Posix.NotWritten(path, errno);
            }
        }

        return new FileLock(handle);
    }
}
