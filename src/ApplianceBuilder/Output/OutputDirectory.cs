// Puts a finished directory in the place of an old one, so that at every moment one of them is there, and whole.
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Plan;
using Microsoft.Win32.SafeHandles;

namespace Guestfs.Appliances.Output;

/// <summary>A directory that is written aside and then takes its place.</summary>
internal static class OutputDirectory
{
    /// <summary>What the name of a file beside the directory ends with that holds unpacked files while it is written.</summary>
    internal const string SpoolSuffix = ".spool";

    private const string LockSuffix = ".lock";
    private const int UniqueLength = 8;

    /// <summary>Makes sure that a directory can be put there: what is there will be removed, so it must be ours to remove.</summary>
    /// <param name="path">Where it goes.</param>
    /// <param name="what">What it is, such as <c>an appliance</c>.</param>
    /// <param name="mark">A file that such a directory has. An empty directory may be replaced, too.</param>
    /// <exception cref="ApplianceException">Something else is there, or nothing can be made there.</exception>
    internal static void CheckReplaceable(string path, string what, string mark)
    {
        RefuseForeign(path, what, mark);
        RefuseOrphan(path);
    }

    private static bool IsEmpty(string directory)
    {
        try
        {
            return !Directory.EnumerateFileSystemEntries(directory).Any();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void RefuseOrphan(string path)
    {
        string? parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(path));
        string? fault = parent is null || HostCalls.CanWriteInto(parent)
            ? null : Directory.Exists(parent) ? "is not writable for this user" : "does not exist, or is closed to this user";
        if (fault is not null)
        {
            throw new ApplianceException(
                ApplianceProblem.OutputFailed,
                $"{path} cannot be created, because {parent} {fault}. Correct that, or choose another directory.");
        }
    }

    private static void RefuseForeign(string path, string what, string mark)
    {
        bool replaceable = Posix.LinkStatus(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))) switch
        {
            null => true,
            { Kind: EntryKind.Directory } => IsEmpty(path) || File.Exists(Path.Combine(path, mark)),
            _ => false,
        };
        if (!replaceable)
        {
            throw new ApplianceException(
                ApplianceProblem.OutputFailed,
                $"{path} exists and is not {what} ({mark} is not in it), so it is not replaced. "
                + "Choose another place, or remove it.");
        }
    }

    /// <summary>
    /// Writes a directory aside and puts it in place; on any error what was there stays. What a killed process left of
    /// the same directory is removed first.
    /// </summary>
    /// <param name="path">Where it goes.</param>
    /// <param name="write">Creates and fills the directory whose name it gets.</param>
    /// <param name="durable">Whether the change of names is on the disk when this returns.</param>
    internal static void Replace(string path, Action<string> write, bool durable)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)), name = Path.GetFileName(full);
        string above = Path.GetDirectoryName(full) ?? full;
        if (!Directory.Exists(above))
        {
            throw new ApplianceException(ApplianceProblem.OutputFailed,
                $"{full} cannot be written: there is no directory {above}. Make it first, or choose another place.");
        }

        using OpenDirectory parent = new(above);
        RemoveLeftBehind(parent, name);
        using FileLock held = TakeName(parent, full, out string aside);
        bool placed = false;
        try
        {
            write(aside);
            try
            {
                PutInPlace(parent, aside, full);
                placed = true;
                if (durable)
                {
                    DurableFiles.Sync(above, filesToo: false);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw OutputFault.From(full, exception);
            }
        }
        finally
        {
            // Here is the old directory after an exchange, whoever made it, or what an error left. Another user may have taken the name.
            string left = Path.GetFileName(aside);
            if (placed || parent.IsOwn(left, EntryKind.Directory))
            {
                parent.Remove(left);
            }

            parent.Remove(left + LockSuffix);
        }
    }

    // A name that is this process' own as long as it holds the lock beside it.
    private static FileLock TakeName(OpenDirectory parent, string full, out string aside)
    {
        while (true)
        {
            aside = $"{full}.{Guid.NewGuid().ToString("N")[..UniqueLength]}";
            FileLock? held = FileLock.TryTake(aside + LockSuffix);
            if (held is not null && parent.Has(Path.GetFileName(aside) + LockSuffix))
            {
                return held;
            }

            // Another process saw the file before it was locked, and took it for one that was left behind.
            held?.Dispose();
        }
    }

    // The lock of a process ends with it, however it ends. What is another user's stays: it may have this form on purpose.
    private static void RemoveLeftBehind(OpenDirectory parent, string name)
    {
        foreach (string lockFile in parent.Names.Where(file => IsLock(file, name)))
        {
            using FileLock? held = parent.TryLock(lockFile);
            if (held is null)
            {
                continue;
            }

            // Not what it moved away where names cannot be exchanged: that may be the only appliance.
            string aside = lockFile[..^LockSuffix.Length];
            try
            {
                foreach ((string left, EntryKind kind) in ((string, EntryKind)[])[(aside, EntryKind.Directory),
                    (aside + SpoolSuffix, EntryKind.File),
                    (lockFile, EntryKind.File)])
                {
                    if (parent.IsOwn(left, kind))
                    {
                        parent.Remove(left);
                    }
                }
            }
            catch (ApplianceException)
            {
                // Others have made directories in it, or mounted something there. This build need not fail for it.
            }
        }
    }

    private static bool IsLock(string file, string name) =>
        file.Length == name.Length + 1 + UniqueLength + LockSuffix.Length
        && file.StartsWith(name + ".", StringComparison.Ordinal)
        && file.Substring(name.Length + 1, UniqueLength).All(char.IsAsciiHexDigitLower);

    private static void PutInPlace(OpenDirectory parent, string aside, string full)
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

            parent.Remove(Path.GetFileName(old));
        }
    }
}

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
