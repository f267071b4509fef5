using Guestfs.Appliances.Archives;
using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli.Making;

/// <summary>What comes into a new image: a directory of this host, an archive, or one from standard input.</summary>
internal sealed class ImageSource : IDisposable
{
    private readonly string? directory;
    private readonly Stream? archive;
    private readonly string name;

    /// <summary>Opens it.</summary>
    /// <param name="source">A directory, an archive, or a dash.</param>
    /// <param name="again">Whether it is read more than once. What comes through a pipe is kept in a file, then.</param>
    /// <param name="cancellationToken">Ends the wait for a pipe.</param>
    internal ImageSource(string source, bool again, CancellationToken cancellationToken)
    {
        name = source == "-" ? "The archive" : source;
        if (source != "-")
        {
            string path = ProcessInput.FullPath(source);
            if (Directory.Exists(path))
            {
                directory = path;
            }
            else
            {
                archive = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            }
        }
        else if (!Console.IsInputRedirected)
        {
            throw new UsageException("An archive does not come from a terminal: name a file, or read it from a pipe.");
        }
        else
        {
            archive = StandardStreams.TakeInput(cancellationToken);
            if (again)
            {
                archive = Keep(archive);
            }
        }
    }

    /// <summary>Whether a file of this host is in it.</summary>
    internal bool Contains(string file) =>
        directory is not null && ProcessInput.FullPath(file).StartsWith(directory.TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>Counts what is in it.</summary>
    internal Census Count()
    {
        if (directory is not null)
        {
            return Census.OfDirectory(directory);
        }

        using Stream unpacked = Begin(archive!);
        return Census.OfArchive(unpacked);
    }

    /// <summary>Puts it into what is mounted.</summary>
    internal void Fill(GuestSession session, bool keepsXattrs, (long, long)? owner, CancellationToken cancellationToken)
    {
        if (directory is not null)
        {
            // What is in it, and its own mode, owner and time.
            new HostArchive(session, keepsXattrs, owner).Send(directory, [""], "/", cancellationToken);
            return;
        }

        using ProgressBar bar = new();
        using CountedStream counted = new(archive!, bar, archive!.CanSeek ? archive.Length : 0);
        using Stream unpacked = Begin(counted);
        session.Guestfs.TarIn(unpacked, "/", new TarInOptions { Xattrs = keepsXattrs ? true : null, Acls = keepsXattrs ? true : null });
    }

    public void Dispose() => archive?.Dispose();

    private static FileStream Keep(Stream input)
    {
        FileStream file = new(
            Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 1 << 16, FileOptions.DeleteOnClose);
        try
        {
            using (input)
            {
                input.CopyTo(file);
            }

            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private Stream Begin(Stream packed)
    {
        if (archive!.CanSeek)
        {
            archive.Position = 0;
        }

        return Compression.Unpack(packed, name, long.MaxValue);
    }
}
