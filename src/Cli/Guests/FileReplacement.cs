// A file of the guest that gets new contents: written beside it under another name, given its attributes, and put in its place at once, so
// that whatever happens there is the old file or the new one. rename(2) is what puts it there, and goes through no link of the guest.
namespace Guestfs.Cli.Guests;

/// <summary>Replaces files.</summary>
internal static class FileReplacement
{
    private const int UsualMode = 0x1A4, MaxBackup = 64;

    /// <summary>The file that a path leads to, which may be a new one. What would never end, such as a device, is refused.</summary>
    /// <param name="g">The handle.</param>
    /// <param name="path">The path.</param>
    internal static string Find(GuestfsHandle g, string path)
    {
        string target = GuestPath.Follow(g, path);
        return !g.Exists(target) || g.IsFile(target)
            ? target
            : throw new GuestfsException("write", 0, $"{path} is no regular file.");
    }

    /// <summary>Gives a file new contents.</summary>
    /// <param name="g">The handle.</param>
    /// <param name="target">What <see cref="Find"/> gave.</param>
    /// <param name="contents">A file of the host.</param>
    /// <param name="mode">The permissions of a new file; null for 0644.</param>
    /// <param name="backup">What is added to its name for a copy of the old one; null for none.</param>
    internal static void Replace(GuestfsHandle g, string target, string contents, int? mode, string? backup)
    {
        bool exists = g.Exists(target);
        string aside = NameBeside(target), copy = NameBeside(target);
        if (exists && backup is not null && !g.IsSymlink(target + backup) && g.Exists(target + backup) && !g.IsFile(target + backup))
        {
            throw new GuestfsException("write", 0, $"{target}{backup} is no regular file, and is not replaced by a copy.");
        }

        try
        {
            GuestSpace.Explain(g, target[..(target.LastIndexOf('/') + 1)], () => Upload(g, contents, aside, target));
            if (exists)
            {
                // Mode, owner, and extended attributes, of which SELinux' label is one.
                g.CopyAttributes(target, aside, new CopyAttributesOptions { All = true });
            }

            if (mode is not null || !exists)
            {
                g.Chmod(mode ?? UsualMode, aside);
            }

            if (exists && backup is not null)
            {
                g.CpA(target, copy);
                g.Rename(copy, target + backup);
            }

            g.Rename(aside, target);
        }
        catch (GuestfsException) when (g.State == GuestfsState.Ready)
        {
            Remove(g, aside);
            Remove(g, copy);
            throw;
        }
    }

    /// <summary>Refuses what cannot be the end of a file's name.</summary>
    internal static void CheckBackup(string? suffix)
    {
        if (suffix is not null && (suffix.Contains('/', StringComparison.Ordinal) || suffix.Length > MaxBackup))
        {
            throw new UsageException($"'{suffix}' cannot be the end of a file's name.");
        }
    }

    /// <summary>A name beside a file, for what is to take its place.</summary>
    // Short: the file's own name may be as long as names can be.
    internal static string NameBeside(string path) => $"{path[..(path.LastIndexOf('/') + 1)]}.gfs-{Guid.NewGuid().ToString("N")[..12]}";

    // The user knows nothing of the other name.
    private static void Upload(GuestfsHandle g, string contents, string aside, string target)
    {
        try
        {
            g.Upload(contents, aside);
        }
        catch (GuestfsException e) when (e.Message.Contains(aside, StringComparison.Ordinal))
        {
            throw new GuestfsException(e.Operation, e.Errno, e.Message.Replace(aside, target, StringComparison.Ordinal), e);
        }
    }

    // The error that is told is the one before.
    private static void Remove(GuestfsHandle g, string path)
    {
        try
        {
            g.RmF(path);
        }
        catch (GuestfsException) when (g.State == GuestfsState.Ready)
        {
        }
    }
}
