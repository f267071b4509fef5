// One directory of a walk: where in its list the walk is, and the status of the entries that come next.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>A directory that is being read.</summary>
internal sealed class DirectoryLevel : IDisposable
{
    // libguestfs itself examines this many names with one message.
    private const int Window = 1000;

    private readonly DirentList list;
    private readonly string directory;
    private readonly int depth;
    private readonly bool wantsStatus;
    private int start;
    private int end;
    private int next;
    private string[]? names;
    private StatNs?[]? status;

    private DirectoryLevel(DirentList list, GuestfsDirectoryEntry? entry, string directory, int depth, bool wantsStatus) =>
        (this.list, Entry, this.directory, this.depth, this.wantsStatus) = (list, entry, directory, depth, wantsStatus);

    /// <summary>The entry that the walk came through; null where it began.</summary>
    internal GuestfsDirectoryEntry? Entry { get; }

    /// <summary>Reads the directory where the walk begins. This may be a link to a directory.</summary>
    internal static DirectoryLevel Open(GuestfsHandle g, string directory, bool wantsStatus) =>
        new(Read(g, directory), null, directory, 0, wantsStatus);

    /// <summary>Reads a directory below.</summary>
    /// <exception cref="GuestfsException">It cannot be read, or there is something else of its name now.</exception>
    internal static DirectoryLevel Open(GuestfsHandle g, GuestfsDirectoryEntry entry, bool wantsStatus)
    {
        string path = entry.Path;
        return new DirectoryLevel(Read(g, path, entry.Inode), entry, path, entry.Depth + 1, wantsStatus);
    }

    /// <summary>The entries of a directory that had an inode number before, or of a link to one.</summary>
    /// <exception cref="GuestfsException">It cannot be read, or there is something else of its name now.</exception>
    internal static DirentList Read(GuestfsHandle g, string path, long? inode)
    {
        DirentList list = Read(g, path);

        // readdir follows a link that took the directory's place meanwhile. What is mounted on it has another inode too.
        if (inode is { } before && list.OwnInode() != before && TypeOf(g.Lstatns(path)) != GuestfsFileType.Directory)
        {
            list.Dispose();
            throw new GuestfsException("readdir", Libc.ENOTDIR, $"readdir: {PrintableText.Line(path)} is not a directory any more.");
        }

        return list;
    }

    /// <summary>Makes sure that <see cref="TryTake"/> has something to look at; false at the end of the directory.</summary>
    internal bool Load(GuestfsHandle g, Func<GuestfsDirectoryEntry, GuestfsException, bool> mayContinue)
    {
        if (next < end)
        {
            return true;
        }

        start = end;
        end = Math.Min(list.Count, start + Window);
        (names, status) = (null, null);
        LeaveOutDots(mayContinue);
        if (wantsStatus || HasUnknownType())
        {
            Examine(g, mayContinue);
        }

        return next < end;
    }

    /// <summary>Makes sure, at the end of the list, that it is the whole directory.</summary>
    /// <exception cref="GuestfsException">It is not.</exception>
    internal void CheckWhole(GuestfsHandle g) => CheckWhole(g, directory);

    /// <summary>Makes sure that a directory can be read to its end.</summary>
    /// <exception cref="GuestfsException">It cannot.</exception>
    internal static void CheckWhole(GuestfsHandle g, string directory)
    {
        try
        {
            // guestfs_readdir takes an error of the filesystem for the end of the directory (seen in 1.48); this one does not.
            g.Ls0(directory, "/dev/null");
        }
        catch (GuestfsException e) when (e.Errno is Libc.ENOENT or Libc.ENOTDIR)
        {
            // Somebody has removed it since.
        }
        catch (GuestfsException e) when (e.Errno == 0 && g.State == GuestfsState.Ready)
        {
            throw CutShort(directory, e);
        }
    }

    /// <summary>The next entry, as far as loaded.</summary>
    internal bool TryTake(out GuestfsDirectoryEntry entry)
    {
        while (next < end)
        {
            int i = next++;
            if (!list.IsDot(i) && (status is null || status[i - start] is not null))
            {
                entry = At(i);
                return true;
            }
        }

        entry = default;
        return false;
    }

