// One extraction. First the tree is listed, and its directories are made; then come the contents of files, hard links to them, and
// symbolic links when all directories are there, so that where each leads can be seen; then, from the bottom up, what all that
// would have changed again of directories.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>Walks the guest and writes the host.</summary>
internal sealed class Extraction : IDisposable
{
    private readonly GuestfsHandle g;
    private readonly ExtractOptions options;
    private readonly ExtractTally tally;
    private readonly HostAttributes attributes;
    private readonly HostDirectory target;
    private readonly List<ExtractedDirectory> made = [];
    private readonly List<ExtractEntry> files = [];
    private readonly List<ExtractEntry> hardLinks = [];
    private readonly List<ExtractEntry> links = [];
    private readonly Dictionary<(long Device, long Inode), ExtractEntry> linkedFiles = [];
    private readonly FileContents contents;
    private TreeListing? listing;
    private int rootLevels = 1;

    internal Extraction(
        GuestfsHandle g, ExtractOptions options, string hostDirectory, IProgress<ExtractProgress>? progress,
        CancellationToken cancellationToken)
    {
        (this.g, this.options) = (g, options);
        tally = new ExtractTally(g, options, progress, cancellationToken);
        attributes = new HostAttributes(g, options, tally);
        target = HostDirectory.OpenNamed(hostDirectory);
        contents = new FileContents(g, options, tally, attributes, target);
    }

    /// <summary>Extracts what the guest has at a path, or without a name what is in the directory there.</summary>
    internal ExtractReport Run(string path, string name)
    {
        listing = new TreeListing(g, tally);
        if (name.Length == 0)
        {
            listing.Add(new ExtractedDirectory(target, path));
        }
        else
        {
            // The way to the tree's root is one longer: the directory beside which nothing is inside.
            rootLevels = 2;
            ExtractedDirectory parent = new(target, path[..(path.Length - name.Length - 1)]);
            ExtractEntry entry = new(parent, name) { Status = g.Lstatns(path) };
            tally.CountEntry(entry);
            Take(entry);
        }

        while (listing.Advance(Take))
        {
        }

        if (options.PreserveUserXattrs)
        {
            attributes.Read(files);
            attributes.Read(made.ConvertAll(directory => directory.Entry!));
        }

        // tar reads every directory, and fails where that fails.
        if (!contents.TryTakeAll(path, files, Find))
        {
            listing.CheckWhole();
        }

        foreach (ExtractEntry entry in files)
        {
            if (!entry.IsTaken)
            {
                tally.OrLeaveOut(entry, contents.Take);
            }
        }

        foreach (ExtractEntry entry in hardLinks)
        {
            tally.OrLeaveOut(entry, TakeHardLink);
        }

        foreach (ExtractEntry entry in links)
        {
            tally.Tell(entry);
            tally.OrLeaveOut(entry, MakeLink);
        }

        for (int i = made.Count - 1; i >= 0; i--)
        {
            tally.ThrowIfCancelled();
            tally.OrLeaveOut(made[i].Entry!, _ => Finish(made[i]));
        }

        return tally.ToReport();
    }

    public void Dispose()
    {
        contents.Dispose();
        target.Dispose();
    }

    private void Take(ExtractEntry entry)
    {
        switch (entry.Type)
        {
            case Libc.S_IFDIR:
                tally.OrLeaveOut(entry, TakeDirectory);
                break;
            case Libc.S_IFREG when options is { Overwrite: true, OnlyChanged: true } && IsUnchanged(entry):
                tally.Unchanged++;
                break;
            case Libc.S_IFREG when entry.Status.Nlink > 1 && !linkedFiles.TryAdd(IdentityOf(entry), entry):
                hardLinks.Add(entry);
                break;
            case Libc.S_IFREG:
                files.Add(entry);
                break;
            case Libc.S_IFLNK when options.Symlinks == ExtractSymlinks.None:
                tally.Skip(entry.GuestPath, ExtractSkipReason.SymbolicLink);
                break;
            case Libc.S_IFLNK:
                links.Add(entry);
                break;
            case Libc.S_IFBLK or Libc.S_IFCHR or Libc.S_IFIFO or Libc.S_IFSOCK when !options.SpecialFiles:
                tally.Skip(entry.GuestPath, ExtractSkipReason.SpecialFile);
                break;
            case Libc.S_IFBLK or Libc.S_IFCHR or Libc.S_IFIFO or Libc.S_IFSOCK:
                tally.OrLeaveOut(entry, TakeSpecial);
                break;
            default:
                tally.Skip(
                    entry.GuestPath, ExtractSkipReason.Unreadable,
                    $"It has the mode {entry.Status.Mode:x}, which is of no known file type.");
                break;
        }
    }

