// The contents of a few files are read one by one; many come as one archive, which the appliance's tar makes of the whole tree. What
// the archive is asked for is contents and the targets of links: what there is, and what it is, the listing knows. tar passes over
// what it cannot read and says only at the end that there was something: all that did not come is then read alone, which says why.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>Brings the contents of files to the host.</summary>
internal sealed class FileContents(
    GuestfsHandle g, ExtractOptions options, ExtractTally tally, HostAttributes attributes, HostDirectory target) : IDisposable
{
    private const int Piece = GuestfsHandle.MaxMessage;

    // Where tar costs less than that many files one by one: it is a program to start, which takes as long as some fifty reads.
    private const int ManyFiles = 64;

    // tar fills what it cannot read of a file with zeros: a file that ends in zeros has its name when tar has ended well.
    private readonly List<UnsureFile> unsure = [];
    private ExtractedDirectory? at;
    private DirectoryChain? way;

    /// <summary>Reads one file.</summary>
    // Not with guestfs_download, which takes a file of the guest below /dev for a device of the appliance.
    internal void Take(ExtractEntry entry)
    {
        string path = entry.GuestPath;
        using AsideFile file = Begin(entry, entry.Status.Size);
        long offset = 0;
        int count;

        // A piece is short at the file's end, and where what follows cannot be read: the next one says which it is.
        do
        {
            tally.Tell(entry);
            using GuestfsBuffer bytes = g.PreadBuffer(path, Piece, offset);
            count = bytes.Length;
            Write(entry, file, bytes.GetSpan(), offset);
            offset += count;
        }
        while (count == Piece || (count > 0 && offset < entry.Status.Size));

        End(entry, file, offset);
        Publish(entry, file);
    }

    /// <summary>Takes an archive of the whole tree, if there are enough files in it to be worth it.</summary>
    /// <param name="top">The path of the tree, without a slash at its end.</param>
    /// <param name="files">The files whose contents are wanted. Those that came are marked.</param>
    /// <param name="find">Finds what is at a path below the top.</param>
    /// <returns>Whether tar could read everything that is there.</returns>
    internal bool TryTakeAll(string top, List<ExtractEntry> files, Func<string, ExtractEntry?> find)
    {
        if (files.Count < ManyFiles)
        {
            return false;
        }

        // tar itself knows no guest: a link in its path must not lead it into the appliance.
        string directory = top.Length == 0 ? "/" : g.Realpath(top);
        bool isWhole = ArchiveTransfer.TryRead(g, directory, default, archive => TakeAll(archive, find));
        while (unsure.Count > 0)
        {
            tally.OrLeaveOut(unsure[^1].Entry, _ => Settle(unsure[^1], isWhole));
            unsure.RemoveAt(unsure.Count - 1);
        }

        return isWhole;
    }

    public void Dispose()
    {
        way?.Dispose();
        foreach (UnsureFile file in unsure)
        {
            try
            {
                using DirectoryChain chain = file.Entry.Directory.Open(target);
                chain.Current.TryRemove(file.TemporaryName);
            }
            catch (GuestfsExtractionException)
            {
                // Somebody has replaced its directory.
            }
        }
    }

    private void TakeAll(Stream archive, Func<string, ExtractEntry?> find)
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(Piece);
        TarReader reader = new(archive, what => new InvalidDataException(what));
        while (reader.Next() is { } member)
        {
            if (find(member.Header.Name) is not { IsTaken: false } entry)
            {
                continue;
            }

            if (entry.Type == Libc.S_IFLNK && member.Header.Type == '2')
            {
                entry.LinkText = member.Header.LinkName;
            }
            else if (entry.Type == Libc.S_IFREG && member.Header.Type is 0 or (byte)'0' && IsReady(entry))
            {
                tally.OrLeaveOut(entry, _ => Take(entry, reader, member.FileSize, buffer));
                entry.IsTaken = true;
            }
        }
    }

    // What libguestfs is asked must wait until the archive is there, which in turn would wait for this.
    private bool IsReady(ExtractEntry entry) => entry.UserXattrs is not null || !options.PreserveUserXattrs;

    private void Take(ExtractEntry entry, TarReader reader, long size, byte[] buffer)
    {
        (long Read, long Written) before = tally.Sizes;
        using AsideFile file = Begin(entry, size);
        long offset = 0;
        byte last = 1;
        try
        {
            for (int count; (count = reader.ReadData(buffer)) > 0; offset += count)
            {
                tally.Tell(entry);
                Write(entry, file, buffer.AsSpan(0, count), offset);
                last = buffer[count - 1];
            }
        }
        catch (InvalidDataException)
        {
            tally.TakeBack((tally.Sizes.Read - before.Read, tally.Sizes.Written - before.Written));
            throw;
        }

        End(entry, file, offset);
        if (last != 0)
        {
            Publish(entry, file);
        }
        else
        {
            unsure.Add(new(entry, file.TemporaryName, (tally.Sizes.Read - before.Read, tally.Sizes.Written - before.Written)));
            file.Leave();
        }
    }

    private void Settle(UnsureFile file, bool isWhole)
    {
        HostDirectory host = Enter(file.Entry.Directory);
        if (!isWhole)
        {
            host.TryRemove(file.TemporaryName);
            tally.TakeBack(file.Sizes);
            file.Entry.IsTaken = false;
            return;
        }

        try
        {
            host.Rename(file.TemporaryName, file.Entry.Name, options.Overwrite);
        }
        catch
        {
            host.TryRemove(file.TemporaryName);
            throw;
        }

        Count(file.Entry);
    }

    private HostDirectory Enter(ExtractedDirectory directory)
    {
        if (at != directory)
        {
            way?.Dispose();
            (at, way) = (null, null);
            way = directory.Open(target);
            at = directory;
        }

        return way!.Current;
    }

    private AsideFile Begin(ExtractEntry entry, long size)
    {
        tally.Expect(entry, size);
        HostDirectory host = Enter(entry.Directory);
        host.CheckFree(entry.Name, options.Overwrite);
        return new AsideFile(host, entry.Name, ((int)entry.Status.Mode & ModeBits.Permissions) | ModeBits.OwnerReadWrite);
    }

    private void Write(ExtractEntry entry, AsideFile file, ReadOnlySpan<byte> bytes, long offset)
    {
        tally.CountRead(entry, bytes.Length);
        tally.CountWritten(entry, file.Write(bytes, offset, HasHoles(entry)));
    }

    private void End(ExtractEntry entry, AsideFile file, long length)
    {
        if (HasHoles(entry))
        {
            file.SetLength(length);
        }

        attributes.Apply(file.Descriptor, entry, way!.Current.NameOf(entry.Name));
    }

    private void Publish(ExtractEntry entry, AsideFile file)
    {
        file.Publish(options.Overwrite);
        Count(entry);
    }

    private void Count(ExtractEntry entry)
    {
        entry.IsMade = true;
        tally.Files++;
    }

    private static bool HasHoles(ExtractEntry entry) => entry.Status.Blocks < entry.Status.Size / 512;
}

/// <summary>A file that has its temporary name until tar has ended.</summary>
internal sealed class UnsureFile(ExtractEntry entry, string temporaryName, (long Read, long Written) sizes)
{
    internal ExtractEntry Entry { get; } = entry;

    internal string TemporaryName { get; } = temporaryName;

    internal (long Read, long Written) Sizes { get; } = sizes;
}
