// Files of this host that a command writes: they have their names when they are whole. What is there and is no regular file - a device, a
// pipe, a link such as /dev/stdout - is written into instead: a new file in its place would be the end of it.
using Guestfs.Cli.Guests;
using Guestfs.Interop;

namespace Guestfs.Cli.Output;

/// <summary>Writes such files.</summary>
internal static class HostOutput
{
    /// <summary>Whether a file may take this name.</summary>
    internal static bool IsReplaceable(string path) =>
        HostCalls.Status(path, followLink: false, out statx status) != 0 || (status.stx_mode & Libc.S_IFMT) == Libc.S_IFREG;

    /// <summary>A name beside another one, for what is not yet whole.</summary>
    internal static string NameBeside(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetRandomFileName()}.part");

    /// <summary>Has a file written.</summary>
    /// <param name="path">Its full name.</param>
    /// <param name="write">Writes it.</param>
    internal static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        if (Path.GetDirectoryName(path) is { } folder && !Directory.Exists(folder))
        {
            throw new IOException($"{folder}, where {Path.GetFileName(path)} is to be, is no directory.");
        }

        bool isAside = IsReplaceable(path);
        string name = isAside ? NameBeside(path) : path;
        try
        {
            using (FileStream file = new(name, isAside ? FileMode.CreateNew : FileMode.Create, FileAccess.Write))
            {
                await write(file).ConfigureAwait(false);
            }

            if (isAside)
            {
                if (HostCalls.Status(path, followLink: false, out statx old) == 0)
                {
                    // Who could not read the old one does not read the new one.
                    HostTree.SetMode(name, old.stx_mode & ModeBits.Permissions);
                }

                File.Move(name, path, overwrite: true);
            }
        }
        finally
        {
            if (isAside)
            {
                File.Delete(name);
            }
        }
    }
}
