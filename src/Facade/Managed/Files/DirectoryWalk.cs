// Walks a directory in two steps that take turns: Advance calls the appliance, TryTake hands out what that brought. So the
// asynchronous form goes to another thread once for a thousand entries, and both forms are this one.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>A walk, depth first.</summary>
internal sealed class DirectoryWalk(string path, EnumerateDirectoryOptions options) : IDisposable
{

    private readonly Stack<DirectoryLevel> levels = new();
    private bool started;
    private GuestfsDirectoryEntry? into;

    /// <summary>Reads on; false at the end.</summary>
    internal bool Advance(GuestfsHandle g)
    {
        if (!started)
        {
            started = true;
            levels.Push(DirectoryLevel.Open(g, path, options.Status));
        }
        else if (into is { } entry)
        {
            into = null;
            Descend(g, entry);
        }

        while (levels.TryPeek(out DirectoryLevel? level))
        {
            if (Load(g, level))
            {
                return true;
            }

            levels.Pop().Dispose();
        }

        return false;
    }

    /// <summary>The next entry, until <see cref="Advance"/> is needed again.</summary>
    internal bool TryTake(out GuestfsDirectoryEntry entry)
    {
        if (into is not null || !levels.Peek().TryTake(out entry))
        {
            entry = default;
            return false;
        }

        if (ShouldEnter(entry))
        {
            into = entry;
        }

        return true;
    }

    public void Dispose()
    {
        while (levels.TryPop(out DirectoryLevel? level))
        {
            level.Dispose();
        }
    }

    private bool ShouldEnter(in GuestfsDirectoryEntry entry) =>
        options.RecurseSubdirectories
        && entry.Type == GuestfsFileType.Directory
        && entry.Depth < (options.MaxRecursionDepth ?? int.MaxValue)
        && (options.ShouldRecurse?.Invoke(entry) ?? true);

    private void Descend(GuestfsHandle g, GuestfsDirectoryEntry entry)
    {
        try
        {
            levels.Push(DirectoryLevel.Open(g, entry, options.Status));
        }
        catch (GuestfsException e) when (MayContinue(entry, e))
        {
        }
    }

    private bool Load(GuestfsHandle g, DirectoryLevel level)
    {
        try
        {
            if (level.Load(g, MayContinue))
            {
                return true;
            }

            level.CheckWhole(g);
            return false;
        }
        catch (GuestfsException e) when (level.Entry is { } entry && MayContinue(entry, e))
        {
            return false;
        }
    }

    private bool MayContinue(GuestfsDirectoryEntry entry, GuestfsException error) =>
        options.ContinueOnError?.Invoke(entry, error) ?? error.Errno is Libc.ENOENT or Libc.ENOTDIR;
}
