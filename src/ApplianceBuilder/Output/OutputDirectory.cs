// Puts a finished directory in the place of an old one, so that at every moment one of them is there, and whole.
namespace Guestfs.Appliances;

/// <summary>A directory that is written aside and then takes its place.</summary>
internal static class OutputDirectory
{
    /// <summary>Writes a directory aside and puts it in place; on any error what was there stays.</summary>
    /// <param name="path">Where it goes.</param>
    /// <param name="write">Creates and fills the directory whose name it gets.</param>
    /// <param name="durable">Whether the change of names is on the disk when this returns.</param>
    internal static void Replace(string path, Action<string> write, bool durable)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string aside = $"{full}.{Guid.NewGuid().ToString("N")[..8]}";
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
        }
    }

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
