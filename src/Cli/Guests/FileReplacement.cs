// A file of the guest that gets new contents: written beside it under another name, given its attributes, and put in its place at once, so
// that whatever happens there is the old file or the new one.
namespace Guestfs.Cli.Guests;

/// <summary>Replaces files.</summary>
internal static class FileReplacement
{
    /// <summary>Gives a file new contents.</summary>
    /// <param name="g">The handle.</param>
    /// <param name="path">The file, which need not exist; of a link, what it leads to gets them.</param>
    /// <param name="contents">A file of the host.</param>
    /// <param name="mode">The permissions of a new file; null for 0644.</param>
    /// <param name="backup">What is added to its name for a copy of the old one; null for none.</param>
    internal static void Replace(GuestfsHandle g, string path, string contents, int? mode, string? backup)
    {
        string target = TargetOf(g, path), aside = $"{target}.{Guid.NewGuid():N}";
        bool exists = g.Exists(target);
        if (exists && !g.IsFile(target))
        {
            throw new GuestfsException("write", 0, $"{target} is no regular file.");
        }

        try
        {
            g.Upload(contents, aside);
            if (exists)
            {
                // Mode, owner, and extended attributes, of which SELinux' label is one.
                g.CopyAttributes(target, aside, new CopyAttributesOptions { All = true });
            }

            if (mode is { } permissions || !exists)
            {
                g.Chmod(mode ?? 0x1A4, aside);
            }

            if (exists && backup is not null)
            {
                g.CpA(target, target + backup);
            }

            g.Mv(aside, target);
        }
        catch (GuestfsException) when (g.State == GuestfsState.Ready)
        {
            g.RmF(aside);
            throw;
        }
    }

    private static string TargetOf(GuestfsHandle g, string path) => g.IsSymlink(path) ? g.Realpath(path) : path;
}
