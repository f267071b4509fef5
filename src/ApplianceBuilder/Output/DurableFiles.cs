using Guestfs.Appliances.Host;
using Microsoft.Win32.SafeHandles;

namespace Guestfs.Appliances.Output;

/// <summary>Waits until files are on the disk.</summary>
internal static class DurableFiles
{
    /// <summary>Writes out a directory's files, and then the directory itself.</summary>
    internal static void Sync(string directory, bool filesToo = true)
    {
        foreach (string path in filesToo ? Directory.EnumerateFiles(directory) : [])
        {
            using SafeFileHandle file = Posix.OpenRead(path);
            Posix.Sync(file, path);
        }

        using SafeFileHandle open = Posix.OpenDirectory(directory);
        Posix.Sync(open, directory);
    }
}
