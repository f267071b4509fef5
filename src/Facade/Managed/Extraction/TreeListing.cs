// Reads the guest's directories level by level, each with two calls.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>Finds what is in a tree of the guest. What cannot be found is noted in the tally.</summary>
/// <param name="g">The handle.</param>
/// <param name="tally">Counts the entries.</param>
internal sealed class TreeListing(GuestfsHandle g, ExtractTally tally)
{
    // libguestfs itself examines this many names with one message.
    private const int MaxNames = 1000;

    private readonly Queue<ExtractedDirectory> unread = new();
    private readonly Queue<ExtractEntry> unexamined = new();
    private readonly List<ExtractedDirectory> read = [];

    /// <summary>Has a directory read when its turn comes.</summary>
    internal void Add(ExtractedDirectory directory) => unread.Enqueue(directory);

    /// <summary>Reads a directory or examines entries; false when there is nothing left to do.</summary>
    /// <param name="take">Called with each entry that could be examined.</param>
    internal bool Advance(Action<ExtractEntry> take)
    {
        if (unexamined.Count < MaxNames && unread.TryDequeue(out ExtractedDirectory? directory))
        {
            Read(directory);
            return true;
        }

        if (unexamined.Count == 0)
        {
            return false;
        }

        Examine(take);
        return true;
    }

    /// <summary>What there is at a path below the tree's top, which may begin with <c>./</c>, if it could be examined.</summary>
    internal ExtractEntry? Find(string path)
    {
        ExtractedDirectory? directory = read.Count > 0 ? read[0] : null;
        ExtractEntry? entry = null;
        foreach (string name in path.Split('/'))
        {
            if (name is not ("" or "."))
            {
                entry = directory is not null && directory.Entries.TryGetValue(name, out ExtractEntry? found) ? found : null;
                directory = entry?.Extracted;
            }
        }

        return entry is { IsExamined: true } ? entry : null;
    }

    /// <summary>Makes sure of each directory that nothing of it is missing.</summary>
    internal void CheckWhole()
    {
        foreach (ExtractedDirectory directory in read)
        {
            string path = directory.GuestPathOrRoot;
            try
            {
                DirectoryLevel.CheckWhole(g, path);
            }
            catch (GuestfsException e) when ((directory != read[0] || directory.Entries.Count > 0) && tally.MayLeaveOut(path, e))
            {
            }
        }
    }

    private void Read(ExtractedDirectory directory)
    {
        string path = directory.GuestPathOrRoot;
        tally.Directories++;
        try
        {
            using DirentList list = DirectoryLevel.Read(g, path, directory.Entry?.Status.Ino);
            read.Add(directory);
            for (int i = 0; i < list.Count; i++)
            {
                if (!list.IsDot(i))
                {
                    Add(new ExtractEntry(directory, list.Name(i)));
                }
                else if (list.IsSecondDot(i))
                {
                    // Nothing can be named so; it is where the kernel finds an entry in a damaged or hostile filesystem.
                    ExtractEntry entry = new(directory, list.Name(i));
                    tally.CountEntry(entry);
                    tally.Skip(entry.GuestPath, ExtractSkipReason.UnsafeName, DirectoryLevel.SecondDot(path, entry.Name).Message);
                }
            }
        }
        catch (GuestfsException e) when (read.Count > 0 && tally.MayLeaveOut(path, e))
        {
        }
    }

    private void Add(ExtractEntry entry)
    {
        tally.CountEntry(entry);
        tally.Tell(entry);
        if (!GuestName.IsSafe(entry.Name))
        {
            tally.Skip(entry.GuestPath, ExtractSkipReason.UnsafeName);
        }
        else if (!entry.Directory.Entries.TryAdd(entry.Name, entry))
        {
            tally.Skip(entry.GuestPath, ExtractSkipReason.DuplicateName);
        }
        else
        {
            unexamined.Enqueue(entry);
        }
    }

    private void Examine(Action<ExtractEntry> take)
    {
        List<ExtractEntry> entries = [];
        List<string> names = [];
        ExtractedDirectory directory = unexamined.Peek().Directory;
        while (names.Count < MaxNames && unexamined.TryPeek(out ExtractEntry? next) && next.Directory == directory)
        {
            entries.Add(unexamined.Dequeue());
            names.Add(next.Name);
        }

        StatNs[] found = g.Lstatnslist(directory.GuestPathOrRoot, [.. names]);
        for (int i = 0; i < found.Length; i++)
        {
            ExtractEntry entry = entries[i];
            if (found[i].Ino != -1 || TryExamine(entry.GuestPath, ref found[i]))
            {
                entry.Status = found[i];
                take(entry);
            }
        }
    }

    // The list says only that a name could not be examined, asking for that name alone says why.
    private bool TryExamine(string path, ref StatNs status)
    {
        try
        {
            status = g.Lstatns(path);
            return true;
        }
        catch (GuestfsException e) when (tally.MayLeaveOut(path, e))
        {
            return false;
        }
    }
}
