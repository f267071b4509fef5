// The private directory that appliances are cached in. Others may write beside it, as in /var/tmp; none may write in it.
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Host;

/// <summary>Makes cache directories, and refuses those that someone else could have prepared.</summary>
internal static class CacheDirectory
{
    private const string Name = "guestfs-appliances";

    /// <summary>The directory of this user.</summary>
    /// <param name="variable">Reads a variable of the environment.</param>
    internal static string OfUser(Func<string, string?> variable)
    {
        string hidden = $".{Name}-{Posix.EffectiveUser}";
        if (variable("LIBGUESTFS_CACHEDIR") is { Length: > 0 } chosen)
        {
            return Path.Combine(Path.GetFullPath(chosen), hidden);
        }

        // A user without an entry in /etc/passwd, as in many containers, has '/' for a home.
        string? home = variable("HOME");
        string?[] candidates = [variable("XDG_CACHE_HOME"), Directory.Exists(home) ? Path.Combine(home, ".cache") : null];
        return candidates.Where(Path.IsPathRooted).Select(directory => Path.Combine(directory!, Name)).FirstOrDefault(CanBeMade) ?? $"/var/tmp/{hidden}";
    }

    /// <summary>The time before which something was last used that has lain unused for too long.</summary>
    internal static DateTime OldestKept(TimeProvider clock, TimeSpan unusedFor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(unusedFor, TimeSpan.Zero);
        DateTime now = clock.GetUtcNow().UtcDateTime;
        return now - DateTime.UnixEpoch > unusedFor ? now - unusedFor : DateTime.UnixEpoch;
    }

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
            Posix.CreateDirectory(path, Permissions.Octal0700, mayExist: true);
        }

        // Of the name itself: a symbolic link could lead to where another user wants it.
        FileStatus? status = Posix.LinkStatus(path);
        string? fault = status switch
        {
            null => "it vanished",
            { Kind: not EntryKind.Directory } => "it is not a directory (a symbolic link is refused)",
            { } s when s.Uid != Posix.EffectiveUser => $"it belongs to user {s.Uid}, not to you",
            { } s when (s.Permissions & Permissions.Octal0077) != 0 => "others may look into it: chmod 0700 it",
            _ => null,
        };
        if (fault is not null)
        {
            throw new ApplianceException(
                ApplianceProblem.OutputFailed,
                $"{path} cannot be used as a cache of appliances: {fault}. Remove it, or choose another directory.");
        }
    }

    // Whether this user has such a directory or can make it. What else may be wrong with it, its use will tell.
    private static bool CanBeMade(string path)
    {
        for (string? at = path; at is not null; at = Path.GetDirectoryName(at))
        {
            if (Posix.Status(at) is { } status)
            {
                return status.Kind == EntryKind.Directory ? (at != path || status.Uid == Posix.EffectiveUser) && Posix.CanWriteInto(at) : at == path;
            }
        }

        return false;
    }
}
