// The lock that supermin takes: lockf(3), which a real supermin beside this one sees.
using System.Runtime.InteropServices;

using Guestfs.Appliances.Host;
using Guestfs.Appliances.Plan;
using Guestfs.Interop;
using Microsoft.Win32.SafeHandles;

namespace Guestfs.Cli.Supermin;

/// <summary>A held lock on a whole file.</summary>
internal sealed class RecordLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly SafeFileHandle file;

    private RecordLock(SafeFileHandle file) => this.file = file;

    /// <summary>Creates the file if need be, and waits for the lock. The file may be another user's, who then shares the lock.</summary>
    internal static RecordLock Take(string path, CancellationToken cancellationToken)
    {
        SafeFileHandle file = Posix.OpenLock(path, Permissions.Octal0644);
        try
        {
            if (Posix.Status(file, path).Kind != EntryKind.File)
            {
                throw Posix.NoLock(path);
            }

            using BorrowedDescriptor descriptor = new(file);
            while (Libc.lockf(descriptor, Libc.F_TLOCK, 0) != 0)
            {
                int errno = Marshal.GetLastPInvokeError();
                if (errno is not (Libc.EINTR or Libc.EACCES or Libc.EAGAIN))
                {
                    throw Posix.NotWritten(path, errno);
                }

                // Not blocking in the kernel, where nothing could cancel it.
                cancellationToken.WaitHandle.WaitOne(Pause);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }

        return new RecordLock(file);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
