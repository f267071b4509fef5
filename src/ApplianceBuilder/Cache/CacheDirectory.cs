// The private directory that appliances are cached in. Others may write beside it, as in /var/tmp; none may write in it.
namespace Guestfs.Appliances;

/// <summary>Makes cache directories, and refuses those that someone else could have prepared.</summary>
internal static class CacheDirectory
{
    /// <summary>Makes sure that a directory exists, is a directory of this user, and is closed to all others.</summary>
    /// <exception cref="ApplianceException">It is not so.</exception>
    internal static void Ensure(string path)
    {
        try
        {
            if (Path.GetDirectoryName(path) is { } parent)
            {
                Directory.CreateDirectory(parent);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputFault.From(path, exception);
        }

        // With these permissions from the start; one that exists is left as it is.
        if (Posix.LinkStatus(path) is null)
        {
            Posix.CreateDirectory(path, 0x1C0, mayExist: true);
        }

        // Of the name itself: a symbolic link could lead to where another user wants it.
        FileStatus? status = Posix.LinkStatus(path);
        string? fault = status switch
        {
            null => "it vanished",
            { Kind: not EntryKind.Directory } => "it is not a directory (a symbolic link is refused)",
            { } s when s.Uid != Posix.EffectiveUser => $"it belongs to user {s.Uid}, not to you",
            { } s when (s.Permissions & 0x3F) != 0 => "others may look into it: chmod 0700 it",
            _ => null,
        };
        if (fault is not null)
        {
            throw new ApplianceException(
                ApplianceProblem.OutputFailed,
                $"{path} cannot be used as a cache of appliances: {fault}. Remove it, or choose another directory.");
        }
    }
}
