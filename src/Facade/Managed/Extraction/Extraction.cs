// One extraction. Three passes: files and directories as the walk finds them; symbolic links when all directories are there, so
// that where each leads can be seen; then, from the bottom up, what the first two would have changed again of directories.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>Walks the guest and writes the host.</summary>
internal sealed class Extraction : IDisposable
{
    private readonly GuestfsHandle g;
    private readonly ExtractOptions options;
    private readonly IProgress<ExtractProgress>? progress;
    private readonly CancellationToken cancellationToken;
    private readonly ExtractTally tally;
    private readonly HostAttributes attributes;
    private readonly HostDirectory target;
    private readonly Stack<ExtractLevel> levels = new();
    private readonly List<(ExtractedDirectory Directory, string GuestPath, StatNs Status)> made = [];
    private readonly List<(ExtractedDirectory Directory, string Name, string GuestPath, StatNs Status)> links = [];
    private readonly Dictionary<(long Device, long Inode), (ExtractedDirectory Directory, string Name)> linkedFiles = [];
    private int rootLevels = 1;

    internal Extraction(
        GuestfsHandle g, ExtractOptions options, string hostDirectory, IProgress<ExtractProgress>? progress,
        CancellationToken cancellationToken)
    {
        (this.g, this.options, this.progress, this.cancellationToken) = (g, options, progress, cancellationToken);
        tally = new ExtractTally(options);
        attributes = new HostAttributes(g, options, tally);
        target = HostDirectory.OpenNamed(hostDirectory);
    }

    /// <summary>Extracts what the guest has at a path, or with an empty path what is in its root directory.</summary>
    internal ExtractReport Run(string path, string name)
    {
        ExtractedDirectory top = new(null, "", target.Status().Identity);
        if (path.Length == 0)
        {
            Enter(top, target.Open("."), "/");
        }
        else
        {
            // The way to the tree's root is one longer: the directory beside which nothing is inside.
            rootLevels = 2;
            StatNs status = g.Lstatns(path);
            tally.CountEntry(path);
            Take(top, target, name, path, status);
        }

        while (levels.TryPeek(out ExtractLevel? level))
        {
            if (Next(level))
            {
                Take(level);
            }
            else
            {
                levels.Pop().Dispose();
            }
        }

        foreach ((ExtractedDirectory directory, string linkName, string guestPath, StatNs status) in links)
        {
            Tell(guestPath);
            OrLeaveOut(guestPath, () => MakeLink(directory, linkName, guestPath, status));
        }

        for (int i = made.Count - 1; i >= 0; i--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (ExtractedDirectory directory, string guestPath, StatNs status) = made[i];
            using DirectoryChain way = directory.Open(target);
            OrLeaveOut(guestPath, () => attributes.Apply(way.Current.Descriptor, status, guestPath, way.Current.Path));
        }

        return tally.ToReport();
    }

    public void Dispose()
    {
        while (levels.TryPop(out ExtractLevel? level))
        {
            level.Dispose();
        }

        target.Dispose();
    }

    private void Enter(ExtractedDirectory where, HostDirectory host, string guestPath)
    {
        IEnumerable<GuestfsDirectoryEntry> entries = g.EnumerateDirectory(guestPath, new EnumerateDirectoryOptions
        {
            Status = true,
            ContinueOnError = (entry, error) => MayLeaveOut(entry, error),
        });
        levels.Push(new ExtractLevel(where, host, entries.GetEnumerator(), guestPath));
        tally.Directories++;
    }

    private bool Next(ExtractLevel level)
    {
        try
        {
            return level.Entries.MoveNext();
        }
        catch (GuestfsException e) when ((levels.Count > 1 || level.Names.Count > 0) && MayLeaveOut(level.GuestPath, e))
        {
            return false;
        }
    }

    private void Take(ExtractLevel level)
    {
        GuestfsDirectoryEntry entry = level.Entries.Current;
        string path = entry.Path;
        tally.CountEntry(path);
        Tell(path);
        if (!GuestName.IsSafe(entry.Name))
        {
            tally.Skip(path, ExtractSkipReason.UnsafeName);
        }
        else if (!level.Names.Add(entry.Name))
        {
            tally.Skip(path, ExtractSkipReason.DuplicateName);
        }
        else
        {
            Take(level.Where, level.Host, entry.Name, path, entry.Status!);
        }
    }

    private void Take(ExtractedDirectory where, HostDirectory host, string name, string path, StatNs status)
    {
        switch (ModeBits.TypeOf(status))
        {
            case Libc.S_IFDIR:
                OrLeaveOut(path, () => TakeDirectory(where, host, name, path, status));
                break;
            case Libc.S_IFREG:
                OrLeaveOut(path, () => TakeFile(where, host, name, path, status));
                break;
            case Libc.S_IFLNK when options.Symlinks == ExtractSymlinks.None:
                tally.Skip(path, ExtractSkipReason.SymbolicLink);
                break;
            case Libc.S_IFLNK:
                links.Add((where, name, path, status));
                break;
            case Libc.S_IFBLK or Libc.S_IFCHR or Libc.S_IFIFO or Libc.S_IFSOCK when !options.SpecialFiles:
                tally.Skip(path, ExtractSkipReason.SpecialFile);
                break;
            case Libc.S_IFBLK or Libc.S_IFCHR or Libc.S_IFIFO or Libc.S_IFSOCK:
                OrLeaveOut(path, () => TakeSpecial(host, name, status));
                break;
            default:
                tally.Skip(path, ExtractSkipReason.Unreadable, $"It has the mode {status.Mode:x}, which is of no known file type.");
                break;
        }
    }