    public void Dispose() => list.Dispose();

    /// <summary>The error of a directory that has one of <c>.</c> and <c>..</c> twice.</summary>
    internal static GuestfsException SecondDot(string directory, string name) => new(
        "readdir", Libc.EUCLEAN, $"readdir: {PrintableText.Line(directory)} has a second entry named '{name}': "
            + "the guest's filesystem is damaged.");

    // Where 1.48 gives what it could read, newer ones fail without an error number, as a transfer does.
    private static DirentList Read(GuestfsHandle g, string directory)
    {
        try
        {
            return DirentList.Read(g, directory);
        }
        catch (GuestfsException e) when (e.Errno == 0 && g.State == GuestfsState.Ready)
        {
            throw CutShort(directory, e);
        }
    }

    private static GuestfsException CutShort(string directory, GuestfsException inner) => new(
        "readdir",
        Libc.EIO,
        $"readdir: {PrintableText.Line(directory)} cannot be read to its end: the guest's filesystem is damaged, or its disk "
        + "gives errors. There may be more entries than were found.",
        inner);

    private GuestfsDirectoryEntry At(int i)
    {
        StatNs? known = status?[i - start];
        return new()
        {
            Directory = directory,
            Name = names is null ? list.Name(i) : names[i - start],
            Type = known is null ? list.Type(i) : TypeOf(known),
            Inode = list.Inode(i),
            Depth = depth,
            Status = wantsStatus ? known : null,
        };
    }

    // Nothing can be named so; it is where the kernel finds an entry in a damaged or hostile filesystem.
    private void LeaveOutDots(Func<GuestfsDirectoryEntry, GuestfsException, bool> mayContinue)
    {
        for (int i = start; i < end; i++)
        {
            if (list.IsSecondDot(i))
            {
                GuestfsDirectoryEntry entry = At(i);
                GuestfsException damaged = SecondDot(directory, entry.Name);
                if (!mayContinue(entry, damaged))
                {
                    throw damaged;
                }
            }
        }
    }

    // Some filesystems do not keep types in their directories.
    private bool HasUnknownType()
    {
        for (int i = start; i < end; i++)
        {
            if (list.Type(i) == GuestfsFileType.Unknown)
            {
                return true;
            }
        }

        return false;
    }

    private void Examine(GuestfsHandle g, Func<GuestfsDirectoryEntry, GuestfsException, bool> mayContinue)
    {
        string[] window = new string[end - start];
        for (int i = 0; i < window.Length; i++)
        {
            window[i] = list.Name(start + i);
        }

        StatNs?[] found = g.Lstatnslist(directory, window);
        for (int i = 0; i < window.Length; i++)
        {
            // The list says only that a name could not be examined, asking for that name alone says why.
            if (found[i]!.Ino == -1 && !list.IsDot(start + i))
            {
                found[i] = ExamineAgain(g, At(start + i), mayContinue);
            }
        }

        (names, status) = (window, found);
    }

    private static StatNs? ExamineAgain(
        GuestfsHandle g, GuestfsDirectoryEntry entry, Func<GuestfsDirectoryEntry, GuestfsException, bool> mayContinue)
    {
        try
        {
            return g.Lstatns(entry.Path);
        }
        catch (GuestfsException e) when (mayContinue(entry, e))
        {
            return null;
        }
    }

    private static GuestfsFileType TypeOf(StatNs status) => (status.Mode & Libc.S_IFMT) switch
    {
        Libc.S_IFREG => GuestfsFileType.RegularFile,
        Libc.S_IFDIR => GuestfsFileType.Directory,
        Libc.S_IFLNK => GuestfsFileType.SymbolicLink,
        Libc.S_IFBLK => GuestfsFileType.BlockDevice,
        Libc.S_IFCHR => GuestfsFileType.CharacterDevice,
        Libc.S_IFIFO => GuestfsFileType.Fifo,
        Libc.S_IFSOCK => GuestfsFileType.Socket,
        _ => GuestfsFileType.Unknown,
    };
}
