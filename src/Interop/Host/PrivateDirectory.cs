// The directory in which this library and its builder of appliances keep what they may need again.
namespace Guestfs.Interop;

/// <summary>A directory of this user that is closed to all others. Others may write beside it, as in /var/tmp.</summary>
internal static class PrivateDirectory
{
    private const string Name = "guestfs-appliances";
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Where it is, whether or not it exists.</summary>
    /// <param name="variable">Reads a variable of the environment.</param>
    internal static string OfUser(Func<string, string?> variable)
    {
        string hidden = $".{Name}-{Libc.geteuid()}";
        if (variable("LIBGUESTFS_CACHEDIR") is { Length: > 0 } chosen)
        {
            return Path.Combine(Path.GetFullPath(chosen), hidden);
        }

        // A user without an entry in /etc/passwd, as in many containers, has '/' for a home.
        string? home = variable("HOME");
        string?[] candidates = [variable("XDG_CACHE_HOME"), Directory.Exists(home) ? Path.Combine(home, ".cache") : null];
        return candidates.Where(Path.IsPathRooted).Select(directory => Path.Combine(directory!, Name)).FirstOrDefault(CanBeMade)
            ?? $"/var/tmp/{hidden}";
    }

    /// <summary>That of this user, made if need be; null where none can be had, or it is not private.</summary>
    internal static string? TryOfUser()
    {
        try
        {
            string directory = OfUser(HostEnvironment.Variable);
            return Ensure(directory) is null ? directory : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Makes such a directory if need be. One that is there is left as it is.</summary>
    /// <param name="path">Its full name.</param>
    /// <returns>Why it cannot be used: someone else could have prepared it, or could change it. Null if it can be used.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be made.</exception>
    internal static string? Ensure(string path)
    {
        if (Status(path, follow: false) is null)
        {
            CreateClosed(path);
        }

        // The status of the name itself, because a symbolic link could lead to where another user wants it.
        return Status(path, follow: false) switch
        {
            null => "it vanished",
            { } status when !IsDirectory(status) => "it is not a directory (symbolic links are not followed)",
            { } status when status.stx_uid != Libc.geteuid() => $"it belongs to user {status.stx_uid}, not to you",
            { } status when (status.stx_mode & (Libc.S_IRWXG | Libc.S_IRWXO)) != 0 =>
                "other users have access to it: run 'chmod 0700' on it",
            _ => null,
        };
    }

    // With these permissions from the beginning, so that it is never open to others. Those above it that are missing, too: one of them may
    // be meant as private by another part of this library, and the XDG base directory specification has them so.
    private static void CreateClosed(string path)
    {
        if (Path.GetDirectoryName(path) is { } parent && !Directory.Exists(parent))
        {
            CreateClosed(parent);
        }

        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path, Owner);
        }
    }

    // Whether this user has such a directory or can make it. What else may be wrong with it, its use will tell.
    private static bool CanBeMade(string path)
    {
        for (string? at = path; at is not null; at = Path.GetDirectoryName(at))
        {
            if (Status(at, follow: true) is { } status)
            {
                return IsDirectory(status) ? (at != path || status.stx_uid == Libc.geteuid()) && HostCalls.CanWriteInto(at) : at == path;
            }
        }

        return false;
    }

    private static statx? Status(string path, bool follow) => HostCalls.Status(path, follow, out statx status) == 0 ? status : null;

    private static bool IsDirectory(in statx status) => (status.stx_mode & Libc.S_IFMT) == Libc.S_IFDIR;
}
