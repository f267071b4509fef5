// The lock that supermin takes: lockf(3), which a real supermin beside this one sees.
using System.Runtime.InteropServices;

using Guestfs.Appliances;

using Microsoft.Win32.SafeHandles;

namespace Guestfs.Cli.Supermin;

/// <summary>A held lock on a whole file.</summary>
internal sealed partial class RecordLock : IDisposable
{
    private const int Lock = 1, Interrupted = 4;
    private readonly SafeFileHandle file;

    private RecordLock(SafeFileHandle file) => this.file = file;

    /// <summary>Creates the file if need be, and waits for the lock.</summary>
    internal static RecordLock Take(string path)
    {
        SafeFileHandle file;
        try
        {
            file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputFault.From(path, exception);
        }

        while (lockf(file, Lock, 0) != 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            if (errno != Interrupted)
            {
                file.Dispose();
                throw Posix.NotWritten(path, errno);
            }
        }

        return new RecordLock(file);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    [LibraryImport("libc", SetLastError = true)]
    private static partial int lockf(SafeFileHandle file, int command, long size);
}
