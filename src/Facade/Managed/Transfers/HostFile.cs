// Files of the host that a transfer writes: the name is taken only when the contents are complete.
using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

namespace Guestfs;

/// <summary>Writes a file aside and renames it.</summary>
internal static unsafe partial class HostFile
{
    private const int NoEntry = 2;

    /// <summary>Has a file written under another name beside it, and renames it; removes it when the writing fails.</summary>
    /// <param name="path">The name the file is to have. What exists and is no regular file (a pipe, a device, a link) is written directly.</param>
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
                new FileStream(aside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
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
        fixed (byte* name = HostDirectory.Native(path))
        {
            int descriptor = HostCalls.open(name, OpenFlags.ReadOnly | OpenFlags.NonBlocking | OpenFlags.CloseOnExec, 0);
            if (descriptor < 0)
            {
                throw new IOException(Marshal.GetLastPInvokeErrorMessage());
            }

            SafeFileHandle file = new(descriptor, ownsHandle: true);
            if (HostError.Status(file, path).Type != ModeBits.Regular)
            {
                file.Dispose();
                throw new IOException("It is not a regular file.");
            }

            return file;
        }
    }

    // .NET does not tell a device or a pipe from a regular file.
    private static bool IsRegularOrMissing(string path, out bool exists)
    {
        const int CurrentDirectory = -100, NoFollow = 0x100, ModeOffset = 28;
        const uint Type = 1;
        const int TypeMask = 0xF000, Regular = 0x8000;
        byte* status = stackalloc byte[256];
        exists = statx(CurrentDirectory, path, NoFollow, Type, status) == 0;
        return exists ? (*(ushort*)(status + ModeOffset) & TypeMask) == Regular : Marshal.GetLastPInvokeError() == NoEntry;
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int statx(int directory, string path, int flags, uint mask, byte* status);
}
