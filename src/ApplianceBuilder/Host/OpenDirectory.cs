// A directory of the host, perhaps one that others may write in: what is done there is relative to its descriptor and to one
// name in it, so that nobody can make it happen elsewhere by renaming or linking.
using Guestfs.Appliances.Plan;
using Microsoft.Win32.SafeHandles;

namespace Guestfs.Appliances.Host;

/// <summary>An open directory.</summary>
internal sealed class OpenDirectory : IDisposable
{
    // Deeper than any path that a plan can have.
    private const int MaxDepth = 2048;
    private readonly SafeFileHandle descriptor;
    private readonly string path;

    /// <summary>Opens the directory that the caller named; this one may be named through links.</summary>
    /// <exception cref="ApplianceException">There is none, or it may not be read.</exception>
    internal OpenDirectory(string path)
    {
        this.path = path;
        descriptor = Posix.OpenDirectory(path);
    }

    /// <summary>The names in it.</summary>
    internal IEnumerable<string> Names => Posix.NamesIn(descriptor, path);

    /// <summary>Whether it has something of that name.</summary>
    internal bool Has(string name) => Posix.StatusAt(descriptor, name) is not null;

    /// <summary>Whether that name is a file or directory of this user.</summary>
    internal bool IsOwn(string name, EntryKind kind) =>
        Posix.StatusAt(descriptor, name) is { } status && status.Kind == kind && status.Uid == Posix.EffectiveUser;

    /// <summary>Takes the lock on a file of this user; null when there is none, or someone has it.</summary>
    internal FileLock? TryLock(string name)
    {
        // Not blocking: a pipe has no writer for ever.
        SafeFileHandle? file = Posix.TryOpenAt(descriptor, name, Libc.O_WRONLY | Libc.O_NONBLOCK, out _);
        return file is null ? null : FileLock.TryTake(file, NameOf(name));
    }

    /// <summary>Removes what has that name with all that is in it, if there is anything; what is mounted in it is not entered.</summary>
    /// <exception cref="ApplianceException">Something cannot be removed.</exception>
    internal void Remove(string name) => Remove(descriptor, name, NameOf(name), Posix.Status(descriptor, path), MaxDepth);

    /// <inheritdoc/>
    public void Dispose() => descriptor.Dispose();

    private static void Remove(SafeFileHandle directory, string name, string path, FileStatus parent, int depth)
    {
        int errno = Posix.RemoveAt(directory, name, isDirectory: false);
        if (errno == Libc.EISDIR)
        {
            Empty(directory, name, path, parent, depth);
            errno = Posix.RemoveAt(directory, name, isDirectory: true);
        }

        if (errno is not 0 and not Libc.ENOENT)
        {
            throw NotRemoved(path, Posix.Describe(errno));
        }
    }

    private static void Empty(SafeFileHandle parentDirectory, string name, string path, FileStatus parent, int depth)
    {
        using SafeFileHandle directory = Open(parentDirectory, name, path);
        FileStatus status = Posix.Status(directory, path);
        if (status.FileSystem != parent.FileSystem || status.MountId != parent.MountId)
        {
            throw NotRemoved(path, "something is mounted there");
        }

        if (depth == 0)
        {
            throw NotRemoved(path, "it is nested too deep");
        }

        // Directories of an appliance's tree may be closed even to their owner.
        Posix.OpenToOwner(directory);
        foreach (string child in Posix.NamesIn(directory, path))
        {
            Remove(directory, child, $"{path}/{child}", status, depth - 1);
        }
    }

    private static SafeFileHandle Open(SafeFileHandle parent, string name, string path)
    {
        int flags = Libc.O_RDONLY | Libc.O_DIRECTORY;
        SafeFileHandle? directory = Posix.TryOpenAt(parent, name, flags, out int errno);
        if (errno == Libc.EACCES)
        {
            // Through the descriptor: chmod(2) would follow a link that took the directory's place.
            using SafeFileHandle? closed = Posix.TryOpenAt(parent, name, Libc.O_PATH | Libc.O_DIRECTORY, out _);
            if (closed is not null)
            {
                Posix.SetMode($"/proc/self/fd/{closed.DangerousGetHandle()}", Libc.S_IRWXU);
                directory = Posix.TryOpenAt(parent, name, flags, out errno);
            }
        }

        return directory ?? throw NotRemoved(path, Posix.Describe(errno));
    }

    private static ApplianceException NotRemoved(string path, string why) =>
        new(ApplianceProblem.OutputFailed, $"{path} cannot be removed: {why}. Remove it by hand.");

    private string NameOf(string name) => Path.Combine(path, name);
}
