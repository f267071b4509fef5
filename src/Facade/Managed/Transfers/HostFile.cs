// Files of the host that a transfer writes: the name is taken only when the contents are complete.
using System.Runtime.InteropServices;

using Guestfs.Interop;

using Microsoft.Win32.SafeHandles;

namespace Guestfs;

/// <summary>Writes a file aside and renames it.</summary>
internal static class HostFile
{
    /// <summary>Has a file written under another name beside it, and renames it; removes it when the writing fails.</summary>
    /// <param name="path">The name the file is to have. What exists and is no regular file (a pipe,
    /// a device, a link) is written directly.</param>
    /// <param name="write">Writes the file of the name it is given.</param>
    internal static void WriteAside(string path, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) || !IsRegularOrMissing(path, out bool exists)
            || Path.GetDirectoryName(Path.GetFullPath(path)) is not { } directory || !Directory.Exists(directory))
        {
            write(path);
            return;
        }

        string aside = Path.Combine(directory, $".{Path.GetRandomFileName()}.part");
        try
        {
            if (exists && !OperatingSystem.IsWindows())
            {
                // It keeps its permissions, as when it is overwritten. Nobody else opens it before it has them.
                new FileStream(aside, new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }).Dispose();
                File.SetUnixFileMode(aside, File.GetUnixFileMode(path));
            }

            write(aside);
            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    /// <summary>Opens a regular file for reading. A pipe, which could block for ever, is refused.</summary>
    /// <exception cref="IOException">It cannot be opened, or is something else.</exception>
    internal static SafeFileHandle OpenRegular(string path)
    {
        SafeFileHandle? file = HostCalls.TryOpenRegular(path, out int errno);
        return file ?? throw new IOException(errno == 0 ? "It is not a regular file." : Marshal.GetPInvokeErrorMessage(errno));
    }

    // .NET does not tell a device or a pipe from a regular file.
    private static bool IsRegularOrMissing(string path, out bool exists)
    {
        int errno = HostCalls.Status(path, followLink: false, out statx status);
        exists = errno == 0;
        return exists ? (status.stx_mode & Libc.S_IFMT) == Libc.S_IFREG : errno == Libc.ENOENT;
    }
}