    private void TakeDirectory(ExtractEntry entry)
    {
        // The directory that was asked for is not yet deep.
        tally.CheckDepth(entry, entry.Directory.Depth + 1 - (rootLevels - 1));
        using DirectoryChain way = entry.Directory.Open(target);
        HostDirectory host = way.Current;
        int mode = ((int)entry.Status.Mode & ModeBits.Permissions) | ModeBits.OwnerAll;
        bool isNew = host.TryMakeDirectory(entry.Name, mode);
        if (!isNew && !(options.Overwrite && host.TryGetStatus(entry.Name, out HostStatus existing) && existing.Type == Libc.S_IFDIR))
        {
            host.Vacate(entry.Name, options.Overwrite);
            isNew = host.TryMakeDirectory(entry.Name, mode);
        }

        using HostDirectory directory = host.Open(entry.Name);
        ExtractedDirectory extracted = entry.Extracted = new(entry, directory);
        if (isNew)
        {
            made.Add(extracted);
        }

        listing!.Add(extracted);
    }

    private bool IsUnchanged(ExtractEntry entry)
    {
        using DirectoryChain way = entry.Directory.Open(target);
        return way.Current.TryGetStatus(entry.Name, out HostStatus host) && host.Type == Libc.S_IFREG
            && host.Size == (ulong)entry.Status.Size && host.ModificationTime == entry.Status.MtimeSec;
    }

    private void TakeHardLink(ExtractEntry entry)
    {
        ExtractEntry first = FirstOf(entry);
        if (first.IsMade && TryLink(first, entry))
        {
            tally.HardLinks++;
            return;
        }

        contents.Take(entry);
        linkedFiles[IdentityOf(entry)] = entry;
    }

    private ExtractEntry? Find(string path) => listing!.Find(path) is { } entry ? FirstOf(entry) : null;

    // Of the names of a file the one with its contents.
    private ExtractEntry FirstOf(ExtractEntry entry) =>
        linkedFiles.TryGetValue(IdentityOf(entry), out ExtractEntry? first) ? first : entry;

    private static (long Device, long Inode) IdentityOf(ExtractEntry entry) => (entry.Status.Dev, entry.Status.Ino);

    private bool TryLink(ExtractEntry first, ExtractEntry entry)
    {
        using DirectoryChain way = entry.Directory.Open(target), firstWay = first.Directory.Open(target);
        way.Current.Vacate(entry.Name, options.Overwrite);
        return way.Current.TryLink(firstWay.Current, first.Name, entry.Name);
    }

    private void TakeSpecial(ExtractEntry entry)
    {
        using DirectoryChain way = entry.Directory.Open(target);
        HostDirectory host = way.Current;
        host.Vacate(entry.Name, options.Overwrite);
        host.MakeNode(entry.Name, entry.Type | ((int)entry.Status.Mode & ModeBits.Permissions), (ulong)entry.Status.Rdev);
        attributes.Apply(host, entry.Name, entry.Status);
        tally.SpecialFiles++;
    }

    private void MakeLink(ExtractEntry entry)
    {
        string text = entry.LinkText ?? g.Readlink(entry.GuestPath);
        if (options.Symlinks == ExtractSymlinks.Inside && !StaysInside(entry.Directory, text))
        {
            tally.Skip(entry.GuestPath, ExtractSkipReason.LinkLeadsOutside, text);
            return;
        }

        using DirectoryChain way = entry.Directory.Open(target);
        HostDirectory host = way.Current;
        host.Vacate(entry.Name, options.Overwrite);
        host.MakeSymlink(entry.Name, text);
        attributes.Apply(host, entry.Name, entry.Status);
        tally.SymbolicLinks++;
    }

    private void Finish(ExtractedDirectory directory)
    {
        using DirectoryChain way = directory.Open(target);
        attributes.Apply(way.Current.Descriptor, directory.Entry!, way.Current.Path);
    }

    private bool StaysInside(ExtractedDirectory directory, string text)
    {
        using DirectoryChain way = directory.Open(target);
        return LinkTarget.StaysInside(way, rootLevels, text);
    }
}
