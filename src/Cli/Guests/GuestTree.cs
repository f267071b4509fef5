// What commands that look at many files have in common: directories one after another, each sorted by name, and what cannot be read told.
namespace Guestfs.Cli.Guests;

/// <summary>Walks directories of the guest, on the thread of the handle.</summary>
internal static class GuestTree
{
    /// <summary>The entries of a directory, and of all below, a directory at a time; what is no directory is an entry by itself.</summary>
    /// <param name="session">The mounted guest.</param>
    /// <param name="top">Where to begin.</param>
    /// <param name="isRecursive">Whether to go into the directories below.</param>
    /// <param name="enter">Says for each of these whether to go into it; null for all.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    internal static IEnumerable<List<GuestEntry>> Directories(
        GuestSession session, string top, bool isRecursive, Func<GuestEntry, bool>? enter, CancellationToken cancellationToken)
    {
        if (!session.Guestfs.IsDir(top, new IsDirOptions { FollowSymlinks = true }))
        {
            yield return [GuestEntry.At(session.Guestfs, top)];
            yield break;
        }

        using ProgressBar bar = new();
        long count = 0;
        Stack<(string Path, int Depth)> directories = new([(top, 0)]);
        while (directories.TryPop(out (string Path, int Depth) directory))
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<GuestEntry> entries = Read(session, top, directory.Path, directory.Depth, isRecursive);
            count += entries.Count;
            bar.Count(directory.Path, count, 0);
            yield return entries;
            for (int i = entries.Count - 1; isRecursive && i >= 0; i--)
            {
                if (entries[i].Type == 'd' && (enter?.Invoke(entries[i]) ?? true))
                {
                    directories.Push((entries[i].Path, directory.Depth + 1));
                }
            }
        }
    }

    /// <summary>The files at a path, those of all directories below too, if they are regular ones.</summary>
    internal static IEnumerable<GuestEntry> Files(GuestSession session, string top, CancellationToken cancellationToken)
    {
        foreach (List<GuestEntry> entries in Directories(session, top, true, null, cancellationToken))
        {
            foreach (GuestEntry entry in entries)
            {
                // The file that was named may be named by a link.
                GuestEntry file = entry.Type == 'l' && entry.Path == top
                    ? entry with { Status = session.Guestfs.Statns(top) }
                    : entry;
                if (file.Type == '-')
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return file;
                }
                else if (file.Path == top)
                {
                    session.Leave($"{top} is no regular file.");
                }
            }
        }
    }

    private static List<GuestEntry> Read(GuestSession session, string top, string directory, int depth, bool isRecursive)
    {
        List<GuestEntry> entries = [];
        EnumerateDirectoryOptions options = new()
        {
            Status = true,
            ContinueOnError = (entry, error) =>
            {
                session.Leave(error.Message, error);
                return true;
            },
        };
        try
        {
            foreach (GuestfsDirectoryEntry found in session.Guestfs.EnumerateDirectory(directory, options))
            {
                string path = found.Path;
                string shown = !isRecursive ? found.Name : path[(top.Length + (top.EndsWith('/') ? 0 : 1))..];
                entries.Add(new GuestEntry(shown, directory, found.Name, found.Status!, depth));
            }
        }
        catch (GuestfsException e) when (directory != top && session.Guestfs.State == GuestfsState.Ready)
        {
            session.Leave(e.Message, e);
        }

        entries.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return entries;
    }
}
