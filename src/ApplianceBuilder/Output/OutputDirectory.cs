// Puts a finished directory in the place of an old one, so that at every moment one of them is there, and whole.
namespace Guestfs.Appliances;

/// <summary>A directory that is written aside and then takes its place.</summary>
internal static class OutputDirectory
{
    /// <summary>What the name of a file beside the directory ends with that holds unpacked files while it is written.</summary>
    internal const string SpoolSuffix = ".spool";

    private const string LockSuffix = ".lock";
    private const int UniqueLength = 8;

    /// <summary>
    /// Writes a directory aside and puts it in place; on any error what was there stays. What a killed process left of
    /// the same directory is removed first.
    /// </summary>
    /// <param name="path">Where it goes.</param>
    /// <param name="write">Creates and fills the directory whose name it gets.</param>
    /// <param name="durable">Whether the change of names is on the disk when this returns.</param>
    internal static void Replace(string path, Action<string> write, bool durable)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        RemoveLeftBehind(full);
        using FileLock held = TakeName(full, out string aside);
        try
        {
            write(aside);
            try
            {
                PutInPlace(aside, full);
                if (durable)
                {
                    DurableFiles.Sync(Path.GetDirectoryName(full)!, filesToo: false);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw OutputFault.From(full, exception);
            }
        }
        finally
        {
            // The old one after an exchange, or what an error left.
            Remove(aside);
            File.Delete(aside + LockSuffix);
        }
    }

    // A name that is this process' own as long as it holds the lock beside it.
    private static FileLock TakeName(string full, out string aside)
    {
        while (true)
        {
            aside = $"{full}.{Guid.NewGuid().ToString("N")[..UniqueLength]}";
            FileLock? held = FileLock.TryTake(aside + LockSuffix);
            if (held is not null && File.Exists(aside + LockSuffix))
            {
                return held;
            }

            // Another process saw the file before it was locked, and took it for one that was left behind.
            held?.Dispose();
        }
    }

    // The lock of a process ends with it, however it ends.
    private static void RemoveLeftBehind(string full)
    {
        string name = Path.GetFileName(full);
        if (Path.GetDirectoryName(full) is not { } parent || !Directory.Exists(parent))
        {
            return;
        }

        foreach (string lockFile in Directory.EnumerateFiles(parent, "*" + LockSuffix).Where(path => IsLock(Path.GetFileName(path), name)).ToArray())
        {
            try
            {
                using FileLock? held = FileLock.TryTake(lockFile);
                if (held is not null)
                {
                    // Not what it moved away where names cannot be exchanged: that may be the only appliance.
                    string aside = lockFile[..^LockSuffix.Length];
                    Remove(aside);
                    File.Delete(aside + SpoolSuffix);
                    File.Delete(lockFile);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ApplianceException)
            {
                // Another user's.
            }
        }
    }

    private static bool IsLock(string file, string name) =>
        file.Length == name.Length + 1 + UniqueLength + LockSuffix.Length
        && file.StartsWith(name + ".", StringComparison.Ordinal)
        && file.Substring(name.Length + 1, UniqueLength).All(char.IsAsciiHexDigitLower);

    private static void PutInPlace(string aside, string full)
    {
        if (Posix.LinkStatus(full) is null)
        {
            Directory.Move(aside, full);
        }
        else if (!Posix.TryExchange(aside, full))
        {
            // A filesystem without exchange: for a moment there is neither, as with supermin.
            string old = aside + ".old";
            Directory.Move(full, old);
            try
            {
                Directory.Move(aside, full);
            }
            catch
            {
                Directory.Move(old, full);
                throw;
            }

            Remove(old);
        }
    }

    private static void Remove(string path)
    {
        switch (Posix.LinkStatus(path)?.Kind)
        {
            case null:
                break;
            case EntryKind.Directory:
                MakeRemovable(path);
                Directory.Delete(path, recursive: true);
                break;
            default:
                File.Delete(path);
                break;
        }
    }

    // Directories of an appliance's tree may be closed even to their owner.
    private static void MakeRemovable(string directory)
    {
        Posix.SetMode(directory, 0x1C0);
        foreach (string child in Directory.EnumerateDirectories(directory))
        {
            if (Posix.LinkStatus(child)?.Kind == EntryKind.Directory)
            {
                MakeRemovable(child);
            }
        }
    }
}