    private void TakeDirectory(ExtractedDirectory where, HostDirectory host, string name, string path, StatNs status)
    {
        // The directory that was asked for is not yet deep.
        tally.CheckDepth(path, where.Depth + 1 - (rootLevels - 1));
        int mode = ((int)status.Mode & ModeBits.Permissions) | ModeBits.OwnerAll;
        bool isNew = host.TryMakeDirectory(name, mode);
        if (!isNew && !(options.Overwrite && host.TryGetStatus(name, out HostStatus existing) && existing.Type == Libc.S_IFDIR))
        {
            Vacate(host, name);
            isNew = host.TryMakeDirectory(name, mode);
        }

        HostDirectory directory = host.Open(name);
        ExtractedDirectory extracted = new(where, name, directory.Status().Identity);
        if (isNew)
        {
            made.Add((extracted, path, status));
        }

        Enter(extracted, directory, path);
    }

    private void TakeFile(ExtractedDirectory where, HostDirectory host, string name, string path, StatNs status)
    {
        if (status.Nlink > 1
            && linkedFiles.TryGetValue((status.Dev, status.Ino), out (ExtractedDirectory Directory, string Name) first)
            && TryLink(first, host, name))
        {
            tally.HardLinks++;
            return;
        }

        tally.Expect(path, status.Size);
        CheckFree(host, name);
        using AsideFile file = new(host, name, ((int)status.Mode & ModeBits.Permissions) | ModeBits.OwnerReadWrite);
        Copy(path, file, holes: status.Blocks < status.Size / 512);
        attributes.Apply(file.Descriptor, status, path, host.NameOf(name));
        file.Publish(options.Overwrite);
        tally.Files++;
        if (status.Nlink > 1)
        {
            linkedFiles.TryAdd((status.Dev, status.Ino), (where, name));
        }
    }

    // Not with guestfs_download, which takes a file of the guest below /dev for a device of the appliance.
    private void Copy(string path, AsideFile file, bool holes)
    {
        const int Piece = GuestfsHandle.MaxMessage;
        long offset = 0;
        int count;
        do
        {
            Tell(path);
            using GuestfsBuffer bytes = g.PreadBuffer(path, Piece, offset);
            count = bytes.Length;
            tally.CountRead(path, count);
            tally.CountWritten(path, file.Write(bytes.GetSpan(), offset, holes));
            offset += count;
        }
        while (count == Piece);

        if (holes)
        {
            file.SetLength(offset);
        }
    }

    private bool TryLink((ExtractedDirectory Directory, string Name) first, HostDirectory host, string name)
    {
        Vacate(host, name);
        using DirectoryChain way = first.Directory.Open(target);
        return host.TryLink(way.Current, first.Name, name);
    }

    private void TakeSpecial(HostDirectory host, string name, StatNs status)
    {
        Vacate(host, name);
        host.MakeNode(name, ModeBits.TypeOf(status) | ((int)status.Mode & ModeBits.Permissions), (ulong)status.Rdev);
        attributes.Apply(host, name, status);
        tally.SpecialFiles++;
    }

    private void MakeLink(ExtractedDirectory directory, string name, string path, StatNs status)
    {
        string text = g.Readlink(path);
        if (options.Symlinks == ExtractSymlinks.Inside && !StaysInside(directory, text))
        {
            tally.Skip(path, ExtractSkipReason.LinkLeadsOutside, text);
            return;
        }

        using DirectoryChain way = directory.Open(target);
        Vacate(way.Current, name);
        way.Current.MakeSymlink(name, text);
        attributes.Apply(way.Current, name, status);
        tally.SymbolicLinks++;
    }

    private bool StaysInside(ExtractedDirectory directory, string text)
    {
        using DirectoryChain way = directory.Open(target);
        return LinkTarget.StaysInside(way, rootLevels, text);
    }

    // Makes room for what is made under its name at once.
    private void Vacate(HostDirectory host, string name)
    {
        if (CheckFree(host, name))
        {
            host.Remove(name);
        }
    }

    // Whether something is there that may be replaced.
    private bool CheckFree(HostDirectory host, string name)
    {
        if (!host.TryGetStatus(name, out HostStatus status))
        {
            return false;
        }

        bool isDirectory = status.Type == Libc.S_IFDIR;
        return options.Overwrite && !isDirectory
            ? true
            : throw HostError.Exists(
                Libc.EEXIST, $"There is {(isDirectory ? "a directory" : "something")} called {host.NameOf(name)} already.");
    }

    private void OrLeaveOut(string path, Action extract)
    {
        try
        {
            extract();
        }
        catch (GuestfsExtractionException e) when (HostError.IsRefusedName(e))
        {
            tally.Skip(path, ExtractSkipReason.NameRefused, e.Message);
        }
        catch (GuestfsException e) when (MayLeaveOut(path, e))
        {
        }
    }

    private bool MayLeaveOut(in GuestfsDirectoryEntry entry, GuestfsException error)
    {
        if (GuestName.IsSafe(entry.Name))
        {
            return MayLeaveOut(entry.Path, error);
        }

        tally.CountEntry(entry.Path);
        tally.Skip(entry.Path, ExtractSkipReason.UnsafeName, error.Message);
        return true;
    }

    // An error of the guest's filesystem is reported; nothing can go on without the appliance.
    private bool MayLeaveOut(string path, GuestfsException error)
    {
        if (error is GuestfsExtractionException || g.State != GuestfsState.Ready)
        {
            return false;
        }

        tally.Skip(path, ExtractSkipReason.Unreadable, error.Message);
        return true;
    }

    private void Tell(string path)
    {
        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report(new ExtractProgress(tally.Entries, tally.TotalSize, path));
    }
}
